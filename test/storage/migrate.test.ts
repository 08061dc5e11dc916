import { describeDatabase } from '../../src/storage/describeDatabase';
import { isMigrated } from '../../src/storage/isMigrated';
import { DatabaseIsNewer, migrate, revertNewestMigration } from '../../src/storage/migrate';
import { createTestDatabase, type TestDatabase } from '../database';
import { eventually } from '../journeys/eventually';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

async function appliedMigrations(): Promise<string[]> {
  const { rows } = await database.owner.query<{ name: string }>('select m.name from schema_migration m order by m.id');
  return rows.map((row) => row.name);
}

async function revertEverything(): Promise<void> {
  for (const _ of await appliedMigrations()) await revertNewestMigration(database.url);
}

it('goes down to nothing and up again to the same schema', async () => {
  const before = await describeDatabase(database.owner);
  const names = await appliedMigrations();

  await revertEverything();
  const { rows } = await database.owner.query(`
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and c.relname <> 'schema_migration'
    union all
    select p.proname from pg_proc p
    where p.pronamespace = 'public'::regnamespace and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`);
  expect(rows).toEqual([]);

  await migrate(database.url);
  expect(await appliedMigrations()).toEqual(names);
  expect(await describeDatabase(database.owner)).toBe(before);
});

it('can tell without loading a migration whether all of them were applied', async () => {
  expect(await isMigrated(database.url)).toBe(true);
  await revertNewestMigration(database.url);
  expect(await isMigrated(database.url)).toBe(false);
  await revertEverything();
  await database.owner.query('drop table schema_migration');
  expect(await isMigrated(database.url)).toBe(false);
});

it('migrates once when several machines start at the same moment', async () => {
  const names = await appliedMigrations();
  await revertEverything();
  await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
  expect(await appliedMigrations()).toEqual(names);
});

async function noteMigration(name: string): Promise<void> {
  await database.owner.query('insert into schema_migration ("timestamp", name) values (9999999999999, $1)', [name]);
}

it('goes on with a database to which a newer version has only added, and says by what it is ahead', async () => {
  await noteMigration('CreateTheFuture9999999999999');
  expect(await isMigrated(database.url)).toBe(true);
  expect(await migrate(database.url)).toEqual({ ahead: ['CreateTheFuture9999999999999'] });
});

it('refuses a database from which a newer version has taken something away, and says so', async () => {
  await noteMigration('ContractThePast9999999999999');
  expect(await isMigrated(database.url)).toBe(false);
  const attempt = migrate(database.url);
  await expect(attempt).rejects.toThrow(DatabaseIsNewer);
  await expect(attempt).rejects.toThrow(/newer version of Throughline.*ContractThePast9999999999999/);
});

it('lets others through while it waits for a lock that somebody holds, and migrates once it is free', async () => {
  await revertNewestMigration(database.url);
  const holder = await database.owner.connect();
  await holder.query('begin; lock table schema_migration in share mode');
  const migrating = migrate(database.url, { lockTimeoutMs: 50, pauseMs: 200, patienceMs: 20_000 });
  await eventually('the migration has waited in vain', async () => {
    const { rows } = await database.owner.query(`select from pg_locks l where not l.granted and l.relation = 'schema_migration'::regclass`);
    return rows.length > 0;
  });
  // Compatible with who holds the lock, and behind the migration in the queue.
  await database.owner.query('lock table schema_migration in share mode; select 1');
  await holder.query('commit');
  holder.release();
  await migrating;
  expect(await isMigrated(database.url)).toBe(true);
});

it('gives up on a lock that never gets free, and leaves the database as it was', async () => {
  await revertNewestMigration(database.url);
  const before = await appliedMigrations();
  const holder = await database.owner.connect();
  await holder.query('begin; lock table schema_migration in share mode');
  await expect(migrate(database.url, { lockTimeoutMs: 20, pauseMs: 1, patienceMs: 50 })).rejects.toMatchObject({ code: '55P03' });
  await holder.query('rollback');
  holder.release();
  expect(await appliedMigrations()).toEqual(before);
});
