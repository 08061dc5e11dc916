import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/**
 * Grain: one source and its write key, together. Ids count up over all workspaces, because a webhook's address names nothing else.
 */
const CREATE_SOURCE: Statement = {
  name: 'create_source',
  text: `
with created as (
  insert into source (workspace_id, source_id, name, type, department, settings, created_at)
  select $1, nextval('source_number')::int, $2, $3, $4, $5::jsonb, $6::timestamptz
  returning source.source_id
),
keyed as (
  insert into credential (key_hash, workspace_id, credential_id, source_id, name, scopes, created_at)
  select $7, $1, $8::uuid, created.source_id, $2, '{}', $6::timestamptz
  from created
)
select created.source_id
from created`,
};

export interface NewSource {
  readonly name: string;
  readonly type: string;
  readonly department: number;
  /** JSON text of an object. */
  readonly settings: string;
  readonly createdAt: string;
  /** SHA-256 of the write key. */
  readonly keyHash: Uint8Array;
  readonly credentialId: string;
}

export async function createSource(connections: WorkspaceConnections, workspaceId: number, source: NewSource): Promise<number> {
  const [row] = await connections.run<Row & readonly [sourceId: number]>(workspaceId, CREATE_SOURCE, [
    workspaceId,
    source.name,
    source.type,
    source.department,
    source.settings,
    source.createdAt,
    Buffer.from(source.keyHash),
    source.credentialId,
  ]);
  if (!row) throw new Error('A source was inserted and no id came back.');
  return row[0];
}
