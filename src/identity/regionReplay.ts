import { recountHubs } from './hubRecount';
import type { KnownIdentifier } from './knownIdentifier';
import type { KnownProfile } from './knownProfile';
import { Region } from './region';
import { type WalkedRegion, walkRegion } from './regionWalk';
import { regroup } from './regroup';
import type { Resolution } from './resolution';

/** After so many rounds, everything that might no longer be refused is taken into the region at once. */
const HOPEFUL_ROUNDS = 8;

/** Brings the groups up to date with what is pending: replays the smallest set of whole groups that it can change. */
export async function replayPending(resolution: Resolution): Promise<void> {
  const profiles = resolution.pending.profiles();
  if (profiles.size > 0) await replayProfiles(profiles, resolution);
}

/** The same for these profiles, and for all that depends on them. Those that were outdated are up to date afterwards. */
export async function replayProfiles(profiles: Set<KnownProfile>, resolution: Resolution): Promise<void> {
  for (let round = 0; ; round++) {
    const region = await loadRegion(profiles, resolution);
    const walked = await walk(region, round < HOPEFUL_ROUNDS, resolution);
    if (walked.lifted.length === 0) return regroup(region, walked, resolution);
    for (const { profile } of walked.lifted) profiles.add(profile);
  }
}

/** Adds to `profiles` those that aliases bind to them: ids that count as one are replayed together. */
async function loadRegion(profiles: Set<KnownProfile>, { reads, window, pending, changes }: Resolution): Promise<Region> {
  for (let size = 0; size < profiles.size; ) {
    size = profiles.size;
    await reads.membersOf([...profiles]);
    await recountHubs(membersOf(profiles), { reads, window, changes });
    await reads.linksOf(membersOf(profiles).filter(needsLinks));
    for (const member of membersOf(profiles)) for (const partner of aliasPartners(member)) profiles.add(partner.profile);
  }
  return new Region(membersOf(profiles), window.rules, pending);
}

/** Links out are looked at only where they matter. */
async function walk(region: Region, isHopeful: boolean, { reads }: Resolution): Promise<WalkedRegion> {
  const walked = walkRegion(region, { crossing: [], isHopeful });
  if (walked.weakened.length === 0) return walked;
  await reads.linksOf(walked.weakened);
  const crossing = walked.weakened.flatMap((member) => region.crossing(member));
  return crossing.length === 0 ? walked : walkRegion(region, { crossing, isHopeful });
}

function membersOf(profiles: Iterable<KnownProfile>): KnownIdentifier[] {
  return [...profiles].flatMap((profile) => profile.members);
}

/**
 * Links are found from their weaker end. The strongest type needs none where a profile has one of it: no other could be in its group but by an
 * alias, and that would be in its profile. Of outdated profiles all links are new to the region.
 */
function needsLinks(identifier: KnownIdentifier): boolean {
  const { rule, profile, rank, type, isHub } = identifier;
  if (profile.isOutdated) return !isHub;
  if (identifier.knowsStronger) return false;
  const standsAlone = rank === 0 && rule.type === type && rule.limitPerProfile === 1;
  return !(standsAlone && profile.members.every((member) => member === identifier || member.type !== type));
}

function aliasPartners(member: KnownIdentifier): KnownIdentifier[] {
  return member.aliases.filter((link) => link.joinsByAlias).map((link) => link.other(member));
}
