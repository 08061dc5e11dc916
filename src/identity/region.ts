import { type Countings, TypeTable } from './forest';
import type { PartLabel } from './identityStore';
import type { KnownIdentifier } from './knownIdentifier';
import type { KnownLink, LinkStanding } from './knownLink';
import { compareTurns, type LinkTurn } from './linkOrder';
import { PartTable } from './partTable';
import type { PendingReplay } from './pendingReplay';
import type { IdentityRules } from './rules';

/** A link at its turn. Its ends are numbered as the region's members are, -1 for one outside. */
export interface Step extends LinkTurn {
  readonly link: KnownLink;
  readonly strongMember: number;
  readonly weakMember: number;
  /** Whether it stands here in the order as it was when the groups were last right, and whether in the order as it is now. */
  readonly inBefore: boolean;
  readonly inAfter: boolean;
}

/** Whole groups that a replay is about, all their links with each other, and how both stood before. */
export class Region {
  readonly types: TypeTable;
  readonly parts = new PartTable();
  readonly countedBefore: Countings;
  readonly countedAfter: Countings;
  private readonly numbers: ReadonlyMap<KnownIdentifier, number>;
  private readonly steps: Step[] = [];

  constructor(
    readonly members: readonly KnownIdentifier[],
    readonly rules: IdentityRules,
    private readonly pending: PendingReplay,
  ) {
    this.types = new TypeTable(members);
    this.numbers = new Map(members.map((member, number) => [member, number]));
    const aliases: { readonly before: Step[]; readonly after: Step[] } = { before: [], after: [] };
    for (const [number, member] of members.entries()) {
      if (!pending.wasHub(member)) this.addStepsOf(member, number, aliases);
    }
    this.countedBefore = {
      aliasClasses: aliasClasses(members.length, aliases.before),
      labels: this.labels((member) => pending.labelsBefore(member)),
    };
    this.countedAfter = { aliasClasses: aliasClasses(members.length, aliases.after), labels: this.labels((member) => member.labels) };
    this.steps.sort(compareTurns);
  }

  /** The links in their order, with those of `crossing` among them: links from the region to the outside. */
  stepsWith(crossing: readonly KnownLink[]): readonly Step[] {
    if (crossing.length === 0) return this.steps;
    const added = crossing.map((link) => this.step(link, link, { inBefore: true, inAfter: true }));
    return [...this.steps, ...added].sort(compareTurns);
  }

  holds(identifier: KnownIdentifier): boolean {
    return this.numbers.has(identifier);
  }

  /** Links of a member that lead out of the region and could link. Those to outdated profiles wait until these are resolved. */
  crossing(member: KnownIdentifier): KnownLink[] {
    if (member.isHub) return [];
    const leadsOut = (link: KnownLink) => {
      const outside = link.other(member);
      return link.isUsable && !outside.profile.isOutdated && !this.holds(outside);
    };
    return [...member.stronger.all(), ...member.weaker].filter(leadsOut);
  }

  /** Whether a member has, or may have without it being in memory, a link that leads out of the region. */
  mayLeadOut(member: KnownIdentifier): boolean {
    if (!member.profile.contested || member.isHub) return false;
    if (!member.knowsStronger || !member.knowsWeaker) return true;
    const leadsOut = (link: KnownLink) => link.isUsable && !this.holds(link.other(member));
    for (const link of member.stronger.all()) if (leadsOut(link)) return true;
    return member.weaker.some(leadsOut);
  }

  private addStepsOf(weak: KnownIdentifier, number: number, aliases: { readonly before: Step[]; readonly after: Step[] }): void {
    for (const link of weak.stronger.all()) {
      if (!this.holds(link.strong) || this.pending.wasHub(link.strong)) continue;
      const before = this.before(link);
      const isUnmoved = before !== null && isSameTurn(before, link);
      const step = this.step(link, link, { inBefore: isUnmoved, inAfter: link.isUsable }, number);
      this.steps.push(step);
      if (before && !isUnmoved) this.steps.push(this.step(link, before, { inBefore: true, inAfter: false }, number));
      if (link.joinsByAlias && link.isUsable) aliases.after.push(step);
      if (link.joinsByAlias && before?.alias) aliases.before.push(step);
    }
  }

  /** Null where nobody knew of it. What earlier rules made of an outdated profile is not how it stood: it is put in as if nothing were known of its links. */
  private before(link: KnownLink): LinkStanding | null {
    if (link.strong.profile.isOutdated || link.weak.profile.isOutdated) return null;
    const before = this.pending.links.get(link);
    if (before === undefined) return link;
    return before?.isThere ? before : null;
  }

  /** Null where no member has any. */
  private labels(labelsOf: (member: KnownIdentifier) => readonly PartLabel[]): readonly (readonly number[])[] | null {
    if (this.members.every((member) => labelsOf(member).length === 0)) return null;
    return this.members.map((member) => labelsOf(member).map((label) => this.parts.number(label)));
  }

  private step(
    link: KnownLink,
    { rank, time }: Pick<LinkTurn, 'rank' | 'time'>,
    at: { readonly inBefore: boolean; readonly inAfter: boolean },
    weakNumber?: number,
  ): Step {
    return {
      rank,
      time,
      strong: link.strong,
      weak: link.weak,
      link,
      strongMember: this.numbers.get(link.strong) ?? -1,
      weakMember: weakNumber ?? this.numbers.get(link.weak) ?? -1,
      inBefore: at.inBefore,
      inAfter: at.inAfter,
    };
  }
}

function isSameTurn(one: LinkStanding, other: LinkStanding): boolean {
  return one.rank === other.rank && one.time === other.time;
}

/** For each member a number that it shares with all that aliases make one with it; -1 where there is no alias. */
function aliasClasses(size: number, aliases: readonly Step[]): Int32Array {
  const classes = new Int32Array(size).fill(-1);
  const membersOf = new Map<number, number[]>();
  for (const { strongMember, weakMember } of aliases) {
    const kept = membersOf.get(classes[strongMember] as number) ?? [strongMember];
    const given = membersOf.get(classes[weakMember] as number) ?? [weakMember];
    const aliasClass = kept[0] as number;
    if (aliasClass === given[0]) continue;
    membersOf.delete(given[0] as number);
    kept.push(...given);
    membersOf.set(aliasClass, kept);
    for (const member of kept) classes[member] = aliasClass;
  }
  return classes;
}
