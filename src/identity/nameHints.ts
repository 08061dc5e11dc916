import type { KnownProfile } from './knownProfile';
import { type Group, heirs, nameRest } from './nameGroups';

/** A wish: the group that holds most of these identifiers goes on under this id. */
export interface NameHint {
  readonly profileId: string;
  readonly identifierIds: ReadonlySet<bigint>;
}

/** Answers the profile of an id that a group may go on as: one that it holds identifiers of, or one that is retired; else null. */
export type FindName = (profileId: string, group: Group) => KnownProfile | null;

interface Wish {
  readonly group: Group;
  readonly profile: KnownProfile;
  /** Identifiers of the group that no wish is about. */
  readonly strangers: number;
}

/**
 * Which group goes on under which profile's id: as wished, and the others by `nameRest`. A wish gives way where a living profile would be left behind
 * though nothing joined it with others; of several that could, the one for the group with most strangers does, so that who took others in stays with
 * its own.
 */
export function nameAsWished(groups: readonly Group[], hints: readonly NameHint[], findName: FindName): Map<Group, KnownProfile> {
  const wishes = wishesOf(groups, hints, findName);
  for (;;) {
    const named = grant(wishes);
    nameRest(groups, named);
    const leftBehind = [...heirs(groups, named)].find(([absorbed, heir]) => heir.every((member) => member.profile === absorbed))?.[0];
    if (!leftBehind) return named;
    const givesWay = wishes.findLastIndex(({ group, profile }) => profile !== leftBehind && holdsOf(group, leftBehind));
    if (givesWay < 0) throw new Error('A profile was left without a group, and no wish was the reason.');
    wishes.splice(givesWay, 1);
  }
}

function wishesOf(groups: readonly Group[], hints: readonly NameHint[], findName: FindName): Wish[] {
  const meant = new Set(hints.flatMap((hint) => [...hint.identifierIds]));
  const wishes = hints.flatMap((hint): Wish[] => {
    const group = holderOfMost(groups, hint);
    const profile = group && findName(hint.profileId, group);
    if (!group || !profile) return [];
    return [{ group, profile, strangers: group.filter((member) => !meant.has(member.identifierId)).length }];
  });
  return wishes.sort((left, right) => left.strangers - right.strangers);
}

function grant(wishes: readonly Wish[]): Map<Group, KnownProfile> {
  const named = new Map<Group, KnownProfile>();
  const taken = new Set<KnownProfile>();
  for (const { group, profile } of wishes) {
    if (named.has(group) || taken.has(profile)) continue;
    named.set(group, profile);
    taken.add(profile);
  }
  return named;
}

function holderOfMost(groups: readonly Group[], { identifierIds }: NameHint): Group | null {
  let most: Group | null = null;
  let held = 0;
  for (const group of groups) {
    const count = group.filter((member) => identifierIds.has(member.identifierId)).length;
    if (count > held) [most, held] = [group, count];
  }
  return most;
}

function holdsOf(group: Group, profile: KnownProfile): boolean {
  return group.some((member) => member.profile === profile);
}
