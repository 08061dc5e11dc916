import { Refusal } from '../../kernel/refusals';
import { readBackup } from '../../storage/backup/readBackup';
import { writeBackup } from '../../storage/backup/writeBackup';
import { onlyFile, parseFlags } from '../commandFlags';
import type { Config } from '../config';
import { hasDatabase, reachDatabase } from '../operations/reachDatabase';

export const BACKUP_USAGE = `npm run backup -- FILE
  Writes all of the database into FILE, as of one moment, while everything goes on. No queue, no keys.json.

npm run restore -- FILE
  Reads FILE into a database that has nothing in it: DATABASE_URL, or a new DATA_DIR.
`;

export interface CommandSurroundings {
  readonly config: Pick<Config, 'databaseUrl' | 'dataDir'>;
  readonly nowMs: number;
}

/** `npm run backup`: answers what to tell. Refuses with INVALID_INPUT where there is nothing to back up. */
export async function backup(args: readonly string[], { config, nowMs }: CommandSurroundings): Promise<string> {
  const file = fileOf(args);
  if (file === null) return BACKUP_USAGE;
  if (!hasDatabase(config)) {
    throw new Refusal('INVALID_INPUT', `There is no database in ${config.dataDir}; set DATA_DIR or DATABASE_URL.`);
  }
  const { tables } = await reachDatabase(config, (databaseUrl) => writeBackup(databaseUrl, file, nowMs));
  return `${tables} tables are in ${file}.\n`;
}

/** `npm run restore`: answers what to tell. Migrates a database that has nothing in it first. */
export async function restore(args: readonly string[], { config }: CommandSurroundings): Promise<string> {
  const file = fileOf(args);
  if (file === null) return BACKUP_USAGE;
  const { tables, createdAt } = await reachDatabase(config, async (databaseUrl) => {
    // TypeORM is loaded only where it is needed: it is large.
    const { migrate } = await import('../../storage/migrate.js');
    await migrate(databaseUrl);
    return readBackup(databaseUrl, file);
  });
  return `${tables} tables are restored, as of ${createdAt}.\n`;
}

/** Null where help is asked for. */
function fileOf(args: readonly string[]): string | null {
  const { values, positionals } = parseFlags(args, { help: { type: 'boolean', short: 'h' } });
  if (values.help) return null;
  const file = onlyFile(positionals);
  if (file === undefined) throw new Refusal('INVALID_INPUT', 'Name the file of the backup; --help tells more.');
  return file;
}
