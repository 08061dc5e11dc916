import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const MIGRATION_FILE = /^([0-9]+)-([A-Za-z]+)\.(js|ts)$/;
/** The name of a migration that takes something away which the version before still used. */
const CONTRACTS = /^Contract/;

/** How a database stands to this version, by the names of migrations alone. */
export interface MigrationState {
  /** This version's, which the database lacks. */
  readonly pending: readonly string[];
  /** The database's, which this version does not know. */
  readonly unknown: readonly string[];
  /** Of the unknown ones those after which this version can't work. */
  readonly contracting: readonly string[];
}

export function migrationState(applied: readonly string[], own: readonly string[] = ownMigrations()): MigrationState {
  const unknown = applied.filter((name) => !own.includes(name));
  return {
    pending: own.filter((name) => !applied.includes(name)),
    unknown,
    contracting: unknown.filter((name) => CONTRACTS.test(name)),
  };
}

/** Why this version can't work with a database that has these migrations; null where it can. One that is ahead by what was only added will do. */
export function migrationFault(applied: readonly string[]): string | null {
  const { pending, contracting } = migrationState(applied);
  if (contracting.length > 0) return 'The database was migrated by a newer version, which has taken away what this one needs.';
  return pending.length === 0 ? null : `The database lacks ${pending.length} of the migrations of this version.`;
}

/** The file `<time>-<Name>` has the class `<Name><time>`, under which it is noted in the database. In the order in which they run. */
export function ownMigrations(): readonly string[] {
  const files = readdirSync(join(__dirname, '..', '..', 'migrations')).sort();
  return files.flatMap((file) => {
    const match = MIGRATION_FILE.exec(file);
    return match ? [`${match[2]}${match[1]}`] : [];
  });
}
