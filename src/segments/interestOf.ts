import type { ComputedTrait } from './computedTrait';
import { eachCondition } from './eachCondition';
import { type EventMatch, InteractionMatcher, type StoredFacts, type Tracked } from './interactionMatcher';
import { needsOf, type SubjectNeeds } from './needsOf';
import { DAY_MS, turnsOf } from './seenDays';
import type { Segment } from './segment';
import { trackedEventKey } from './trackedEventKey';
import { trackedEventOf, trackedEventsOf } from './trackedEventsOf';

/** What of a batch could matter to the segments and computed traits of a workspace; made once, asked for each interaction. */
export interface Interest {
  /** There are no segments and nothing is tracked. */
  readonly isEmpty: boolean;
  /** New profiles and changed identities are always due where there are segments: what holds of those who did nothing holds of newcomers. */
  readonly hasSegments: boolean;
  /** The tracked events that an interaction is one of. Its properties are parsed at most once, and only where they make a difference. */
  matches(interaction: StoredFacts): readonly EventMatch[];
  /** Some segment reads one of these traits of a customer. */
  caresForTraits(keys: Iterable<string>): boolean;
  caresForConsent(purpose: string): boolean;
  readonly caresForAccounts: boolean;
  /** Of evaluation; lastSeenDaysAgo and firstSeenDaysAgo are not among them. */
  readonly caresForMeasures: boolean;
  /** A late message that moves when a profile was first seen makes it due. */
  readonly caresForFirstSeen: boolean;
  /**
   * A profile that is seen again becomes due only where it was last seen this long ago or longer, before the batch or after it: less than that, and no
   * segment's lastSeenDaysAgo answers otherwise than for one seen right now. Null: no segment asks, or none can tell days apart.
   */
  readonly lastSeenThresholdMs: number | null;
}

/** `trackedEventIds`: by `trackedEventKey`; what is not among them is not noted. */
export function interestOf(
  segments: readonly Segment[],
  computedTraits: readonly ComputedTrait[],
  trackedEventIds: ReadonlyMap<string, number>,
): Interest {
  const needs = needsOf({ segments, computedTraits });
  const matcher = new InteractionMatcher(trackedOf(segments, computedTraits, needs, trackedEventIds));
  return {
    isEmpty: segments.length === 0 && matcher.isEmpty,
    hasSegments: segments.length > 0,
    matches: (interaction) => matcher.matches(interaction),
    caresForTraits: (keys) => someOf(keys, needs.traitKeys),
    caresForConsent: (purpose) => needs.purposes.has(purpose),
    caresForAccounts: needs.needsAccounts,
    caresForMeasures: needs.measures.size > 0,
    caresForFirstSeen: comparisonsOf(segments, 'firstSeenDaysAgo').length > 0,
    lastSeenThresholdMs: lastSeenThresholdMs(segments),
  };
}

function trackedOf(
  segments: readonly Segment[],
  computedTraits: readonly ComputedTrait[],
  needs: SubjectNeeds,
  ids: ReadonlyMap<string, number>,
): Tracked[] {
  const ofSegments = new Set([...needs.events.keys(), ...needs.computedTraits.map((trait) => trackedEventKey(trackedEventOf(trait)))]);
  const definitions = segments.map(({ definition }) => definition);
  return trackedEventsOf(definitions, computedTraits).flatMap((event) => {
    const key = trackedEventKey(event);
    const trackedEventId = ids.get(key);
    return trackedEventId === undefined ? [] : [{ trackedEventId, event, makesDue: ofSegments.has(key) }];
  });
}

function someOf(keys: Iterable<string>, wanted: ReadonlySet<string>): boolean {
  for (const key of keys) if (wanted.has(key)) return true;
  return false;
}

function comparisonsOf(segments: readonly Segment[], measure: 'lastSeenDaysAgo' | 'firstSeenDaysAgo') {
  const conditions = segments.flatMap(({ definition }) => [...eachCondition(definition.condition)].map(({ condition }) => condition));
  return conditions.flatMap((condition) => (condition.type === 'measure' && condition.measure === measure ? [condition.comparison] : []));
}

function lastSeenThresholdMs(segments: readonly Segment[]): number | null {
  const days = Math.min(Infinity, ...comparisonsOf(segments, 'lastSeenDaysAgo').map((comparison) => turnsOf(comparison)[0] ?? Infinity));
  return days === Infinity ? null : days * DAY_MS;
}
