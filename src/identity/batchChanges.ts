import type { NewId } from '../kernel/clock';
import type { IdentityChanges, MergeRecord } from './identityStore';
import type { IdentityWindow } from './identityWindow';
import type { KnownIdentifier } from './knownIdentifier';
import type { KnownLink } from './knownLink';
import type { KnownProfile } from './knownProfile';
import { compareIdentifiers } from './linkOrder';

/** Who pulled which merge: the rule itself, as opposed to a person. */
const ACTOR = 'identity-rules';

/** Who decided a link just now, by which decision. */
export interface Decider {
  readonly decisionId: string;
  readonly actor: string;
}

/** What one resolve call changed. */
export class BatchChanges {
  private readonly owners: bigint[] = [];
  private readonly identifiers: KnownIdentifier[] = [];
  private readonly links: KnownLink[] = [];
  private readonly profiles: KnownProfile[] = [];
  private readonly merges: MergeRecord[] = [];
  private readonly deciders = new Map<KnownLink, Decider>();

  constructor(
    private readonly window: IdentityWindow,
    private readonly newId: NewId,
  ) {}

  own(identifier: KnownIdentifier): void {
    this.owners.push(identifier.identifierId);
    this.changeIdentifier(identifier);
  }

  /** To be called before it is changed: what it was is remembered here. */
  changeIdentifier(identifier: KnownIdentifier): void {
    identifier.usedIn = this.window.call;
    if (identifier.changedIn === this.window.call) return;
    identifier.beginChange(this.window.call);
    this.identifiers.push(identifier);
  }

  changeLink(link: KnownLink): void {
    if (link.changedIn === this.window.call) return;
    link.changedIn = this.window.call;
    this.links.push(link);
  }

  /** What the link brings about from here on is this decision's doing. */
  creditTo(decider: Decider, link: KnownLink): void {
    this.deciders.set(link, decider);
  }

  /** The links that somebody decided just now. */
  get decidedNow(): KnownLink[] {
    return [...this.deciders.keys()];
  }

  /** One without an id is not written, unless it gets one. */
  changeProfile(profile: KnownProfile): void {
    if (!profile.isNamed || profile.changedIn === this.window.call) return;
    profile.changedIn = this.window.call;
    this.profiles.push(profile);
  }

  /** Gives a group that has none an id. Its strongest identifier remembers it, unless it remembers one. */
  found(profile: KnownProfile): void {
    profile.name(this.newId());
    this.window.addProfile(profile);
    this.changeProfile(profile);
    const founder = profile.members.reduce((strongest, member) => (compareIdentifiers(member, strongest) < 0 ? member : strongest));
    if (founder.homeProfileId !== null) return;
    founder.homeProfileId = profile.profileId;
    this.changeIdentifier(founder);
  }

  /** Retires a profile whose members have been moved. One that a decision drew in by a link of messages is still that decision's doing. */
  merge(
    survivor: KnownProfile,
    absorbed: KnownProfile,
    cause: { readonly link: KnownLink; readonly moved: readonly KnownIdentifier[] },
  ): void {
    absorbed.mergedInto = survivor;
    absorbed.contested = false;
    this.changeProfile(absorbed);
    const { link } = cause;
    const { lowId, highId } = link.toRecord();
    const decider = this.deciders.get(link);
    const [decidedNow] = this.deciders.values();
    this.merges.push({
      mergeId: this.newId(),
      rule: link.decision?.rule ?? link.weak.type,
      actor: decider?.actor ?? ACTOR,
      survivorId: survivor.profileId,
      absorbedId: absorbed.profileId,
      absorbedIdentifierIds: cause.moved.map((identifier) => identifier.identifierId),
      evidence: { lowId, highId, interactionId: link.evidenceInteractionId },
      decisionId: (decider ?? decidedNow)?.decisionId ?? null,
    });
  }

  /** The changes as records; from here on what was new is known. */
  finish(): IdentityChanges {
    const changes: IdentityChanges = {
      owners: this.owners,
      identifiers: this.identifiers.map((identifier) => identifier.toRecord()),
      links: this.links.map((link) => link.toRecord()),
      profiles: this.profiles.map((profile) => profile.toRecord(this.window.inForce.version)),
      merges: this.merges,
    };
    for (const known of this.identifiers) known.isNew = false;
    for (const known of this.links) {
      known.isNew = false;
      known.isNewlySeen = false;
      if (!known.isThere) this.window.unlink(known);
    }
    for (const profile of this.profiles) {
      profile.isNew = false;
      if (profile.mergedInto) this.window.dropProfile(profile);
    }
    return changes;
  }
}
