import type { SurvivorshipRules } from '../../profile/survivorship';
import type { ComputedTraitDefinition } from '../../segments/computedTrait';
import type { Condition } from '../../segments/definition';
import type { SqlParameters } from './sqlParameters';

/** What a definition is read against. */
export interface ReadingContext {
  readonly workspaceId: number;
  readonly nowMs: number;
  readonly range: ProfileRange;
  readonly survivorship: SurvivorshipRules;
  /** By key; a trait that is not among them has no value. */
  readonly computedTraits: ReadonlyMap<string, ComputedTraitDefinition>;
  /** The ids of tracked events that are ready, by `trackedEventKey`; others are read from the timeline, which costs the whole of it. */
  readonly trackedEvents: ReadonlyMap<string, number>;
  /** By key. */
  readonly segments: ReadonlyMap<string, NamedSegment>;
}

/** Which living profiles are looked at: those after one id up to another, where null is no bound; or those of a list. */
export type ProfileRange = { readonly after: string | null; readonly upTo: string | null } | { readonly profileIds: readonly string[] };

/**
 * How a segment is read that another one names: by its memberships as they stand, which is right as of the follower's last look at each profile and
 * costs an index look-up; or by its own definition. A live one is best read by its memberships: the follower looks at whoever changes there.
 */
export type NamedSegment = { readonly memberOf: string } | { readonly condition: Condition };

/** A statement in the making. */
export interface Reading {
  readonly context: ReadingContext;
  readonly parameters: SqlParameters;
  readonly workspace: string;
}

/**
 * What one condition says: a query of (profile_id, holds, wake_at), one row a profile at most; and what holds of profiles it has no row of. `wake_at`: when
 * time alone may turn it next, at the earliest; null where it never does.
 */
export interface ConditionRows {
  readonly sql: string;
  readonly otherwise: boolean;
}
