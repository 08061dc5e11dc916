import type { ClientBase } from 'pg';
import type { JsonObject } from '../../kernel/json';
import { type Statement, send } from './statement';

/** One row: who did what, to what. Written in the transaction of what was done. */
const INSERT_AUDIT_ENTRY: Statement = {
  name: 'insert_audit_entry',
  text: `
insert into audit_entry (workspace_id, audit_id, at, actor, action, target, detail)
values ($1, $2, $3, $4, $5, $6, $7)`,
};

export interface NewAuditEntry {
  readonly auditId: string;
  readonly atMs: number;
  /** The name of the API key. */
  readonly actor: string;
  /** The mutation's name. */
  readonly action: string;
  /** A public id. */
  readonly target: string | null;
  readonly detail: JsonObject;
}

export async function insertAuditEntry(client: ClientBase, workspaceId: number, entry: NewAuditEntry): Promise<void> {
  const { auditId, atMs, actor, action, target, detail } = entry;
  await send(client, INSERT_AUDIT_ENTRY, [workspaceId, auditId, new Date(atMs), actor, action, target, JSON.stringify(detail)]);
}
