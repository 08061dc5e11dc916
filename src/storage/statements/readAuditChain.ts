import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row a sealed entry with its note, in the order of the chain, those after a place in it. No locks. */
const READ_AUDIT_CHAIN: Statement = {
  name: 'read_audit_chain',
  text: `
select audit_entry.sequence, encode(audit_entry.hash, 'hex'), audit_entry.audit_id,
  to_char(audit_entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  audit_entry.actor, audit_entry.action, audit_entry.target, encode(audit_entry.note_hash, 'hex'), audit_entry.detail, encode(audit_entry.subject_hash, 'hex'),
  audit_note.salt, audit_note.note
from audit_entry
left join audit_note on audit_note.workspace_id = $1 and audit_note.audit_id = audit_entry.audit_id
where audit_entry.workspace_id = $1 and audit_entry.sequence > $2::bigint
order by audit_entry.sequence
limit $3`,
};

/** Grain: one row, the head of the chain; 0 and no hash where nothing was ever sealed. The last sequence that there is, and how many entries wait. */
const READ_AUDIT_HEAD: Statement = {
  name: 'read_audit_head',
  text: `
select coalesce(max(h.sealed), 0), coalesce(max(encode(h.hash, 'hex')), ''),
  (select coalesce(max(e.sequence), 0) from audit_entry e where e.workspace_id = $1),
  (select count(*)::float8 from audit_entry e where e.workspace_id = $1 and e.sequence is null)
from audit_head h
where h.workspace_id = $1`,
};

export type AuditChainRow = Row &
  readonly [
    sequence: string,
    hash: string,
    auditId: string,
    at: string,
    actor: string,
    action: string,
    target: string | null,
    noteHash: string | null,
    detail: string,
    subjectHash: string,
    salt: string | null,
    note: string | null,
  ];

export function readAuditChain(
  connections: WorkspaceConnections,
  workspaceId: number,
  after: string,
  limit: number,
): Promise<readonly AuditChainRow[]> {
  return connections.run<AuditChainRow>(workspaceId, READ_AUDIT_CHAIN, [workspaceId, after, limit]);
}

export async function readAuditHead(
  connections: WorkspaceConnections,
  workspaceId: number,
): Promise<{ readonly sealed: string; readonly hash: string; readonly lastSequence: string; readonly unsealed: number }> {
  const [row] = await connections.run<Row & readonly [string, string, string, number]>(workspaceId, READ_AUDIT_HEAD, [workspaceId]);
  const [sealed, hash, lastSequence, unsealed] = row as readonly [string, string, string, number];
  return { sealed, hash, lastSequence, unsealed };
}
