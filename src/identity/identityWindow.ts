import type { IdentifierRecord, LinkRecord, ProfileRecord } from './identityStore';
import { type IdentifierState, KnownIdentifier } from './knownIdentifier';
import { KnownLink, type LinkSeen } from './knownLink';
import { KnownProfile } from './knownProfile';
import { compareIdentifiers } from './linkOrder';
import { FIRST_RULES, isOutdated, type RulesInForce } from './ruleChange';
import type { IdentityRules } from './rules';

export type StoredIdentifier = { readonly identifier: IdentifierRecord; readonly profile: ProfileRecord };

/**
 * The part of one workspace's stored graph that is in memory. What is in memory is newer than what is read, so a read only ever adds what
 * is not there yet.
 */
export class IdentityWindow {
  /** Counts the resolve calls. */
  call = 0;
  private readonly byType = new Map<string, Map<string, KnownIdentifier>>();
  private readonly byId = new Map<bigint, KnownIdentifier>();
  private readonly profiles = new Map<string, KnownProfile>();

  constructor(
    readonly rules: IdentityRules,
    readonly hubLimit: number,
    readonly inForce: RulesInForce = FIRST_RULES,
  ) {}

  /** Identifiers in memory. */
  get size(): number {
    return this.byId.size;
  }

  find(type: string, value: string): KnownIdentifier | undefined {
    return this.byType.get(type)?.get(value);
  }

  findById(identifierId: bigint): KnownIdentifier | undefined {
    return this.byId.get(identifierId);
  }

  findProfile(profileId: string): KnownProfile | undefined {
    return this.profiles.get(profileId);
  }

  /** An identifier that is in nobody's group yet; all its links will be made in memory. */
  create(state: IdentifierState): KnownIdentifier {
    const profile = KnownProfile.unnamed(state.firstSeenAtMs);
    profile.identifierCount = 1;
    profile.typeCounts.add(state.type, 1);
    const identifier = this.add(state, profile);
    identifier.isNew = true;
    identifier.isUnseen = true;
    identifier.knowsStronger = true;
    identifier.knowsWeaker = true;
    return identifier;
  }

  /** What was read, unless it is in memory. */
  admitIdentifier(stored: StoredIdentifier): KnownIdentifier {
    const known = this.byId.get(stored.identifier.identifierId);
    return known ?? this.add(stored.identifier, this.profiles.get(stored.profile.profileId) ?? this.admitProfile(stored.profile));
  }

  admitProfile(record: ProfileRecord): KnownProfile {
    const known = this.profiles.get(record.profileId);
    if (known) return known;
    const profile = new KnownProfile(record, isOutdated(record, this.rules, this.inForce) ? record.rulesVersion : null);
    this.profiles.set(record.profileId, profile);
    return profile;
  }

  addProfile(profile: KnownProfile): void {
    this.profiles.set(profile.profileId, profile);
  }

  /** A retired profile, alive again and empty. */
  reviveProfile(profileId: string): KnownProfile {
    const { version } = this.inForce;
    const empty = {
      profileId,
      mergedInto: null,
      contested: false,
      identifierCount: 0,
      typeCounts: {},
      firstSeenAtMs: 0,
      rulesVersion: version,
    };
    const profile = this.admitProfile(empty);
    profile.mergedInto = null;
    profile.bringUpToDate();
    return profile;
  }

  /** What was read, unless it is in memory or one of its ends is not. */
  admitLink(record: LinkRecord): void {
    const low = this.byId.get(record.lowId);
    const high = this.byId.get(record.highId);
    if (low && high && !this.linkBetween(low, high)) this.link(low, high, record);
  }

  linkBetween(one: KnownIdentifier, other: KnownIdentifier): KnownLink | undefined {
    return compareIdentifiers(one, other) < 0 ? other.stronger.get(one) : one.stronger.get(other);
  }

  link(one: KnownIdentifier, other: KnownIdentifier, seen: LinkSeen): KnownLink {
    const [strong, weak] = compareIdentifiers(one, other) < 0 ? [one, other] : [other, one];
    const link = new KnownLink(strong, weak, seen);
    weak.stronger.add(link);
    link.weakerIndex = strong.weaker.length;
    strong.weaker.push(link);
    return link;
  }

  /** Forgets a link that is not there any more. */
  unlink(link: KnownLink): void {
    removeFromWeaker(link);
    link.weak.stronger.remove(link);
  }

  /** Forgets profiles that were retired: whoever needs one again reads it, with where it points then. */
  dropProfile(profile: KnownProfile): void {
    this.profiles.delete(profile.profileId);
  }

  /** Forgets the identifiers that were not used for the longest, never one of the last resolve call, until at most `size` are left. */
  trim(size: number): void {
    if (this.size <= size) return;
    const isIdle = (identifier: KnownIdentifier) => identifier.usedIn < this.call && identifier.profile.changedIn < this.call;
    const idle = [...this.byId.values()].filter(isIdle);
    idle.sort((left, right) => left.usedIn - right.usedIn);
    for (const identifier of idle.slice(0, this.size - size)) this.evict(identifier);
  }

  /** Whether it is a hub, or rules that came after it block its value: what is always blocked is never stored. */
  linksNothing({ strongerLinks, type, value }: KnownIdentifier): boolean {
    return strongerLinks > this.hubLimit || (this.rules.hasPatterns && this.rules.isBlocked(type, value));
  }

  private add(state: IdentifierState, profile: KnownProfile): KnownIdentifier {
    const { type, value } = state;
    const identifier = new KnownIdentifier(state, this.rules.ruleFor(type), profile);
    identifier.isHub = this.linksNothing(identifier);
    const ofType = this.byType.get(type);
    if (ofType) ofType.set(value, identifier);
    else this.byType.set(type, new Map([[value, identifier]]));
    this.byId.set(identifier.identifierId, identifier);
    identifier.usedIn = this.call;
    return identifier;
  }

  private evict(identifier: KnownIdentifier): void {
    for (const link of identifier.stronger.all()) {
      removeFromWeaker(link);
      link.strong.knowsWeaker = false;
      link.strong.isTruncated = false;
    }
    for (const link of identifier.weaker) {
      link.weak.stronger.remove(link);
      link.weak.knowsStronger = false;
      link.weak.isTruncated = false;
    }
    for (const link of identifier.aliases) {
      const partner = link.other(identifier);
      partner.aliases = partner.aliases.filter((each) => each !== link);
    }
    const ofType = this.byType.get(identifier.type);
    ofType?.delete(identifier.value);
    if (ofType?.size === 0) this.byType.delete(identifier.type);
    this.byId.delete(identifier.identifierId);
    identifier.profile.dismiss(identifier);
    if (identifier.profile.members.length === 0) this.profiles.delete(identifier.profile.profileId);
  }
}

function removeFromWeaker(link: KnownLink): void {
  const { weaker } = link.strong;
  const last = weaker.pop() as KnownLink;
  if (last === link) return;
  last.weakerIndex = link.weakerIndex;
  weaker[link.weakerIndex] = last;
}
