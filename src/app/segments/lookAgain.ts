import type { MatchedEvent, Subject } from '../../segments/subject';
import { isComputed } from '../../storage/segments/computedMeasures';
import type { DueProfile, Fates, NewMatch } from '../../storage/statements/loadSegmentWork';
import { isSeenBy } from '../../storage/transactionSnapshot';
import type { AskedSegments } from './askedAgain';
import type { FollowedDefinitions } from './followedDefinitions';
import type { RememberedProfile, RememberedProfiles } from './rememberedProfiles';

/** A profile of which everything was known but some matches, which it has now; with the segments that could care for these. */
export interface LookAgain {
  readonly known: RememberedProfile;
  readonly asked: AskedSegments;
}

interface LookAgainBasis {
  readonly definitions: FollowedDefinitions;
  readonly profiles: RememberedProfiles;
  readonly fates: Fates;
  readonly nowMs: number;
}

/**
 * Those of the profiles due of whom all is known: alive, in memory, nothing new but matches, and nothing in memory that time has overtaken. Computed traits
 * that the matches count for are left to be read. Nobody where some segment asks for a measure that is told of facts as they are read.
 */
export function lookAgain(due: readonly DueProfile[], { definitions, profiles, fates, nowMs }: LookAgainBasis): LookAgain[] {
  const { askedAgain, lastSeenThresholdMs, needs } = definitions;
  if ([...needs.measures].some(isComputed)) return [];
  const survivors = new Set(fates.values());
  return due.flatMap(({ profileId, matches }): LookAgain[] => {
    const known = profiles.get(profileId);
    if (!known || matches === null || fates.get(profileId) !== null || survivors.has(profileId)) return [];
    if (isOvertaken(known, lastSeenThresholdMs, nowMs)) return [];
    const subject = withMatches(known, matches, askedAgain.keyOf);
    return [{ known: { ...known, subject }, asked: askedAgain.by(matches) }];
  });
}

/** Whoever is seen again without being due was seen less than the threshold before, and so it is enough that this holds of what is known. */
function isOvertaken({ subject, nextAtMs }: RememberedProfile, lastSeenThresholdMs: number | null, nowMs: number): boolean {
  if (lastSeenThresholdMs !== null && subject.lastSeenAtMs <= nowMs - lastSeenThresholdMs) return true;
  const moments = [nextAtMs, subject.measuresNextAtMs, ...Object.values(subject.computed).map((trait) => trait.nextAtMs)];
  return moments.some((atMs) => atMs !== null && atMs <= nowMs);
}

/** With the matches that came since the subject was read. `keyOf`: undefined where no segment asks for that event. */
function withMatches(
  { subject, asOf }: RememberedProfile,
  matches: readonly NewMatch[],
  keyOf: (trackedEventId: number) => string | undefined,
): Subject {
  const events = new Map(subject.events);
  let { lastSeenAtMs } = subject;
  for (const { transactionId, trackedEventId, ...event } of matches) {
    lastSeenAtMs = Math.max(lastSeenAtMs, event.occurredAtMs);
    const key = keyOf(trackedEventId);
    if (key !== undefined && !isSeenBy(asOf, transactionId)) events.set(key, inOrder(events.get(key) ?? [], event));
  }
  return { ...subject, events, lastSeenAtMs };
}

function inOrder(events: readonly MatchedEvent[], event: MatchedEvent): MatchedEvent[] {
  let at = events.length;
  while (at > 0 && comesBefore(event, events[at - 1] as MatchedEvent)) at--;
  return [...events.slice(0, at), event, ...events.slice(at)];
}

function comesBefore(one: MatchedEvent, other: MatchedEvent): boolean {
  if (one.occurredAtMs !== other.occurredAtMs) return one.occurredAtMs < other.occurredAtMs;
  return one.interactionId < other.interactionId;
}
