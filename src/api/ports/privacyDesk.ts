import type { JsonObject } from '../../kernel/json';
import type { Author } from './author';

export interface ConsentRecord {
  readonly identifierId: string;
  readonly purpose: string;
  readonly granted: boolean;
  readonly atMs: number;
  readonly sourceId: number;
}

/** An erasure and what it has come to. */
export interface ErasureRecord {
  readonly erasureId: string;
  readonly requestedAtMs: number;
  readonly requestedBy: string;
  /** Null until the customer is gone; what happened up to then stays erased. */
  readonly erasedAtMs: number | null;
  /** Null until every store was seen to. */
  readonly finishedAtMs: number | null;
  /** How many rows of which store are gone. */
  readonly erased: JsonObject;
  /** Messages that came again and stayed erased. */
  readonly replays: number;
  readonly lastReplayAtMs: number | null;
}

export interface ErasurePlace {
  readonly atMs: number;
  readonly erasureId: string;
}

/** Who is to be left alone or forgotten, what customers agreed to, and what is held about them. */
export interface PrivacyDesk {
  /** With all identifiers that it has. False where there is no such profile; a merged id means its survivor. */
  suppressProfile(
    workspaceId: number,
    asked: { readonly profileId: string; readonly suppressed: boolean; readonly reason: string | null },
    author: Author,
  ): Promise<boolean>;
  /** Those of these identifiers that are suppressed. */
  readSuppressed(workspaceId: number, identifierIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** What was said last of each purpose by each of these identifiers. */
  readConsents(workspaceId: number, identifierIds: readonly string[]): Promise<readonly ConsentRecord[]>;
  /**
   * Everything of the customer, for good; answers once it is done, or after a while what has been done so far, and the rest follows by itself. Again: the
   * same receipt. Null where there is no such profile.
   */
  eraseProfile(workspaceId: number, profileId: string, author: Author): Promise<ErasureRecord | null>;
  findErasure(workspaceId: number, erasureId: string): Promise<ErasureRecord | null>;
  /** The latest first, those after the given one. */
  listErasures(
    workspaceId: number,
    page: { readonly after: ErasurePlace | null; readonly limit: number },
  ): Promise<readonly ErasureRecord[]>;
  countErasures(workspaceId: number): Promise<number>;
  /** Everything held about the customer, by store; that it was asked for is noted in the audit log. Null where there is no such profile. */
  exportProfile(workspaceId: number, profileId: string, author: Author): Promise<JsonObject | null>;
  /** Replaces settings that have no fault; the same again change nothing. */
  setSettings(workspaceId: number, settings: JsonObject, author: Author): Promise<void>;
}
