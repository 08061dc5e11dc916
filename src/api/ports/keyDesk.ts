import type { Author } from './author';

/** One secret of a key. The secret itself is nowhere. */
interface SecretRecord {
  readonly createdAtMs: number;
  /** Null: never. */
  readonly expiresAtMs: number | null;
  /** Null: the newest one of its key. */
  readonly replacedAtMs: number | null;
  /** Within some minutes; null: never. */
  readonly lastUsedAtMs: number | null;
}

export interface ApiKeyRecord {
  readonly credentialId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** The newest first, never none. */
  readonly secrets: readonly SecretRecord[];
}

export interface WriteKeyRecord extends SecretRecord {
  readonly credentialId: string;
  readonly sourceId: number;
}

export interface KeyRotation {
  /** SHA-256 of the new secret. */
  readonly keyHash: Uint8Array;
  readonly graceMinutes: number;
  /** Of the new secret; null: as of the one before. */
  readonly expiresAtMs: number | null;
}

/** Keys that are not revoked, also those that have expired. */
export interface KeyDesk {
  listApiKeys(workspaceId: number): Promise<readonly ApiKeyRecord[]>;
  listWriteKeys(workspaceId: number): Promise<readonly WriteKeyRecord[]>;
  /** When the new secret expires, null: never. Undefined where there is no such key that works. */
  rotateApiKey(workspaceId: number, credentialId: string, rotation: KeyRotation, author: Author): Promise<number | null | undefined>;
  /** One secret in place of all that the source has; false where it has none that works. */
  rotateWriteKey(workspaceId: number, sourceId: number, rotation: KeyRotation, author: Author): Promise<boolean>;
}
