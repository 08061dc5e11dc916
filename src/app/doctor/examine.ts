import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Clock } from '../../kernel/clock';
import { ownerConnection } from '../../storage/pool';
import type { Config } from '../config';
import { hasDatabase, reachDatabase } from '../operations/reachDatabase';
import { placeOf } from '../supervisor/clusterHome';
import { DataDirInUse, dataDirHolder } from '../supervisor/dataDirLock';
import { configurationFindings } from './configurationFindings';
import { migrationFindings, serverFindings, serverLogFindings, wallFindings } from './databaseFindings';
import { type Finding, findingsOf } from './finding';
import { diskFindings, processFindings, queueFindings } from './placeFindings';
import { keyFindings, workFindings } from './workFindings';

const CONNECT_MS = 5_000;
const STATEMENT_MS = 30_000;

/** Looks at everything that a start needs and at what runs, and changes nothing; an embedded database that does not run is started for as long as it takes. */
export async function examine(environment: Readonly<Record<string, string | undefined>>, clock: Clock): Promise<Finding[]> {
  const { config, findings } = configurationFindings(environment);
  if (config === null) return [...findings];
  const disk = existsSync(config.dataDir) ? await diskFindings(placeOfData(config)) : [];
  const processes = config.databaseUrl === null || existsSync(config.dataDir) ? await processFindings(dataDirHolder(config.dataDir)) : [];
  return [...findings, ...disk, ...processes, ...(await databaseFindings(config, clock))];
}

function placeOfData({ dataDir, databaseUrl }: Config): string {
  const home = join(dataDir, 'postgres');
  return databaseUrl === null && existsSync(placeOf(home)) ? placeOf(home) : dataDir;
}

async function databaseFindings(config: Config, clock: Clock): Promise<Finding[]> {
  const { ok, warn, fail } = findingsOf('database');
  if (!hasDatabase(config)) return [ok('There is none yet; npm start makes one.')];
  try {
    return await reachDatabase(config, async (databaseUrl) => {
      const { isThere, findings } = await withClient(databaseUrl, (client) => examineDatabase(client, clock));
      // To look at a queue in PostgreSQL that is not there yet would make it.
      const queue = isThere || config.redis !== null ? await queueFindings(config, databaseUrl) : [];
      return [...findings, ...queue];
    });
  } catch (error) {
    if (error instanceof DataDirInUse) return [warn('The embedded database is just being started or stopped; ask again.')];
    return [fail(`The database can not be reached: ${(error as Error).message}`)];
  }
}

async function examineDatabase(
  client: pg.Client,
  clock: Clock,
): Promise<{ readonly isThere: boolean; readonly findings: readonly Finding[] }> {
  const server = await serverFindings(client, clock);
  const { isThere, findings: migrations } = await migrationFindings(client);
  const inside = isThere ? [...(await wallFindings(client)), ...(await workFindings(client)), ...(await keyFindings(client))] : [];
  return { isThere, findings: [...server, ...(await serverLogFindings(client)), ...migrations, ...inside] };
}

async function withClient<Result>(databaseUrl: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({
    ...ownerConnection(databaseUrl, [`statement_timeout=${STATEMENT_MS}`]),
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'throughline doctor',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
