import type { EventSpec } from './trackedEvent';

export const AGGREGATES = ['count', 'sum', 'average', 'minimum', 'maximum', 'first', 'last', 'mostFrequent', 'uniqueList'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** A trait counted from interactions: of events, or of a property of them. What each aggregate answers stands in docs/decisions/segments.md. */
export interface ComputedTraitDefinition {
  readonly aggregate: Aggregate;
  readonly event: EventSpec;
  /** Null only for `count`, which then counts the events; else it counts those that have the property. */
  readonly property: readonly string[] | null;
  /** Null: of all times. */
  readonly withinMs: number | null;
}

export interface ComputedTrait {
  readonly key: string;
  readonly name: string;
  readonly definition: ComputedTraitDefinition;
}
