import type { JsonObject } from '../kernel/json';
import { type ValueTest, valueTest } from './compareValue';
import type { EventSpec } from './trackedEvent';
import { valueAt } from './valueAt';

export interface EventFacts {
  readonly kind: string;
  readonly name: string;
  readonly properties: JsonObject;
}

/** Whether an interaction is one that a spec is about. */
export function matchesEvent(spec: EventSpec, { kind, name, properties }: EventFacts): boolean {
  if (spec.kind !== null && spec.kind !== kind) return false;
  return (spec.name === null || spec.name === name) && propertiesTest(spec)(properties);
}

/** The conditions on properties alone, made ready for many interactions. */
export function propertiesTest(spec: EventSpec): (properties: JsonObject) => boolean {
  const tests: readonly (readonly [readonly string[], ValueTest])[] = spec.where.map(({ path, comparison }) => [
    path,
    valueTest(comparison),
  ]);
  return (properties) => tests.every(([path, test]) => test(valueAt(properties, path), STANDS));
}

/** Moments in conditions on properties stand, so that it makes no difference when they are asked. */
const STANDS = 0;
