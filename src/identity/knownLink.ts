import type { LinkRecord } from './identityStore';
import type { KnownIdentifier } from './knownIdentifier';
import { turnTime } from './linkOrder';

export type LinkSeen = Omit<LinkRecord, 'lowId' | 'highId'>;

/** A link in memory. It stands in the lists of both its ends. */
export class KnownLink {
  /** Where it stands in its stronger end's list of weaker links. */
  weakerIndex = 0;
  /** The number of the resolve call that changed it last. */
  changedIn = 0;
  isNew = false;
  firstSeenAtMs: number;
  lastSeenAtMs: number;
  firstInteractionId: string;
  lastInteractionId: string;
  alias: boolean;

  constructor(
    readonly strong: KnownIdentifier,
    readonly weak: KnownIdentifier,
    seen: LinkSeen,
  ) {
    this.firstSeenAtMs = seen.firstSeenAtMs;
    this.lastSeenAtMs = seen.lastSeenAtMs;
    this.firstInteractionId = seen.firstInteractionId;
    this.lastInteractionId = seen.lastInteractionId;
    this.alias = seen.alias;
    if (seen.alias) this.declareAlias();
  }

  /** A hub links nothing. */
  get isUsable(): boolean {
    return !this.strong.isHub && !this.weak.isHub;
  }

  /** Whether it says that its ends are one and count as one. */
  get joinsByAlias(): boolean {
    return this.alias && this.strong.type === this.weak.type;
  }

  /** An alias call said it. */
  declareAlias(): void {
    if (this.strong.aliases.includes(this)) return;
    this.alias = true;
    this.strong.aliases = [...this.strong.aliases, this];
    this.weak.aliases = [...this.weak.aliases, this];
  }

  get time(): number {
    return turnTime(this.weak.rule.keep, this);
  }

  other(end: KnownIdentifier): KnownIdentifier {
    return this.strong === end ? this.weak : this.strong;
  }

  /** The interaction that gives it its place in the order. */
  get evidenceInteractionId(): string {
    return this.weak.rule.keep === 'LATEST' ? this.lastInteractionId : this.firstInteractionId;
  }

  /** Seen again. Whether anything changed; interaction ids settle equal times, so that the order of arrival doesn't matter. */
  widen(atMs: number, interactionId: string): boolean {
    const isFirst = atMs < this.firstSeenAtMs || (atMs === this.firstSeenAtMs && interactionId < this.firstInteractionId);
    const isLast = atMs > this.lastSeenAtMs || (atMs === this.lastSeenAtMs && interactionId > this.lastInteractionId);
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
    const { firstSeenAtMs, lastSeenAtMs, firstInteractionId, lastInteractionId, alias } = this;
    const isStrongLow = this.strong.identifierId < this.weak.identifierId;
    return {
      lowId: isStrongLow ? this.strong.identifierId : this.weak.identifierId,
      highId: isStrongLow ? this.weak.identifierId : this.strong.identifierId,
      firstSeenAtMs,
      lastSeenAtMs,
      firstInteractionId,
      lastInteractionId,
      alias,
      isNew: this.isNew,
    };
  }
}
