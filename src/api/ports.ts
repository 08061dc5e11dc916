import type { JsonObject } from '../kernel/json';
import type { Channel, Department, Direction, InteractionKind, Scope } from '../kernel/vocabulary';
import type { MostSaid } from '../profile/survivorship';

/**
 * What the API needs from outside. Every call is about one workspace; whatever belongs to another one is simply not in the answer.
 * 64-bit ids of identifiers travel as decimal text, UUIDs as their usual text, times as milliseconds since 1970.
 */

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

export interface InteractionRecord {
  readonly interactionId: string;
  readonly identifierId: string;
  readonly occurredAtMs: number;
  readonly receivedAtMs: number;
  readonly sourceId: number;
  readonly kind: InteractionKind;
  readonly department: Department;
  readonly channel: Channel;
  readonly direction: Direction;
  readonly name: string;
  readonly messageId: string;
  readonly subjectType: string | null;
  readonly subjectId: string | null;
  /** JSON text of an object. */
  readonly properties: string;
}

/** A place on a timeline, between its entries where no interaction has this id. */
export interface TimelinePoint {
  readonly occurredAtMs: number;
  readonly interactionId: string;
}

export interface TimelineSelection {
  readonly departments: readonly Department[] | null;
  readonly channels: readonly Channel[] | null;
  readonly kinds: readonly InteractionKind[] | null;
  readonly names: readonly string[] | null;
  /** Only what is strictly older, and strictly newer. Null: no bound. */
  readonly olderThan: TimelinePoint | null;
  readonly newerThan: TimelinePoint | null;
}

export interface TimelineRange extends TimelineSelection {
  readonly limit: number;
  /** From which end entries are taken, and in which order they come. */
  readonly end: 'newest' | 'oldest';
}

export interface TimelineReader {
  /** For each list of identifiers the merged timeline of all of them. One statement, however many lists. */
  readTimelines(
    workspaceId: number,
    timelines: readonly (readonly string[])[],
    range: TimelineRange,
  ): Promise<readonly (readonly InteractionRecord[])[]>;
  countTimelines(workspaceId: number, timelines: readonly (readonly string[])[], selection: TimelineSelection): Promise<readonly number[]>;
  /** Unknown ids are not in the answer. */
  findInteractions(workspaceId: number, interactionIds: readonly string[]): Promise<readonly InteractionRecord[]>;
}

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

export interface AccountRecord {
  readonly accountId: string;
  readonly externalId: string;
  /** JSON text of its trait state. */
  readonly traits: string;
}

export interface AccountReader {
  findAccounts(workspaceId: number, accountIds: readonly string[]): Promise<readonly AccountRecord[]>;
  /** By identifier: the accounts that group calls put it into, in the order they did. */
  readAccountsOf(workspaceId: number, identifierIds: readonly string[]): Promise<ReadonlyMap<string, readonly AccountRecord[]>>;
  listAccountProfiles(
    workspaceId: number,
    accountId: string,
    page: { readonly after: string | null; readonly limit: number },
  ): Promise<readonly string[]>;
}

export interface SourceRecord {
  readonly sourceId: number;
  readonly name: string;
  readonly type: string;
  readonly department: Department;
}

export interface NewCredential {
  readonly credentialId: string;
  /** SHA-256 of the key. */
  readonly keyHash: Uint8Array;
  readonly atMs: number;
}

export interface WorkspaceRecord {
  /** ISO 3166 alpha-2. */
  readonly defaultCountry: string;
  readonly settings: JsonObject;
}

export interface ConfigurationStore {
  findWorkspace(workspaceId: number): Promise<WorkspaceRecord | null>;
  listSources(workspaceId: number): Promise<readonly SourceRecord[]>;
  /** Refuses with CONFLICT where another source is created at the same moment. */
  createSource(
    workspaceId: number,
    source: Omit<SourceRecord, 'sourceId'> & { readonly settings: JsonObject },
    writeKey: NewCredential,
  ): Promise<number>;
  createApiKey(
    workspaceId: number,
    key: { readonly name: string; readonly scopes: readonly Scope[] },
    credential: NewCredential,
  ): Promise<void>;
  /** False where there is no such API key, or it was revoked before. */
  revokeApiKey(workspaceId: number, credentialId: string, atMs: number): Promise<boolean>;
}

export interface IngestionRecord {
  /** Messages. */
  readonly processed: number;
  readonly waiting: number;
  /** When the oldest waiting message was received; null where none waits. */
  readonly oldestWaitingAtMs: number | null;
  readonly messagesPerSecond: number;
  readonly updatedAtMs: number | null;
}

export interface DeadLetterRecord {
  readonly deadLetterId: string;
  readonly atMs: number;
  readonly code: string;
  readonly reason: string;
  readonly sourceId: number;
  /** JSON text of an object. */
  readonly message: string;
}

export interface DeadLetterPlace {
  readonly atMs: number;
  readonly deadLetterId: string;
}

export interface IngestionStore {
  readIngestion(workspaceId: number): Promise<IngestionRecord>;
  /** The first position still to be processed, as decimal text, or null where nothing waits. */
  readFirstPosition(workspaceId: number): Promise<string | null>;
  /** The latest first, those after the given one. */
  listDeadLetters(
    workspaceId: number,
    page: { readonly after: DeadLetterPlace | null; readonly limit: number },
  ): Promise<readonly DeadLetterRecord[]>;
  countDeadLetters(workspaceId: number): Promise<number>;
  findDeadLetter(workspaceId: number, deadLetterId: string): Promise<DeadLetterRecord | null>;
  /** Moves it back into the inbox; false where it is gone already. At most one of two callers gets true. */
  retryDeadLetter(workspaceId: number, deadLetterId: string, atMs: number): Promise<boolean>;
}

export interface AcceptedMessages {
  readonly accepted: number;
  /** Null where nothing was accepted. */
  readonly position: string | null;
}

/** The same door that POST /v1/batch goes through. */
export interface MessageDoor {
  /** Durable when it answers; messages it refuses are kept as dead letters. */
  accept(source: { readonly workspaceId: number; readonly sourceId: number }, messages: readonly JsonObject[]): Promise<AcceptedMessages>;
  /** Null where the door would take it; else why not. */
  check(
    source: { readonly workspaceId: number; readonly sourceId: number },
    message: JsonObject,
  ): { readonly code: string; readonly reason: string } | null;
}

export interface ApiPorts {
  readonly profiles: ProfileReader;
  readonly timelines: TimelineReader;
  readonly identityGraphs: IdentityGraphReader;
  readonly accounts: AccountReader;
  readonly configuration: ConfigurationStore;
  readonly ingestion: IngestionStore;
  readonly door: MessageDoor;
}
