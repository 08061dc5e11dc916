import type { KnownIdentifier } from './knownIdentifier';
import type { KnownLink } from './knownLink';
import type { KnownProfile } from './knownProfile';
import type { Observation } from './observation';
import type { Resolution } from './resolution';
import type { Unions } from './unions';

/** Takes in what one message after the other says, where all its identifiers and stored links are in memory. */
export class MessageLinking {
  constructor(
    private readonly resolution: Resolution,
    private readonly unions: Unions,
  ) {}

  /** `identifiers` are those of the observation, in its order. */
  observe(observation: Observation, identifiers: readonly KnownIdentifier[]): void {
    const owner = identifiers[0] as KnownIdentifier;
    this.own(owner, observation.occurredAtMs);
    const created = this.linkAll(identifiers, observation);
    if (!identifiers.some(isUnseen) && created.length === 0) return;
    const usedLinks = identifiers.map((identifier) => (identifier.isUnseen ? this.place(identifier, identifiers) : null));
    for (const link of created) {
      if (!link.joinsByAlias) this.unions.request(link);
      else if (!usedLinks.includes(link)) this.resolution.pending.addLink(link, null);
    }
  }

  private own(owner: KnownIdentifier, atMs: number): void {
    const { changes } = this.resolution;
    changes.own(owner);
    owner.own(atMs);
    if (atMs >= owner.profile.firstSeenAtMs) return;
    owner.profile.firstSeenAtMs = atMs;
    changes.changeProfile(owner.profile);
  }

  /** The links that are new. */
  private linkAll(identifiers: readonly KnownIdentifier[], observation: Observation): readonly KnownLink[] {
    const { window } = this.resolution;
    const created: KnownLink[] = [];
    for (let first = 0; first < identifiers.length; first++) {
      const one = identifiers[first] as KnownIdentifier;
      one.usedIn = window.call;
      for (let second = first + 1; second < identifiers.length; second++) {
        const other = identifiers[second] as KnownIdentifier;
        const isAlias = observation.aliases.length > 0 && declares(observation.aliases, first, second);
        const link = window.linkBetween(one, other);
        if (link) this.seeAgain(link, observation, isAlias);
        else created.push(this.link({ one, other }, observation, isAlias));
      }
    }
    return created;
  }

  private seeAgain(link: KnownLink, observation: Observation, isAlias: boolean): void {
    const { pending, changes } = this.resolution;
    const before = link.standing();
    const wasSeen = link.isSeen;
    const isWider = link.widen(observation.occurredAtMs, observation.interactionId);
    if (isAlias) link.declareAlias();
    if (!isWider && link.alias === before.alias) return;
    changes.changeLink(link);
    if (!wasSeen) this.beginCounting(link);
    const isMoved = link.time !== before.time && link.strong.profile !== link.weak.profile;
    const isAliased = link.alias !== before.alias && link.joinsByAlias;
    if (isMoved || isAliased) pending.addLink(link, before);
  }

  private link(
    ends: { readonly one: KnownIdentifier; readonly other: KnownIdentifier },
    observation: Observation,
    alias: boolean,
  ): KnownLink {
    const { window, changes } = this.resolution;
    const { occurredAtMs, interactionId } = observation;
    const link = window.link(ends.one, ends.other, {
      firstSeenAtMs: occurredAtMs,
      lastSeenAtMs: occurredAtMs,
      firstInteractionId: interactionId,
      lastInteractionId: interactionId,
      alias,
      decision: null,
    });
    link.isNew = true;
    changes.changeLink(link);
    this.beginCounting(link);
    return link;
  }

  /** The first message that has both ends. */
  private beginCounting(link: KnownLink): void {
    link.isNewlySeen = true;
    if (link.strong.rank < link.weak.rank) this.countStronger(link.weak);
  }

  /** A hub's count stops where it became one, so that its row is not written again with every message. */
  private countStronger(weak: KnownIdentifier): void {
    const { window, pending, changes } = this.resolution;
    if (weak.isHub) return;
    weak.strongerLinks++;
    changes.changeIdentifier(weak);
    if (weak.strongerLinks <= window.hubLimit) return;
    weak.isHub = true;
    pending.hubs.add(weak);
  }

  /**
   * Puts an identifier that nobody saw before into the group of the strongest identifier on its message that has room for it; the link used is
   * the answer. Where nobody links to it, it founds a profile; where a limit refuses it, it waits for the replay.
   */
  private place(identifier: KnownIdentifier, identifiers: readonly KnownIdentifier[]): KnownLink | null {
    const { window, changes } = this.resolution;
    identifier.isUnseen = false;
    changes.changeIdentifier(identifier);
    let isRefused = false;
    for (const other of identifiers) {
      if (other === identifier || other.isUnseen) continue;
      const link = window.linkBetween(identifier, other) as KnownLink;
      if (!link.isUsable) continue;
      if (this.join(identifier, other.profile, link)) return link;
      isRefused = true;
    }
    if (!isRefused) changes.found(identifier.profile);
    return null;
  }

  private join(identifier: KnownIdentifier, profile: KnownProfile, link: KnownLink): boolean {
    const { changes } = this.resolution;
    const { type } = identifier;
    const added = link.joinsByAlias ? 0 : 1;
    if (profile.typeCounts.get(type) + added > identifier.rule.limitPerProfile) return false;
    profile.firstSeenAtMs = Math.min(profile.firstSeenAtMs, identifier.profile.firstSeenAtMs);
    profile.typeCounts.add(type, added);
    profile.identifierCount++;
    profile.admit(identifier);
    changes.changeProfile(profile);
    return true;
  }
}

function isUnseen(identifier: KnownIdentifier): boolean {
  return identifier.isUnseen;
}

function declares(aliases: Observation['aliases'], first: number, second: number): boolean {
  return aliases.some(([left, right]) => Math.min(left, right) === first && Math.max(left, right) === second);
}
