export interface LinkRecord {
  readonly lowId: string;
  readonly highId: string;
  readonly firstSeenAtMs: number;
  readonly firstInteractionId: string;
  readonly lastInteractionId: string;
  readonly alias: boolean;
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
  /** Links whose two ends are both among these, the earliest first. */
  readLinksAmong(workspaceId: number, identifierIds: readonly string[], limit: number): Promise<readonly LinkRecord[]>;
  /** By profile: merges that it survived, or was absorbed by, the latest first. */
  readMerges(workspaceId: number, profileIds: readonly string[]): Promise<ReadonlyMap<string, readonly MergeRecord[]>>;
}
