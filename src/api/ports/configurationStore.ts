import type { JsonObject } from '../../kernel/json';
import type { Department, Scope } from '../../kernel/vocabulary';

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
