import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Grain: one entry of the audit log each. One that is there already stays as it is, so that a batch can be sent again. */
const INSERT_READS: Statement = {
  name: 'insert_reads',
  text: `
insert into audit_entry (workspace_id, audit_id, at, actor, action, target, detail)
select $1, r.audit_id, r.at, r.actor, r.action, r.target, r.detail::json
from unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[]) as r (audit_id, at, actor, action, target, detail)
on conflict (workspace_id, audit_id) do nothing`,
};

/** Grain: one row an identifier that there is. No locks. */
const PROFILES_OF_IDENTIFIERS: Statement = {
  name: 'profiles_of_identifiers',
  text: `
select identifier.identifier_id, identifier.profile_id
from identifier
where identifier.workspace_id = $1 and identifier.identifier_id = any ($2::bigint[])`,
};

export interface ReadEntry {
  readonly auditId: string;
  readonly atMs: number;
  readonly actor: string;
  readonly action: string;
  /** A public id. */
  readonly target: string | null;
  /** JSON text of an object. */
  readonly detail: string;
}

export async function insertReads(connections: WorkspaceConnections, workspaceId: number, entries: readonly ReadEntry[]): Promise<void> {
  await connections.run(workspaceId, INSERT_READS, [
    workspaceId,
    entries.map(({ auditId }) => auditId),
    entries.map(({ atMs }) => new Date(atMs).toISOString()),
    entries.map(({ actor }) => actor),
    entries.map(({ action }) => action),
    entries.map(({ target }) => target),
    entries.map(({ detail }) => detail),
  ]);
}

/** By the id of the identifier. */
export async function profilesOfIdentifiers(
  connections: WorkspaceConnections,
  workspaceId: number,
  identifierIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (identifierIds.length === 0) return new Map();
  const rows = await connections.run<Row & readonly [string, string]>(workspaceId, PROFILES_OF_IDENTIFIERS, [workspaceId, identifierIds]);
  return new Map(rows);
}
