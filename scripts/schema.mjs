// npm run schema: writes schema/database.sql and schema/schema.graphql from what the code says now.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

requireNode();
installPackages({ forDevelopment: false });
await build();
const require = createRequire(import.meta.url);
/** What the build made of a file below src. */
const built = (file) => require(join(ROOT, 'dist', 'src', `${file}.js`));

write('database.sql', await databaseDescription());
const { buildSchema } = built('api/schema');
const { lexicographicSortSchema, printSchema } = require('graphql');
write('schema.graphql', `${printSchema(lexicographicSortSchema(buildSchema()))}\n`);

async function databaseDescription() {
  const { startEmbeddedPostgres } = built('app/supervisor/embeddedPostgres');
  const { migrate } = built('storage/migrate');
  const { ownerPool } = built('storage/pool');
  const { describeDatabase } = built('storage/describeDatabase');
  const homeDir = mkdtempSync(join(tmpdir(), 'throughline-schema-'));
  chmodSync(homeDir, 0o711);
  const server = await startEmbeddedPostgres({ homeDir });
  const databaseUrl = server.url('postgres');
  await migrate(databaseUrl);
  const pool = ownerPool({
    databaseUrl,
    maxConnections: 1,
    statementTimeoutMs: 0,
    applicationName: 'schema',
    onConnectionLost: () => undefined,
  });
  const description = await describeDatabase(pool);
  await pool.end();
  await server.stop(5_000);
  rmSync(homeDir, { recursive: true, force: true });
  return description;
}

function write(name, text) {
  writeFileSync(join(ROOT, 'schema', name), text);
  console.log(`schema/${name} is written.`);
}
