import type { LinkedType } from './identityStore';
import type { KnownIdentifier } from './knownIdentifier';
import type { KnownLink } from './knownLink';
import type { Resolution } from './resolution';

/**
 * What is stronger, and what is blocked, changes with the rules, and with it which identifiers are hubs: counts anew those of outdated profiles.
 * Links of this very call are not stored yet and are counted beside.
 */
export async function recountHubs(
  members: readonly KnownIdentifier[],
  resolution: Pick<Resolution, 'window' | 'reads' | 'changes'>,
): Promise<void> {
  const { window, reads, changes } = resolution;
  if (window.inForce.reach !== 'ANY') return;
  const outdated = members.filter((member) => member.profile.isOutdated && !member.isRecounted);
  if (outdated.length === 0) return;
  const counts = new Map<bigint, number>();
  for (const linked of await reads.linkedTypesOf(outdated)) {
    const member = window.findById(linked.identifierId);
    if (member && window.rules.ruleFor(linked.type).rank < member.rank) {
      counts.set(linked.identifierId, (counts.get(linked.identifierId) ?? 0) + openEnds(linked, resolution));
    }
  }
  for (const member of outdated) {
    const count = (counts.get(member.identifierId) ?? 0) + newStrongerLinks(member);
    const strongerLinks = Math.min(count, window.hubLimit + 1);
    member.isRecounted = true;
    if (strongerLinks !== member.strongerLinks) changes.changeIdentifier(member);
    member.strongerLinks = strongerLinks;
    member.isHub = window.linksNothing(member);
  }
}

function openEnds({ type, count, values }: LinkedType, { window }: Pick<Resolution, 'window'>): number {
  return window.rules.hasPatterns ? values.filter((value) => !window.rules.isBlocked(type, value)).length : count;
}

function newStrongerLinks(member: KnownIdentifier): number {
  const isCounted = (link: KnownLink) => link.isNewlySeen && link.strong.rank < member.rank;
  return [...member.stronger.all()].filter(isCounted).length;
}
