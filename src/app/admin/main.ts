import pg from 'pg';
import { newKey } from '../../api/apiKey';
import { Refusal } from '../../kernel/refusals';
import { newUuidV7 } from '../../kernel/uuid';
import { isMigrated } from '../../storage/isMigrated';
import { ConfigFaults, loadConfig } from '../config';
import { databaseUrlOf } from '../supervisor/runningDatabase';
import { adminCommand } from './adminCommand';
import { readAdminFlags, USAGE } from './adminFlags';

/** `npm run admin`: ends with 0 when it is done, with 1 and a coded line when it is refused. */
async function main(): Promise<void> {
  try {
    const request = readAdminFlags(process.argv.slice(2));
    if (request === null) {
      process.stdout.write(USAGE);
      return;
    }
    const client = await connect();
    try {
      const lines = await adminCommand(request, {
        client,
        clock: Date.now,
        newId: () => newUuidV7(Date.now()),
        newKey: () => newKey('api'),
      });
      process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    } finally {
      await client.end();
    }
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof ConfigFaults)) throw error;
    process.stderr.write(`${error instanceof Refusal ? `${error.code}: ` : ''}${error.message}\n`);
    process.exitCode = 1;
  }
}

async function connect(): Promise<pg.Client> {
  const databaseUrl = databaseUrlOf(loadConfig(process.env));
  const unreachable = 'The database can not be reached. Start Throughline by npm start, or set DATABASE_URL.';
  if (databaseUrl === null) throw new Refusal('UNAVAILABLE', unreachable);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'throughline admin' });
  client.on('error', () => undefined);
  await client.connect().catch((cause: unknown) => {
    throw new Refusal('UNAVAILABLE', `${unreachable} (${cause instanceof Error ? cause.message : cause})`);
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
