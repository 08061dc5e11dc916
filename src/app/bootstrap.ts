import { createHash, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { DEPARTMENTS, type Department, SCOPES } from '../kernel/vocabulary';
import { createWorkspace } from '../storage/statements/workspaces';

/** What is made so that a first start has something to talk to. */
export interface DevelopmentKeys {
  readonly devApiKey: string;
  readonly devWriteKey: string;
  readonly nowMs: number;
}

const DEVELOPMENT = 'development';

/** SHA-256: a key is long and random, so that a plain hash can't be turned back. Only hashes are stored. */
export function keyHash(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/**
 * Makes the first workspace, its source and the development keys where they are missing; keys that were given before under the same
 * name stop working. Idempotent. `pool` must be the owner's.
 */
export async function bootstrap(pool: Pool, keys: DevelopmentKeys): Promise<{ workspaceId: number }> {
  const workspaceId = (await firstWorkspace(pool)) ?? (await createDemoWorkspace(pool, keys.nowMs));
  const source = { name: 'Development', type: 'segment', department: 'PRODUCT' as const };
  const sourceId = await ensureSource(pool, workspaceId, source, keys.nowMs);
  const hashes = [keyHash(keys.devApiKey), keyHash(keys.devWriteKey)];
  await pool.query(
    `delete from credential c
     where c.workspace_id = $3 and c.name = $1 and (c.source_id is null or c.source_id = $4) and not (c.key_hash = any($2::bytea[]))`,
    [DEVELOPMENT, hashes, workspaceId, sourceId],
  );
  await ensureCredential(pool, { workspaceId, sourceId: null, name: DEVELOPMENT, key: keys.devApiKey, scopes: SCOPES, nowMs: keys.nowMs });
  await ensureCredential(pool, { workspaceId, sourceId, name: DEVELOPMENT, key: keys.devWriteKey, scopes: [], nowMs: keys.nowMs });
  return { workspaceId };
}

/** One source for each department of the demo company, each with a write key made anew: `newKey` answers a fresh one. */
export async function demoWriteKeys(
  pool: Pool,
  workspaceId: number,
  given: { newKey: () => string; nowMs: number },
): Promise<Record<Department, string>> {
  const keys: Partial<Record<Department, string>> = {};
  for (const department of DEPARTMENTS) {
    const sourceId = await ensureSource(pool, workspaceId, { ...DEMO_SOURCES[department], department }, given.nowMs);
    const key = given.newKey();
    await pool.query('delete from credential c where c.workspace_id = $1 and c.source_id = $2', [workspaceId, sourceId]);
    await ensureCredential(pool, { workspaceId, sourceId, name: 'demo', key, scopes: [], nowMs: given.nowMs });
    keys[department] = key;
  }
  return keys as Record<Department, string>;
}

const DEMO_SOURCES: Record<Department, { name: string; type: string }> = {
  MARKETING: { name: 'Website and newsletter', type: 'segment' },
  SALES: { name: 'CRM and shop', type: 'segment' },
  PRODUCT: { name: 'Product app', type: 'segment' },
  SUPPORT: { name: 'Support desk', type: 'segment' },
};

async function firstWorkspace(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ workspace_id: number }>('select w.workspace_id from workspace w order by w.workspace_id limit 1');
  return rows[0]?.workspace_id ?? null;
}

async function createDemoWorkspace(pool: Pool, nowMs: number): Promise<number> {
  const client = await pool.connect();
  try {
    return await createWorkspace(client, { name: 'Demo', defaultCountry: 'US', createdAtMs: nowMs });
  } finally {
    client.release();
  }
}

async function ensureSource(
  pool: Pool,
  workspaceId: number,
  source: { name: string; type: string; department: Department },
  nowMs: number,
): Promise<number> {
  const { rows } = await pool.query<{ source_id: number }>(
    `with known as (select s.source_id from source s where s.workspace_id = $1 and s.name = $2)
     , made as (
       insert into source (workspace_id, source_id, name, type, department, created_at)
       select $1, coalesce((select max(s.source_id) from source s where s.workspace_id = $1), 0) + 1, $2, $3, $4, $5
       where not exists (select from known) returning source_id
     )
     select source_id from known union all select source_id from made`,
    [workspaceId, source.name, source.type, DEPARTMENTS.indexOf(source.department), new Date(nowMs)],
  );
  return rows[0]?.source_id as number;
}

async function ensureCredential(
  pool: Pool,
  credential: { workspaceId: number; sourceId: number | null; name: string; key: string; scopes: readonly string[]; nowMs: number },
): Promise<void> {
  await pool.query(
    `insert into credential (key_hash, workspace_id, credential_id, source_id, name, scopes, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (key_hash) do update set workspace_id = excluded.workspace_id, source_id = excluded.source_id, scopes = excluded.scopes,
       revoked_at = null, expires_at = null, replaced_at = null`,
    [
      keyHash(credential.key),
      credential.workspaceId,
      randomUUID(),
      credential.sourceId,
      credential.name,
      [...credential.scopes],
      new Date(credential.nowMs),
    ],
  );
}
