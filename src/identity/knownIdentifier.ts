import type { IdentifierBefore, IdentifierRecord, PartLabel } from './identityStore';
import type { KnownLink } from './knownLink';
import type { KnownProfile } from './knownProfile';
import type { OrderedIdentifier } from './linkOrder';
import type { RankedRule } from './rules';
import { StrongerLinks } from './strongerLinks';

export type IdentifierState = Omit<IdentifierRecord, 'profileId'>;

const NONE: readonly KnownLink[] = [];

/** An identifier in memory: a node of the graph. */
export class KnownIdentifier implements OrderedIdentifier {
  readonly identifierId: bigint;
  readonly type: string;
  readonly value: string;
  readonly rank: number;
  readonly stronger = new StrongerLinks();
  readonly weaker: KnownLink[] = [];
  /** Those of both that an alias call, or a merge in their source, made. */
  aliases: readonly KnownLink[] = NONE;
  /** Whether every stored link to an end before it in the order is in memory. */
  knowsStronger = false;
  /** Whether every stored link to an end after it in the order is in memory. */
  knowsWeaker = false;
  /** It has more links than are read of one identifier, so one that is not in memory may still be stored. */
  isTruncated = false;
  profile: KnownProfile;
  /** Where it stands in its profile's list of members. */
  memberIndex = 0;
  /** It links nothing: it is linked to too many, or its value is blocked now. */
  isHub = false;
  isNew = false;
  /** Made ahead of the message that it comes from. */
  isUnseen = false;
  /** The number of the resolve call that used it last, and of the one that changed it last. */
  usedIn = 0;
  changedIn = 0;
  /** How it stood when that call began. */
  private before: IdentifierBefore | null = null;
  /** Its stronger links were counted under the rules in force. */
  isRecounted = false;
  /** In force. */
  labels: readonly PartLabel[];
  homeProfileId: string | null;
  strongerLinks: number;
  private sourceId: number;
  private interactions: number;
  private readonly verified: boolean;
  private first: number;
  private last: number;

  constructor(
    state: IdentifierState,
    readonly rule: RankedRule,
    profile: KnownProfile,
  ) {
    this.identifierId = state.identifierId;
    this.type = state.type;
    this.value = state.value;
    this.rank = rule.rank;
    this.labels = state.labels;
    this.homeProfileId = state.homeProfileId;
    this.strongerLinks = state.strongerLinks;
    this.sourceId = state.sourceId;
    this.interactions = state.interactions;
    this.verified = state.verified;
    this.first = state.firstSeenAtMs;
    this.last = state.lastSeenAtMs;
    this.profile = profile;
    this.profile.admit(this);
  }

  get firstSeenAtMs(): number {
    return this.first;
  }

  /** One more interaction belongs to it. Its times are those of what it owns, so the first one replaces what it was only mentioned on. */
  own(atMs: number): void {
    if (this.interactions === 0 || atMs < this.first) this.first = atMs;
    if (this.interactions === 0 || atMs > this.last) this.last = atMs;
    this.interactions++;
  }

  /** To be called before the first change of a call. */
  beginChange(call: number): void {
    this.changedIn = call;
    this.before = this.isNew ? null : { profileId: this.profile.profileId, lastSeenAtMs: this.last };
  }

  toRecord(): IdentifierRecord & { readonly isNew: boolean; readonly before: IdentifierBefore | null } {
    return {
      identifierId: this.identifierId,
      type: this.type,
      value: this.value,
      profileId: this.profile.profileId,
      homeProfileId: this.homeProfileId,
      sourceId: this.sourceId,
      firstSeenAtMs: this.first,
      lastSeenAtMs: this.last,
      interactions: this.interactions,
      strongerLinks: this.strongerLinks,
      verified: this.verified,
      labels: this.labels,
      isNew: this.isNew,
      before: this.before,
    };
  }
}
