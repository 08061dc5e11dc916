import type { MostSaid } from '../../profile/survivorship';

export interface MemberRecord {
  readonly identifierId: string;
  readonly type: string;
  readonly value: string;
  readonly sourceId: number;
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
  readonly verified: boolean;
  /** How many interactions it owns. */
  readonly interactions: number;
  /** JSON text of its trait state, or null where nothing was said of it. */
  readonly traits: string | null;
  /** On messages that another identifier owns; null where there are none, or nobody asked. */
  readonly sighting: { readonly firstSeenAtMs: number; readonly lastSeenAtMs: number } | null;
}

/** A living profile with everything that is kept of its identifiers, in the order they were first seen. */
export interface ProfileRecord {
  readonly profileId: string;
  readonly firstSeenAtMs: number;
  readonly members: readonly MemberRecord[];
  /** Of the traits that it was asked for. */
  readonly mostSaid: MostSaid;
}

export interface AskedProfiles {
  readonly by: 'id' | 'identifier';
  /** UUIDs of profiles, or ids of identifiers. */
  readonly ids: readonly string[];
  /** Whether to look when identifiers were seen on the messages of others, too. */
  readonly withSightings: boolean;
  /** Traits whose most frequent value is wanted; it costs one more statement, and time with the length of the timelines. */
  readonly mostSaidTraits: readonly string[];
}

export interface ProfileReader {
  /** By what was asked for; a merged id answers its survivor. One statement, however many are asked for. */
  readProfiles(workspaceId: number, asked: AskedProfiles): Promise<ReadonlyMap<string, ProfileRecord>>;
  /** For each survivor the ids that were merged into it, directly or through others. */
  readPreviousIds(workspaceId: number, profileIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Living profiles, the newest first; `after` is the last one of the page before. */
  listProfiles(workspaceId: number, page: { readonly after: string | null; readonly limit: number }): Promise<readonly string[]>;
  countProfiles(workspaceId: number): Promise<number>;
  searchProfiles(workspaceId: number, search: ProfileSearch): Promise<readonly SearchHit[]>;
}

export interface ProfileSearch {
  /** Normalised alternatives of what was typed, lower case. */
  readonly terms: readonly string[];
  /** What others may resemble, lower case. */
  readonly resembling: string;
  /** Only terms that equal one of them, for a caller who may not see personal values. */
  readonly exactly: boolean;
  readonly after: SearchHit | null;
  readonly limit: number;
}

export interface SearchHit {
  /** Higher is better. */
  readonly rank: number;
  readonly profileId: string;
}
