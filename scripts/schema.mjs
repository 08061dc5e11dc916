// npm run schema: writes schema/database.sql and schema/schema.graphql from what the code says now.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

requireNode();
installPackages({ forDevelopment: false });
await build();
const require = createRequire(join(ROOT, 'dist', 'src', 'app', 'main.js'));

const { buildSchema } = require('../api/schema.js');
const { lexicographicSortSchema, printSchema } = require('graphql');
write('schema.graphql', `${printSchema(lexicographicSortSchema(buildSchema()))}\n`);
write('database.sql', await databaseDescription());

async function databaseDescription() {
  const { startEmbeddedPostgres } = require('./supervisor/embeddedPostgres.js');
  const { migrate } = require('../storage/migrate.js');
  const { ownerPool } = require('../storage/pool.js');
  const { describeDatabase } = require('../storage/describeDatabase.js');
  const homeDir = mkdtempSync(join(tmpdir(), 'throughline-schema-'));
  const server = await startEmbeddedPostgres({ homeDir });
  const databaseUrl = server.url('postgres');
  await migrate(databaseUrl);
  const pool = ownerPool({
    databaseUrl,
    maxConnections: 1,
    statementTimeoutMs: 0,
    applicationName: 'schema',
    onConnectionLost: console.error,
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
