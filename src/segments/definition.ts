import type { Json } from '../kernel/json';
import type { MeasureName } from './measureNames';
import type { EventSpec } from './trackedEvent';

/** A segment's definition, checked: a rule over one profile at one time. What each part means stands in docs/decisions/segments.md. */
export type Condition =
  | { readonly type: 'all' | 'any'; readonly conditions: readonly Condition[] }
  | { readonly type: 'not'; readonly condition: Condition }
  | { readonly type: 'trait'; readonly path: readonly string[]; readonly comparison: Comparison }
  | { readonly type: 'computed'; readonly key: string; readonly comparison: Comparison }
  | { readonly type: 'measure'; readonly measure: MeasureName; readonly comparison: Comparison }
  | { readonly type: 'event'; readonly event: EventSpec; readonly count: CountComparison; readonly window: Window }
  | { readonly type: 'sequence'; readonly events: readonly EventSpec[]; readonly window: Window }
  | { readonly type: 'segment'; readonly key: string }
  /** Granted. */
  | { readonly type: 'consent'; readonly purpose: string }
  /** Of one of its accounts. `path`: a trait of the account; null: its external id. */
  | { readonly type: 'account'; readonly path: readonly string[] | null; readonly comparison: Comparison };

/** An interaction at t counts at `now` where now − withinMs < t ≤ now − olderThanMs. Null: no bound on that side, but never after now. */
export interface Window {
  readonly withinMs: number | null;
  readonly olderThanMs: number | null;
}

export type CountOp = 'eq' | 'neq' | 'gt' | 'gte' | 'lt' | 'lte';

export interface CountComparison {
  readonly op: CountOp;
  /** An integer from 0 to MOST_COUNTED. */
  readonly value: number;
}

/** Counts are exact up to here; a definition that asks for more is refused. */
export const MOST_COUNTED = 9_999;

export type Comparison =
  | { readonly op: 'eq' | 'neq'; readonly value: string | number | boolean }
  | { readonly op: 'gt' | 'gte' | 'lt' | 'lte'; readonly value: string | number }
  | { readonly op: 'in'; readonly values: readonly (string | number | boolean)[] }
  | { readonly op: 'contains'; readonly value: string | number | boolean }
  | { readonly op: 'startsWith'; readonly value: string }
  | { readonly op: 'exists'; readonly value: boolean }
  | { readonly op: 'before' | 'after'; readonly moment: Moment };

/** A time that stands, or one that moves with now. */
export type Moment = { readonly atMs: number } | { readonly fromNowMs: number };

export interface SegmentDefinition {
  readonly condition: Condition;
  /** As it was given. */
  readonly json: Json;
}
