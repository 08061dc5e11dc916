import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

/** At $4. */
const WORKING = 'credential.revoked_at is null and (credential.expires_at is null or credential.expires_at > $4::timestamptz)';

/**
 * What works stops doing so at $5, or before where its end was nearer. The newest secret says what its successor may do; of two rotations at once the second
 * waits for the lock, finds the secret replaced and makes nothing.
 */
const rotation = (whose: string): string => `
with before as (
  select credential.key_hash, credential.credential_id, credential.source_id, credential.name, credential.scopes, credential.expires_at, credential.created_at,
    credential.replaced_at
  from credential
  where credential.workspace_id = $1 and ${whose} and ${WORKING}
  for update
),
replaced as (
  update credential
  set replaced_at = coalesce(credential.replaced_at, $4::timestamptz), expires_at = least(credential.expires_at, $5::timestamptz)
  from before
  where credential.key_hash = before.key_hash
)
insert into credential (key_hash, workspace_id, credential_id, source_id, name, scopes, created_at, expires_at)
select $3, $1, before.credential_id, before.source_id, before.name, before.scopes, $4::timestamptz, coalesce($6::timestamptz, before.expires_at)
from before
where before.replaced_at is null
order by before.created_at desc
limit 1
returning credential.credential_id, credential.expires_at`;

/** Grain: one API key. No row where there is none by that id that works. */
const ROTATE_API_KEY: Statement = {
  name: 'rotate_api_key',
  text: rotation('credential.credential_id = $2::uuid and credential.source_id is null'),
};

/** Grain: one source, whose write keys are all replaced by one. No row where it has none that works. */
const ROTATE_WRITE_KEY: Statement = { name: 'rotate_write_key', text: rotation('credential.source_id = $2::integer') };

export interface Rotation {
  /** SHA-256 of the new secret. */
  readonly keyHash: Uint8Array;
  readonly atMs: number;
  /** What it replaces works until then. */
  readonly graceEndsAtMs: number;
  /** Of the new secret; null: as of the one before. */
  readonly expiresAtMs: number | null;
}

/** Answers when the new secret expires, null for never; undefined where there was nothing to replace. */
export async function rotateApiKey(
  client: ClientBase,
  workspaceId: number,
  credentialId: string,
  rotation: Rotation,
): Promise<number | null | undefined> {
  const [row] = await send<{ expires_at: Date | null }>(client, ROTATE_API_KEY, valuesOf(workspaceId, credentialId, rotation));
  return row && (row.expires_at?.getTime() ?? null);
}

/** False where the source has no write key that works. */
export async function rotateWriteKey(client: ClientBase, workspaceId: number, sourceId: number, rotation: Rotation): Promise<boolean> {
  return (await send(client, ROTATE_WRITE_KEY, valuesOf(workspaceId, sourceId, rotation))).length > 0;
}

function valuesOf(workspaceId: number, whose: string | number, { keyHash, atMs, graceEndsAtMs, expiresAtMs }: Rotation): unknown[] {
  const expiresAt = expiresAtMs === null ? null : new Date(expiresAtMs);
  return [workspaceId, whose, Buffer.from(keyHash), new Date(atMs), new Date(graceEndsAtMs), expiresAt];
}
