import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/**
 * Grain: one entry of the audit log each. One that is there already stays as it is, so that a batch can be sent again. Whoever was erased between the read
 * and now is not named any more: of an entry that would, the same is left as an erasure leaves of those it finds.
 */
const INSERT_READS: Statement = {
  name: 'insert_reads',
  text: `
insert into audit_entry (workspace_id, audit_id, at, actor, action, target, detail)
select $1, r.audit_id, r.at, r.actor, r.action, case when not erased.is_so then r.target end,
  case when erased.is_so then '{"erased": true}' else r.detail end::json
from unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[]) as r (audit_id, at, actor, action, target, detail)
cross join lateral (
  select exists (
    select from unnest(audit_subjects(r.target, r.detail::json)) as subject (id)
    where subject.id ~ '^prf_[0-9a-f]{32}$'
      and not exists (select from profile where profile.workspace_id = $1 and profile.profile_id = substr(subject.id, 5)::uuid)
  ) as is_so
) as erased
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
