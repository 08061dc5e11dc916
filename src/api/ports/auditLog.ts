export interface AuditRecord {
  readonly auditId: string;
  readonly atMs: number;
  readonly actor: string;
  readonly action: string;
  /** A public id. */
  readonly target: string | null;
  /** JSON text of an object. */
  readonly detail: string;
}

export interface AuditPlace {
  readonly atMs: number;
  readonly auditId: string;
}

export interface AuditLog {
  /** The latest first, those after the given one. */
  listEntries(workspaceId: number, page: { readonly after: AuditPlace | null; readonly limit: number }): Promise<readonly AuditRecord[]>;
  countEntries(workspaceId: number): Promise<number>;
}
