import type { Json } from '../kernel/json';
import { INTERACTION_KINDS, type InteractionKind } from '../kernel/vocabulary';
import { type CountComparison, type CountOp, MOST_COUNTED } from './definition';
import { type DefinitionFaults, memberPlace, ownMember } from './definitionFaults';
import { parseComparison } from './parseComparison';
import type { EventSpec, PropertyCondition } from './trackedEvent';

const COUNT_OPS: readonly CountOp[] = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte'];
const AT_LEAST_ONCE: CountComparison = { op: 'gte', value: 1 };
const KINDS: ReadonlySet<string> = new Set(INTERACTION_KINDS);
export const MOST_CONDITIONS = 100;

/** `{ kind, name, where }`. */
export function parseEvent(place: string, json: Json | undefined, faults: DefinitionFaults): EventSpec | null {
  const members = faults.members(place, json, ['kind', 'name', 'where']);
  if (members === null) return null;
  const [kindJson, nameJson] = [ownMember(members, 'kind'), ownMember(members, 'name')];
  if (kindJson === undefined && nameJson === undefined) faults.add(place, 'must have a kind or a name, or both');
  return {
    kind: kindJson === undefined ? null : parseKind(memberPlace(place, 'kind'), kindJson, faults),
    name: nameJson === undefined ? null : faults.name(memberPlace(place, 'name'), nameJson),
    where: parseWhere(memberPlace(place, 'where'), ownMember(members, 'where'), faults),
  };
}

function parseKind(place: string, json: Json, faults: DefinitionFaults): InteractionKind | null {
  return isKind(json) ? json : faults.add(place, 'must be a kind of interaction, such as ORDER_PLACED');
}

function isKind(json: Json): json is InteractionKind {
  return typeof json === 'string' && KINDS.has(json);
}

function parseWhere(place: string, json: Json | undefined, faults: DefinitionFaults): readonly PropertyCondition[] {
  if (json === undefined) return [];
  const items = faults.items(place, json, 0, MOST_CONDITIONS) ?? [];
  return items.flatMap((item, index) => parseProperty(`${place}[${index}]`, item, faults) ?? []);
}

function parseProperty(place: string, json: Json, faults: DefinitionFaults): PropertyCondition | null {
  const members = faults.members(place, json, ['property', 'op', 'value']);
  if (members === null) return null;
  const path = faults.path(memberPlace(place, 'property'), ownMember(members, 'property'));
  const comparison = parseComparison(place, members, { stands: true }, faults);
  return path && comparison && { path, comparison };
}

/** `{ op, value }`; left out: at least once. */
export function parseCount(place: string, json: Json | undefined, faults: DefinitionFaults): CountComparison | null {
  if (json === undefined) return AT_LEAST_ONCE;
  const members = faults.members(place, json, ['op', 'value']);
  if (members === null) return null;
  const value = ownMember(members, 'value');
  const op = COUNT_OPS.find((known) => known === ownMember(members, 'op'));
  if (op === undefined) faults.add(memberPlace(place, 'op'), `must be one of ${COUNT_OPS.join(', ')}`);
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MOST_COUNTED) {
    return faults.add(memberPlace(place, 'value'), `must be a whole number from 0 to ${MOST_COUNTED}`);
  }
  return op === undefined ? null : { op, value };
}
