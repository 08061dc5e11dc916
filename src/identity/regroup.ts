import type { BatchChanges } from './batchChanges';
import type { Forest } from './forest';
import type { KnownIdentifier } from './knownIdentifier';
import type { KnownLink } from './knownLink';
import { KnownProfile } from './knownProfile';
import { compareIdentifiers } from './linkOrder';
import { type Group, heirs, nameGroups } from './nameGroups';
import { nameAsWished } from './nameHints';
import type { PartTable } from './partTable';
import type { Region } from './region';
import type { WalkedRegion } from './regionWalk';
import type { Resolution } from './resolution';
import { TypeCounts } from './typeCounts';

/** A profile that no group goes on as: who takes its place, which of its identifiers went there, and by which link. */
interface Retirement {
  readonly absorbed: KnownProfile;
  readonly heir: Group;
  readonly moved: readonly KnownIdentifier[];
  readonly link: KnownLink;
}

/** Makes the profiles of a region what the rule says: moves identifiers, names groups, retires the profiles that no group goes on as. */
export async function regroup(region: Region, walked: WalkedRegion, resolution: Resolution): Promise<void> {
  const { changes } = resolution;
  const groups = groupsOf(region, walked.groups);
  const changed = [...groups.keys()].filter((group) => !isWhole(group));
  const named = await nameAll(changed, resolution);
  const retirements = retirementsOf(changed, named, { decided: changes.decidedNow, joined: walked.joined });
  await reviveHomes(changed, named, resolution);
  for (const group of changed) moveTo(named.get(group) ?? KnownProfile.unnamed(0), group, changes);
  for (const [group, root] of groups) recount(group, typeCountsAt(walked.groups, root, region.parts), changes);
  for (const [{ profile }] of changed as [KnownIdentifier][]) if (!profile.isNamed) changes.found(profile);
  for (const { absorbed, heir, moved, link } of retirements) {
    absorbed.hold([]);
    changes.merge((heir[0] as KnownIdentifier).profile, absorbed, { link, moved });
  }
  for (const group of groups.keys()) {
    bringUpToDate(group, changes);
    markContested(group, changes);
  }
}

async function nameAll(groups: readonly Group[], { reads, window, nameHints }: Resolution): Promise<Map<Group, KnownProfile>> {
  if (nameHints.length === 0) return nameGroups(groups);
  const retired = new Map((await reads.retiredOf(nameHints.map((hint) => hint.profileId))).map((id) => [id, KnownProfile.retired(id)]));
  const named = nameAsWished(groups, nameHints, (profileId, group) => {
    return retired.get(profileId) ?? group.find((member) => member.profile.profileId === profileId)?.profile ?? null;
  });
  for (const [group, profile] of named) if (retired.has(profile.profileId)) named.set(group, window.reviveProfile(profile.profileId));
  return named;
}

/** Each group with its root. */
function groupsOf(region: Region, forest: Forest): Map<Group, number> {
  const byRoot = new Map<number, KnownIdentifier[]>();
  for (const [number, member] of region.members.entries()) {
    const root = forest.find(number);
    const group = byRoot.get(root);
    if (group) group.push(member);
    else byRoot.set(root, [member]);
  }
  return new Map([...byRoot].map(([root, group]) => [group, root]));
}

/** Whether it is all of one profile that has an id, as before. */
function isWhole(group: Group): boolean {
  const { profile } = group[0] as KnownIdentifier;
  return profile.isNamed && profile.identifierCount === group.length && group.every((member) => member.profile === profile);
}

/**
 * The link that brought a profile in is the one that somebody decided just now, where it leads from some of it to others of its heir; else the first
 * such, in the order of the rule, that joined two groups.
 */
function retirementsOf(
  changed: readonly Group[],
  named: ReadonlyMap<Group, KnownProfile>,
  causes: { readonly decided: readonly KnownLink[]; readonly joined: readonly KnownLink[] },
): Retirement[] {
  const retirements: Retirement[] = [];
  for (const [absorbed, heir] of heirs(changed, named)) {
    const isAbsorbed = (member: KnownIdentifier) => member.profile === absorbed;
    const members = new Set(heir);
    const bringsIn = ({ strong, weak }: KnownLink) => members.has(weak) && members.has(strong) && isAbsorbed(strong) !== isAbsorbed(weak);
    const link = causes.decided.find(bringsIn) ?? causes.joined.find(bringsIn);
    if (!link) throw new Error('A profile was absorbed, but no link joined it with its heir.');
    retirements.push({ absorbed, heir, moved: heir.filter(isAbsorbed), link });
  }
  return retirements;
}

/** A group without an id gets one back that was founded by one of its members and is retired: the smallest of these. */
async function reviveHomes(changed: readonly Group[], named: Map<Group, KnownProfile>, { reads, window }: Resolution): Promise<void> {
  const nameless = changed.filter((group) => !named.has(group)).map((group) => [...group].sort(compareIdentifiers));
  const homesOf = (group: Group) => group.flatMap((member) => member.homeProfileId ?? []);
  const homes = new Set(nameless.flatMap(homesOf));
  if (homes.size === 0) return;
  const free = new Set(await reads.retiredOf([...homes]));
  const byStrongest = changed
    .filter((group) => !named.has(group))
    .sort((left, right) => compareIdentifiers(strongestOf(left), strongestOf(right)));
  for (const group of byStrongest) {
    const home = homesOf(group)
      .filter((id) => free.has(id))
      .sort()[0];
    if (home === undefined) continue;
    free.delete(home);
    named.set(group, window.reviveProfile(home));
  }
}

function strongestOf(group: Group): KnownIdentifier {
  return group.reduce((strongest, member) => (compareIdentifiers(member, strongest) < 0 ? member : strongest));
}

function moveTo(profile: KnownProfile, group: Group, changes: BatchChanges): void {
  profile.contested = group.some((member) => member.profile.contested);
  profile.firstSeenAtMs = Math.min(...group.map((member) => member.firstSeenAtMs));
  for (const member of group) if (member.profile !== profile) changes.changeIdentifier(member);
  profile.hold(group);
  changes.changeProfile(profile);
}

function typeCountsAt(forest: Forest, root: number, parts: PartTable): TypeCounts {
  const typeCounts = new TypeCounts();
  for (const [type, name] of forest.types.names.entries()) {
    const count = forest.count(root, type);
    if (count > 0) typeCounts.add(name, count);
  }
  for (const label of forest.labelsAt(root)) typeCounts.stand(parts.label(label));
  return typeCounts;
}

function recount(group: Group, typeCounts: TypeCounts, changes: BatchChanges): void {
  const { profile } = group[0] as KnownIdentifier;
  if (profile.typeCounts.equals(typeCounts)) return;
  profile.typeCounts = typeCounts;
  changes.changeProfile(profile);
}

function bringUpToDate(group: Group, changes: BatchChanges): void {
  const { profile } = group[0] as KnownIdentifier;
  if (!profile.isOutdated) return;
  profile.bringUpToDate();
  changes.changeProfile(profile);
}

/** Where links that are not in memory could be refused, it stays contested. */
function markContested(group: Group, changes: BatchChanges): void {
  const { profile } = group[0] as KnownIdentifier;
  const hasUnknownLinks = () => group.some((member) => !member.isHub && !(member.knowsStronger && member.knowsWeaker));
  const isContested = group.some(hasRefusedLink) || (profile.contested && hasUnknownLinks());
  if (isContested === profile.contested) return;
  profile.contested = isContested;
  changes.changeProfile(profile);
}

function hasRefusedLink(member: KnownIdentifier): boolean {
  if (member.isHub) return false;
  const isRefused = (link: KnownLink) => link.strong.profile !== link.weak.profile && link.isUsable;
  for (const link of member.stronger.all()) if (isRefused(link)) return true;
  return member.weaker.some(isRefused);
}
