import type { Fact } from '../measures/fact';
import { type MostSaid, mostFrequentTraits } from '../profile/survivorship';
import { combineTraitStates, encodeTraitState, type ObservedTrait, type TraitState, traitStateOf, valueKey } from '../profile/traitState';
import { CALL_SPECS } from '../timeline/specs/calls';
import type { MemberRecord, ProfileRecord } from './ports/profileReader';
import type { RequestContext } from './requestContext';
import { newestOf, ownersOf } from './timelineOf';

/**
 * A profile as it stood at that time, then included: the identifiers known by then, the traits that identify messages had said, and when it had last
 * been seen. Who is one customer is told as it is known today. Null where nothing was known of the customer yet.
 */
export async function profileAsOf(context: RequestContext, record: ProfileRecord, asOfMs: number): Promise<ProfileRecord | null> {
  const members = record.members.filter((member) => firstSeenAtMs(member) <= asOfMs);
  const owners = ownersOf(members);
  const [{ facts }, [newest]] = await Promise.all([
    context.timelines.loadFacts(owners, asOfMs),
    newestOf(context, owners, { untilMs: asOfMs, limit: 1 }),
  ]);
  const [first, ...others] = members;
  if (!first || !newest) return null;
  const said = facts.filter((fact) => fact.kind === CALL_SPECS.identify.kind && fact.name === CALL_SPECS.identify.name);
  const clip = (member: MemberRecord, traits: string | null): MemberRecord => ({
    ...member,
    firstSeenAtMs: Math.min(firstSeenAtMs(member), newest.occurredAtMs),
    lastSeenAtMs: Math.min(member.lastSeenAtMs, newest.occurredAtMs),
    sighting: null,
    traits,
  });
  return {
    ...record,
    members: [clip(first, encodeTraitState(combineTraitStates(said.map(saidBy)))), ...others.map((member) => clip(member, null))],
    mostSaid: mostSaidIn(said, mostFrequentTraits(context.settings.survivorship)),
  };
}

function firstSeenAtMs(member: MemberRecord): number {
  return Math.min(member.firstSeenAtMs, member.sighting?.firstSeenAtMs ?? Number.POSITIVE_INFINITY);
}

function saidBy({ properties, sourceId, messageId, occurredAtMs: atMs }: Fact): TraitState {
  return traitStateOf(properties, { sourceId, messageId, atMs });
}

/** `said`: in order of occurrence, so that between equals the one said last stands. */
function mostSaidIn(said: readonly Fact[], traits: readonly string[]): MostSaid {
  const most: Record<string, ObservedTrait> = Object.create(null);
  for (const key of traits) {
    const counts = new Map<string, number>();
    let top = 0;
    for (const { properties, sourceId, messageId, occurredAtMs: atMs } of said) {
      const value = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (value === undefined) continue;
      const count = (counts.get(valueKey(value)) ?? 0) + 1;
      counts.set(valueKey(value), count);
      if (count >= top) most[key] = { value, sourceId, messageId, atMs };
      top = Math.max(top, count);
    }
  }
  return most;
}
