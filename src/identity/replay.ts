import type { PartLabel } from './identityStore';
import { compareIdentifiers, compareTurns, DECIDED_RANK, type LinkTurn, turnTime } from './linkOrder';
import type { ObservedIdentifier } from './observation';
import { HUB_LIMIT, type IdentityRules } from './rules';

export interface ReplayedLink {
  readonly left: ObservedIdentifier;
  readonly right: ObservedIdentifier;
  /** Null, as the last, where no message had both. */
  readonly firstSeenAtMs: number | null;
  readonly lastSeenAtMs: number | null;
  readonly alias: boolean;
  /** Null where nobody decided it. */
  readonly decidedAtMs: number | null;
}

/** An identifier with its labels in force. */
export interface ReplayedIdentifier extends ObservedIdentifier {
  readonly labels: readonly PartLabel[];
}

interface Turn extends LinkTurn {
  readonly alias: boolean;
  readonly isSeen: boolean;
}

/**
 * The rule itself, slow and obvious: which identifiers are one customer, from all that was ever linked and decided. Every link is there once. What
 * IdentityGraph keeps up to date message by message always equals this; blocked values are in no group.
 */
export function partition(
  links: readonly ReplayedLink[],
  identifiers: readonly ReplayedIdentifier[],
  rules: IdentityRules,
  hubLimit = HUB_LIMIT,
): ReplayedIdentifier[][] {
  const known = identifiers.filter(({ type, value }) => !rules.isBlocked(type, value));
  const open = links.filter(({ left, right }) => !rules.isBlocked(left.type, left.value) && !rules.isBlocked(right.type, right.value));
  const turns = withoutHubs(
    open.map((link) => turnOf(link, rules)),
    hubLimit,
  ).sort(compareTurns);
  const aliasGroups = joinAll(turns.filter((turn) => turn.alias && turn.strong.type === turn.weak.type));
  let groups = known.map((identifier) => [identifier]);
  for (const { strong, weak } of turns) {
    const one = groupOf(strong, groups);
    const other = groupOf(weak, groups);
    if (one !== other && isOnOneSide([...one, ...other]) && isWithinLimits([...one, ...other], rules, aliasGroups)) {
      groups = [...groups.filter((group) => group !== one && group !== other), [...one, ...other]];
    }
  }
  return groups;
}

function turnOf(link: ReplayedLink, rules: IdentityRules): Turn {
  const left = { ...link.left, rank: rules.ruleFor(link.left.type).rank };
  const right = { ...link.right, rank: rules.ruleFor(link.right.type).rank };
  const [strong, weak] = compareIdentifiers(left, right) < 0 ? [left, right] : [right, left];
  const { decidedAtMs, firstSeenAtMs, lastSeenAtMs, alias } = link;
  const isSeen = firstSeenAtMs !== null && lastSeenAtMs !== null;
  if (decidedAtMs !== null) return { rank: DECIDED_RANK, time: decidedAtMs, strong, weak, alias, isSeen };
  if (!isSeen) throw new Error('A link was neither seen nor decided.');
  return { rank: weak.rank, time: turnTime(rules.ruleFor(weak.type).keep, { firstSeenAtMs, lastSeenAtMs }), strong, weak, alias, isSeen };
}

function withoutHubs(turns: readonly Turn[], hubLimit: number): Turn[] {
  const strongerEnds = new Map<string, number>();
  for (const { strong, weak, isSeen } of turns) {
    if (isSeen && strong.rank < weak.rank) strongerEnds.set(nameOf(weak), (strongerEnds.get(nameOf(weak)) ?? 0) + 1);
  }
  const isHub = (identifier: ObservedIdentifier) => (strongerEnds.get(nameOf(identifier)) ?? 0) > hubLimit;
  return turns.filter(({ strong, weak }) => !isHub(strong) && !isHub(weak));
}

/** Identifiers that aliases declare to be one, each name with its group's first name. */
function joinAll(aliases: readonly Turn[]): Map<string, string> {
  const groups = new Map<string, string>();
  for (const { strong, weak } of aliases) {
    const kept = groups.get(nameOf(strong)) ?? nameOf(strong);
    const given = groups.get(nameOf(weak)) ?? nameOf(weak);
    groups.set(nameOf(strong), kept).set(nameOf(weak), kept);
    for (const [name, group] of groups) if (group === given) groups.set(name, kept);
  }
  return groups;
}

function isWithinLimits(group: readonly ObservedIdentifier[], rules: IdentityRules, aliasGroups: ReadonlyMap<string, string>): boolean {
  const heldByType = new Map<string, Set<string>>();
  for (const identifier of group) {
    const held = heldByType.get(identifier.type) ?? new Set();
    heldByType.set(identifier.type, held.add(aliasGroups.get(nameOf(identifier)) ?? nameOf(identifier)));
  }
  return [...heldByType].every(([type, held]) => held.size <= rules.ruleFor(type).limitPerProfile);
}

/** No group holds both sides of a parting. */
function isOnOneSide(group: readonly ReplayedIdentifier[]): boolean {
  const sides = new Map<string, number>();
  for (const { decisionId, side } of group.flatMap(({ labels }) => labels)) {
    if ((sides.get(decisionId) ?? side) !== side) return false;
    sides.set(decisionId, side);
  }
  return true;
}

function groupOf(identifier: ObservedIdentifier, groups: readonly ReplayedIdentifier[][]): ReplayedIdentifier[] {
  const group = groups.find((members) => members.some((member) => nameOf(member) === nameOf(identifier)));
  if (!group) throw new Error('A link has an end that is not among the identifiers.');
  return group;
}

function nameOf(identifier: ObservedIdentifier): string {
  return `${identifier.type}\0${identifier.value}`;
}
