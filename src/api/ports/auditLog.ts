import type { JsonObject } from '../../kernel/json';
import type { Author } from './author';

export interface AuditRecord {
  readonly auditId: string;
  readonly atMs: number;
  readonly actor: string;
  readonly action: string;
  /** A public id. */
  readonly target: string | null;
  /** JSON text of an object. */
  readonly detail: string;
  /** What was said in free words and values, as JSON text of an object; null where nothing was, or it was forgotten. */
  readonly note: string | null;
  readonly isNoteForgotten: boolean;
  /** Its place in the chain; null until it is sealed. */
  readonly sequence: string | null;
}

export interface AuditPlace {
  readonly atMs: number;
  readonly auditId: string;
}

/** Null: whatever it is. */
export interface AuditFilter {
  readonly actor: string | null;
  readonly action: string | null;
  /** A public id that entries are about, whether it is their target or one of several. */
  readonly target: string | null;
  /** [from, to) */
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export type AuditFault = 'MISSING' | 'CHANGED' | 'NOTE_CHANGED' | 'HEAD_CHANGED';

export interface AuditVerdict {
  /** Sealed entries that were looked at. */
  readonly checked: number;
  readonly head: { readonly sequence: string; readonly hash: string };
  /** Entries of the last moments, which nothing vouches for yet. */
  readonly unsealed: number;
  /** The first one that is not as it was sealed; null where all are. */
  readonly broken: { readonly sequence: string; readonly auditId: string | null; readonly fault: AuditFault } | null;
}

/** What was done, by the name of the mutation. */
export interface AuditDeed {
  readonly action: string;
  /** A public id. */
  readonly target: string | null;
  /** Kept for good: ids, counts and words of the schema. */
  readonly detail: JsonObject;
  /** In free words or values; can be forgotten. */
  readonly note?: JsonObject;
}

export interface AuditLog {
  /** The latest first, those after the given one. */
  listEntries(
    workspaceId: number,
    filter: AuditFilter,
    page: { readonly after: AuditPlace | null; readonly limit: number },
  ): Promise<readonly AuditRecord[]>;
  countEntries(workspaceId: number, filter: AuditFilter): Promise<number>;
  /** For what is done by other means than a transaction of one's own. */
  note(workspaceId: number, deed: AuditDeed, author: Author): Promise<void>;
  /** Computes the hashes of the last so many entries anew. */
  verify(workspaceId: number, last: number): Promise<AuditVerdict>;
}
