import type { ClientBase } from 'pg';
import type { JsonObject } from '../../kernel/json';
import { type Statement, send } from './statement';

/** Grain: one entry and, where there is one, its note. Written in the transaction of what was done. */
const INSERT_AUDIT_ENTRY: Statement = {
  name: 'insert_audit_entry',
  text: `
with noted as (
  insert into audit_note (workspace_id, audit_id, salt, note)
  select $1, $2::uuid, gen_random_uuid(), $8::json where $8::json is not null
  returning audit_note.salt, audit_note.note
)
insert into audit_entry (workspace_id, audit_id, at, actor, action, target, detail, note_hash)
values ($1, $2::uuid, $3, $4, $5, $6, $7, (select sha256(convert_to(noted.salt::text || noted.note::text, 'UTF8')) from noted))`,
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
  /** Kept for good: ids, counts and words of the schema, never what a customer is known by. */
  readonly detail: JsonObject;
  /** What people wrote in their own words or defined by values; can be forgotten. */
  readonly note?: JsonObject;
}

export async function insertAuditEntry(client: ClientBase, workspaceId: number, entry: NewAuditEntry): Promise<void> {
  const { auditId, atMs, actor, action, target, detail, note } = entry;
  const values = [workspaceId, auditId, new Date(atMs), actor, action, target, JSON.stringify(detail)];
  await send(client, INSERT_AUDIT_ENTRY, [...values, note && Object.keys(note).length > 0 ? JSON.stringify(note) : null]);
}
