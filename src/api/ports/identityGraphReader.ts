import type { MemberRecord } from './profileReader';

export interface LinkRecord {
  readonly lowId: string;
  readonly highId: string;
  /** Of the messages that both ends were on; null, as the interactions, where there was none and somebody decided that both are one. */
  readonly firstSeenAtMs: number | null;
  readonly lastSeenAtMs: number | null;
  readonly firstInteractionId: string | null;
  readonly lastInteractionId: string | null;
  readonly alias: boolean;
  readonly decidedAtMs: number | null;
  /** person, or match. */
  readonly decidedRule: string | null;
  /** Of a match that was accepted. */
  readonly probability: number | null;
}

/** A link from an identifier of a profile to one that is not on it. */
export interface OuterLinkRecord extends LinkRecord {
  readonly innerId: string;
  readonly outer: MemberRecord;
  readonly outerProfileId: string;
  /** How many identifiers of stronger types each end is linked to, as far as that is counted. */
  readonly innerStrongerLinks: number;
  readonly outerStrongerLinks: number;
  /** How many identifiers of each type both profiles hold. */
  readonly innerTypeCounts: Readonly<Record<string, number>>;
  readonly outerTypeCounts: Readonly<Record<string, number>>;
}

/** The first of many, and how many there are. */
export interface Counted<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

export interface MergeRecord {
  readonly mergeId: string;
  readonly mergedAtMs: number;
  readonly rule: string;
  readonly actor: string;
  readonly survivorId: string;
  readonly absorbedId: string;
  readonly undoneAtMs: number | null;
}

export interface IdentityGraphReader {
  /** By profile: links between its identifiers, the earliest first, at most `limit` of each. A profile without any is not in the answer. */
  readInnerLinks(workspaceId: number, profileIds: readonly string[], limit: number): Promise<ReadonlyMap<string, Counted<LinkRecord>>>;
  /** By profile: links that lead out of it, the latest first, at most `limit` of each. */
  readOuterLinks(workspaceId: number, profileIds: readonly string[], limit: number): Promise<ReadonlyMap<string, Counted<OuterLinkRecord>>>;
  /** By profile: merges that it survived, or was absorbed by, the latest first. */
  readMerges(workspaceId: number, profileIds: readonly string[]): Promise<ReadonlyMap<string, readonly MergeRecord[]>>;
}
