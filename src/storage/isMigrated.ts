import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

const MIGRATION_FILE = /^([0-9]+)-([A-Za-z]+)\.(js|ts)$/;

/**
 * True when the database has exactly this version's migrations, so that nothing needs to be loaded to migrate it. Goes by their
 * names alone: the file `<time>-<Name>` has the class `<Name><time>`.
 */
export async function isMigrated(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query(`select from pg_class c where c.oid = to_regclass('schema_migration')`);
    if (rowCount === 0) return false;
    const { rows } = await client.query<{ name: string }>('select m.name from schema_migration m');
    const applied = rows.map((row) => row.name).sort();
    return applied.join() === ownMigrations().join();
  } finally {
    await client.end();
  }
}

function ownMigrations(): string[] {
  const files = readdirSync(join(__dirname, '..', '..', 'migrations')).map((file) => MIGRATION_FILE.exec(file));
  return files.flatMap((match) => (match ? [`${match[2]}${match[1]}`] : [])).sort();
}
