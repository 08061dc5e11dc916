import type { Json, JsonObject } from '../kernel/json';
import type { MeasureName } from './measureNames';

/** A tracked interaction of a customer. Handed around ascending by `occurredAtMs`, then by `interactionId`. */
export interface MatchedEvent {
  readonly occurredAtMs: number;
  readonly interactionId: string;
}

/** One profile as segments look at it: everything that the definitions at hand ask for, and nothing else need be there. */
export interface Subject {
  readonly profileId: string;
  /** Resolved by the workspace's rules of survivorship. */
  readonly traits: JsonObject;
  /** By key; a trait that has no value is left out, or null where time alone gives it one (of events that a source dates ahead). */
  readonly computed: Readonly<
    Record<string, { readonly value: Json /** When time alone changes it next. */; readonly nextAtMs: number | null }>
  >;
  /** By `trackedEventKey`; the newest MOST_COUNTED + 1 of each. */
  readonly events: ReadonlyMap<string, readonly MatchedEvent[]>;
  /** A measure that says nothing of the profile is left out. */
  readonly measures: Readonly<Partial<Record<MeasureName, number | string>>>;
  /** When a measure may say something else by time alone. */
  readonly measuresNextAtMs: number | null;
  /** When an identifier of it was first and last seen; lastSeenDaysAgo and firstSeenDaysAgo come from these. */
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
  /** By purpose. */
  readonly consents: Readonly<Record<string, boolean>>;
  readonly accounts: readonly { readonly externalId: string; readonly traits: JsonObject }[];
}
