import type { JsonObject } from '../../kernel/json';
import type { Department, Scope } from '../../kernel/vocabulary';
import type { Author } from './author';

export interface SourceRecord {
  readonly sourceId: number;
  readonly name: string;
  readonly type: string;
  readonly department: Department;
}

/** Holds secrets: not for anybody's eyes. */
export interface SourceWithSettings extends SourceRecord {
  readonly settings: JsonObject;
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

/** Changes are in the audit log. */
export interface ConfigurationStore {
  findWorkspace(workspaceId: number): Promise<WorkspaceRecord | null>;
  listSources(workspaceId: number): Promise<readonly SourceRecord[]>;
  createSource(
    workspaceId: number,
    source: Omit<SourceRecord, 'sourceId'> & { readonly settings: JsonObject },
    writeKey: NewCredential,
    author: Author,
  ): Promise<number>;
  findSource(workspaceId: number, sourceId: number): Promise<SourceWithSettings | null>;
  /** False where the settings are no longer those that the change was made on. Messages are read by the new ones from then on. */
  updateSource(
    workspaceId: number,
    change: { readonly sourceId: number; readonly name: string; readonly settingsBefore: JsonObject; readonly settings: JsonObject },
    author: Author,
  ): Promise<boolean>;
  createApiKey(
    workspaceId: number,
    key: { readonly name: string; readonly scopes: readonly Scope[]; readonly expiresAtMs: number | null },
    credential: NewCredential,
    author: Author,
  ): Promise<void>;
  /** False where there is no such API key, or it was revoked before. */
  revokeApiKey(workspaceId: number, credentialId: string, author: Author): Promise<boolean>;
}
