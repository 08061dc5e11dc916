import pg from 'pg';
import { migrationState } from './migrationState';

/**
 * True when the database has all of this version's migrations and none that takes away what this version needs, so that nothing needs to be loaded to
 * migrate it.
 */
export async function isMigrated(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query(`select from pg_class c where c.oid = to_regclass('schema_migration')`);
    if (rowCount === 0) return false;
    const { rows } = await client.query<{ name: string }>('select m.name from schema_migration m');
    const { pending, contracting } = migrationState(rows.map((row) => row.name));
    return pending.length === 0 && contracting.length === 0;
  } finally {
    await client.end();
  }
}
