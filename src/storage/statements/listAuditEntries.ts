import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one row an entry, the latest first, those after the given one. No locks. */
const LIST_AUDIT_ENTRIES: Statement = {
  name: 'list_audit_entries',
  text: `
select audit_entry.audit_id, audit_entry.at, audit_entry.actor, audit_entry.action, audit_entry.target, audit_entry.detail
from audit_entry
where audit_entry.workspace_id = $1 and (audit_entry.at, audit_entry.audit_id) < ($2::timestamptz, $3::uuid)
order by audit_entry.at desc, audit_entry.audit_id desc
limit $4`,
};

const COUNT_AUDIT_ENTRIES: Statement = {
  name: 'count_audit_entries',
  text: `
select count(*)::float8
from audit_entry
where audit_entry.workspace_id = $1`,
};

const BEYOND_ALL = { at: 'infinity', auditId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

export type AuditEntryRow = Row &
  readonly [auditId: string, atMs: number, actor: string, action: string, target: string | null, detail: string];

export function listAuditEntries(
  connections: WorkspaceConnections,
  workspaceId: number,
  page: { readonly after: { readonly at: string; readonly auditId: string } | null; readonly limit: number },
): Promise<readonly AuditEntryRow[]> {
  const { at, auditId } = page.after ?? BEYOND_ALL;
  return connections.run<AuditEntryRow>(workspaceId, LIST_AUDIT_ENTRIES, [workspaceId, at, auditId, page.limit]);
}

export async function countAuditEntries(connections: WorkspaceConnections, workspaceId: number): Promise<number> {
  const [row] = await connections.run<Row & readonly [number]>(workspaceId, COUNT_AUDIT_ENTRIES, [workspaceId]);
  return row?.[0] ?? 0;
}
