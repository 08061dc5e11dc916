import pg from 'pg';
import { newKey } from '../../api/apiKey';
import { Refusal } from '../../kernel/refusals';
import { newUuidV7 } from '../../kernel/uuid';
import { isMigrated } from '../../storage/isMigrated';
import { ConfigFaults, loadConfig } from '../config';
import { hasDatabase, reachDatabase } from '../operations/reachDatabase';
import { DataDirInUse } from '../supervisor/dataDirLock';
import { adminCommand } from './adminCommand';
import { type AdminRequest, readAdminFlags, USAGE } from './adminFlags';

const UNREACHABLE = 'The database can not be reached. Start Throughline by npm start, or set DATABASE_URL.';

/** `npm run admin`: ends with 0 when it is done, with 1 and a coded line when it is refused. */
async function main(): Promise<void> {
  try {
    const request = readAdminFlags(process.argv.slice(2));
    if (request === null) {
      process.stdout.write(USAGE);
      return;
    }
    const config = loadConfig(process.env);
    if (!hasDatabase(config)) throw new Refusal('UNAVAILABLE', UNREACHABLE);
    await reachDatabase(config, (databaseUrl) => carryOut(request, databaseUrl));
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof ConfigFaults || error instanceof DataDirInUse)) throw error;
    process.stderr.write(`${error instanceof Refusal ? `${error.code}: ` : ''}${error.message}\n`);
    process.exitCode = 1;
  }
}

async function carryOut(request: AdminRequest, databaseUrl: string): Promise<void> {
  const client = await connect(databaseUrl);
  try {
    const lines = await adminCommand(request, { client, clock: Date.now, newId: () => newUuidV7(Date.now()), newKey: () => newKey('api') });
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  } finally {
    await client.end();
  }
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'throughline admin' });
  client.on('error', () => undefined);
  await client.connect().catch((cause: unknown) => {
    throw new Refusal('UNAVAILABLE', `${UNREACHABLE} (${cause instanceof Error ? cause.message : cause})`);
  });
  if (!(await isMigrated(databaseUrl))) {
    await client.end();
    throw new Refusal(
      'CONFLICT',
      'The database is of another version than this program. Start Throughline of this version once; it brings it up to date.',
    );
  }
  return client;
}

void main();
