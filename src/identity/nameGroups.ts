import type { KnownIdentifier } from './knownIdentifier';
import type { KnownProfile } from './knownProfile';
import { compareIdentifiers } from './linkOrder';

export type Group = readonly KnownIdentifier[];

/** How much of a profile went into a group. */
interface Share {
  readonly group: Group;
  readonly profile: KnownProfile;
  readonly strongest: KnownIdentifier;
  size: number;
}

/**
 * Which group goes on under which profile's id: the one with which it shares most, then the older profile, then the one with the smaller id; of two
 * groups that share as much with one profile, the group with its strongest identifier. No profile goes on in two groups, so some groups get none.
 */
export function nameGroups(groups: readonly Group[]): Map<Group, KnownProfile> {
  const named = new Map<Group, KnownProfile>();
  nameRest(groups, named);
  return named;
}

/** The same for the groups that have no name yet. */
export function nameRest(groups: readonly Group[], named: Map<Group, KnownProfile>): void {
  const shares = groups.flatMap(sharesOf).sort(compareShares);
  const taken = new Set<KnownProfile>(named.values());
  for (const { group, profile } of shares) {
    if (named.has(group) || taken.has(profile)) continue;
    named.set(group, profile);
    taken.add(profile);
  }
}

/** For each profile that no group goes on as: the group that took most of it. */
export function heirs(groups: readonly Group[], named: ReadonlyMap<Group, KnownProfile>): Map<KnownProfile, Group> {
  const taken = new Set(named.values());
  const heirOf = new Map<KnownProfile, Group>();
  for (const { group, profile } of groups.flatMap(sharesOf).sort(compareShares)) {
    if (!taken.has(profile) && !heirOf.has(profile)) heirOf.set(profile, group);
  }
  return heirOf;
}

function sharesOf(group: Group): Share[] {
  const shares = new Map<KnownProfile, Share>();
  for (const member of [...group].sort(compareIdentifiers)) {
    if (!member.profile.isNamed) continue;
    const share = shares.get(member.profile);
    if (share) share.size++;
    else shares.set(member.profile, { group, profile: member.profile, strongest: member, size: 1 });
  }
  return [...shares.values()];
}

function compareShares(left: Share, right: Share): number {
  if (left.size !== right.size) return right.size - left.size;
  if (left.profile.firstSeenAtMs !== right.profile.firstSeenAtMs) return left.profile.firstSeenAtMs - right.profile.firstSeenAtMs;
  if (left.profile !== right.profile) return left.profile.profileId < right.profile.profileId ? -1 : 1;
  return compareIdentifiers(left.strongest, right.strongest);
}
