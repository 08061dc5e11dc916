import { Forest } from './forest';
import type { KnownIdentifier } from './knownIdentifier';
import type { KnownLink } from './knownLink';
import { decisionOfType } from './partSides';
import type { Region, Step } from './region';

/** What the rule makes of a region. */
export interface WalkedRegion {
  /** The groups, by the numbers of the region's members. */
  readonly groups: Forest;
  /** The links that joined two groups, in order. */
  readonly joined: readonly KnownLink[];
  /**
   * Members whose group held, at some turn, less of some type than it did at that turn before: their links that lead out might no longer be refused.
   * So might those of members that come from outdated profiles.
   */
  readonly weakened: readonly KnownIdentifier[];
  /** Ends outside of the region, of links that might no longer be refused. */
  readonly lifted: readonly KnownIdentifier[];
}

interface WalkOptions {
  /** Links that lead out of the region and are to be looked at. */
  readonly crossing: readonly KnownLink[];
  /** Takes it that a link that might no longer be refused is taken, so that fewer are looked at at once. */
  readonly isHopeful: boolean;
}

/**
 * Takes the links of a region in order, twice in step: as they stood when the groups were last right, and as they stand now. The first run is what
 * happened; held against it, the second tells which refusals of links that lead out of the region still stand. docs/decisions/identity-region.md proves it.
 */
export function walkRegion(region: Region, options: WalkOptions): WalkedRegion {
  const walk = new Walk(region, options.isHopeful);
  for (const step of region.stepsWith(options.crossing)) walk.take(step);
  return walk;
}

class Walk implements WalkedRegion {
  readonly groups: Forest;
  readonly joined: KnownLink[] = [];
  private readonly before: Forest;
  private readonly watched: (number[] | null)[];
  private readonly weak = new Set<number>();
  private readonly liftedEnds = new Set<KnownIdentifier>();

  constructor(
    private readonly region: Region,
    private readonly isHopeful: boolean,
  ) {
    this.groups = new Forest(region.types, region.countedAfter);
    this.before = new Forest(region.types, region.countedBefore);
    this.watched = region.members.map((member, number) => (region.mayLeadOut(member) ? [number] : null));
    for (const [number, member] of region.members.entries()) if (this.startsWeaker(number, member)) this.weak.add(number);
  }

  /** Before any turn: what is resolved anew, and what lost a label. */
  private startsWeaker(number: number, { profile, isHub }: KnownIdentifier): boolean {
    return (profile.isOutdated && !isHub) || (this.watched[number] !== null && this.labelsLost(number, null));
  }

  get weakened(): KnownIdentifier[] {
    return [...this.weak].map((number) => this.region.members[number] as KnownIdentifier);
  }

  get lifted(): KnownIdentifier[] {
    return [...this.liftedEnds];
  }

  take(step: Step): void {
    if (step.strongMember < 0) this.judge(step.weakMember, step.link.strong);
    else if (step.weakMember < 0) this.judge(step.strongMember, step.link.weak);
    else {
      if (step.inAfter) this.joinAfter(step);
      if (step.inBefore) this.joinBefore(step);
    }
  }

  private joinAfter(step: Step): void {
    const strong = this.groups.find(step.strongMember);
    const weak = this.groups.find(step.weakMember);
    if (strong !== weak && this.groups.join(strong, weak)) this.joined.push(step.link);
  }

  private joinBefore(step: Step): void {
    const strong = this.before.find(step.strongMember);
    const weak = this.before.find(step.weakMember);
    if (strong === weak || !this.before.join(strong, weak)) return;
    const given = this.watched[weak];
    if (given) this.watched[strong] = (this.watched[strong] ?? []).concat(given);
    for (const member of this.watched[strong] ?? []) if (this.isWeaker(member)) this.weak.add(member);
  }

  private isWeaker(member: number): boolean {
    return this.region.types.names.some((_, type) => this.isFewer(member, type)) || this.labelsLost(member, null);
  }

  /** Whether its group holds less of the type, or of the labels of the parting, that are named. */
  private isLess(member: number, reason: string): boolean {
    const decisionId = decisionOfType(reason);
    return decisionId === null ? this.isFewer(member, this.region.types.indexOf(reason)) : this.labelsLost(member, decisionId);
  }

  /** Whether the group held a label, of this parting or of any, that it does not hold any more. */
  private labelsLost(member: number, decisionId: string | null): boolean {
    const before = this.before.labelsAt(this.before.find(member));
    if (before.size === 0) return false;
    const now = this.groups.labelsAt(this.groups.find(member));
    for (const label of before) {
      if (!now.has(label) && (decisionId === null || this.region.parts.label(label).decisionId === decisionId)) return true;
    }
    return false;
  }

  private isFewer(member: number, type: number): boolean {
    return this.groups.count(this.groups.find(member), type) < this.before.count(this.before.find(member), type);
  }

  /**
   * A link out was refused because both groups together held too many of some type; only the types of which they hold too many now can have been
   * the reason. It is refused again if the group still holds as many of these, or if the outside end alone is one too many. Where the member comes from
   * an outdated profile, its link was never refused, and only the latter tells.
   */
  private judge(member: number, outside: KnownIdentifier): void {
    const { members, types, parts, rules } = this.region;
    const { profile } = members[member] as KnownIdentifier;
    const reasons = profile.isOutdated ? [] : profile.typeCounts.exceeding(outside.profile.typeCounts, rules);
    if (reasons.length > 0 && reasons.every((reason) => !this.isLess(member, reason))) return;
    const type = types.indexOf(outside.type);
    const group = this.groups.find(member);
    if (type >= 0 && this.groups.count(group, type) >= outside.rule.limitPerProfile) return;
    const labels = outside.labels.map((label) => parts.number(label));
    if (this.groups.opposes(group, labels)) return;
    this.liftedEnds.add(outside);
    if (this.isHopeful && type >= 0) this.groups.add(group, type, 1);
  }
}
