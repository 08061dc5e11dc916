import type { LinkDecision, LinkRecord } from './identityStore';
import type { KnownIdentifier } from './knownIdentifier';
import { DECIDED_RANK, turnTime } from './linkOrder';

export type LinkSeen = Omit<LinkRecord, 'lowId' | 'highId'>;

/** How a link stands. */
export interface LinkStanding {
  readonly rank: number;
  readonly time: number;
  readonly alias: boolean;
  /** Whether anybody ever saw or decided it. */
  readonly isThere: boolean;
}

/** A link in memory. It stands in the lists of both its ends. */
export class KnownLink {
  /** Where it stands in its stronger end's list of weaker links. */
  weakerIndex = 0;
  /** The number of the resolve call that changed it last. */
  changedIn = 0;
  isNew = false;
  /** No message that is stored had both ends yet. */
  isNewlySeen = false;
  decision: LinkDecision | null;
  alias: boolean;
  /** Infinite, as the last, where no message had both ends. */
  firstSeenAtMs: number;
  lastSeenAtMs: number;
  private firstInteractionId: string | null;
  private lastInteractionId: string | null;

  constructor(
    readonly strong: KnownIdentifier,
    readonly weak: KnownIdentifier,
    seen: LinkSeen,
  ) {
    this.firstSeenAtMs = seen.firstSeenAtMs ?? Number.POSITIVE_INFINITY;
    this.lastSeenAtMs = seen.lastSeenAtMs ?? Number.NEGATIVE_INFINITY;
    this.firstInteractionId = seen.firstInteractionId;
    this.lastInteractionId = seen.lastInteractionId;
    this.alias = seen.alias;
    this.decision = seen.decision;
    if (seen.alias) this.declareAlias();
  }

  /** Whether a message had both ends. */
  get isSeen(): boolean {
    return this.firstSeenAtMs !== Number.POSITIVE_INFINITY;
  }

  get isThere(): boolean {
    return this.isSeen || this.decision !== null;
  }

  /** A hub links nothing, whoever says so. */
  get isUsable(): boolean {
    return !this.strong.isHub && !this.weak.isHub && this.isThere;
  }

  /** Whether it says that its ends are one and count as one. */
  get joinsByAlias(): boolean {
    return this.alias && this.strong.type === this.weak.type;
  }

  /** An alias call, or a merge in their source, said it. */
  declareAlias(): void {
    if (this.strong.aliases.includes(this)) return;
    this.alias = true;
    this.strong.aliases = [...this.strong.aliases, this];
    this.weak.aliases = [...this.weak.aliases, this];
  }

  get rank(): number {
    return this.decision ? DECIDED_RANK : this.weak.rank;
  }

  get time(): number {
    return this.decision ? this.decision.decidedAtMs : turnTime(this.weak.rule.keep, this);
  }

  standing(): LinkStanding {
    return { rank: this.rank, time: this.time, alias: this.alias, isThere: this.isThere };
  }

  other(end: KnownIdentifier): KnownIdentifier {
    return this.strong === end ? this.weak : this.strong;
  }

  /** The interaction that gives it its place among the links that were seen; null where none has both ends. */
  get evidenceInteractionId(): string | null {
    return this.weak.rule.keep === 'LATEST' ? this.lastInteractionId : this.firstInteractionId;
  }

  /** Seen again. Whether anything changed; interaction ids settle equal times, so that the order of arrival doesn't matter. */
  widen(atMs: number, interactionId: string): boolean {
    const isFirst = atMs < this.firstSeenAtMs || (atMs === this.firstSeenAtMs && interactionId < (this.firstInteractionId ?? ''));
    const isLast = atMs > this.lastSeenAtMs || (atMs === this.lastSeenAtMs && interactionId > (this.lastInteractionId ?? ''));
    if (isFirst) {
      this.firstSeenAtMs = atMs;
      this.firstInteractionId = interactionId;
    }
    if (isLast) {
      this.lastSeenAtMs = atMs;
      this.lastInteractionId = interactionId;
    }
    return isFirst || isLast;
  }

  toRecord(): LinkRecord & { readonly isNew: boolean } {
    const { firstSeenAtMs, lastSeenAtMs, firstInteractionId, lastInteractionId, alias, decision, isSeen } = this;
    const isStrongLow = this.strong.identifierId < this.weak.identifierId;
    return {
      lowId: isStrongLow ? this.strong.identifierId : this.weak.identifierId,
      highId: isStrongLow ? this.weak.identifierId : this.strong.identifierId,
      firstSeenAtMs: isSeen ? firstSeenAtMs : null,
      lastSeenAtMs: isSeen ? lastSeenAtMs : null,
      firstInteractionId,
      lastInteractionId,
      alias,
      decision,
      isNew: this.isNew,
    };
  }
}
