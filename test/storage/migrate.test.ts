import { describeDatabase } from '../../src/storage/describeDatabase';
import { isMigrated } from '../../src/storage/isMigrated';
import { DatabaseIsNewer, migrate, revertNewestMigration } from '../../src/storage/migrate';
import { createTestDatabase, type TestDatabase } from '../database';

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

it('refuses a database that a newer version has migrated, and says so', async () => {
  await database.owner.query(`insert into schema_migration ("timestamp", name) values (9999999999999, 'CreateTheFuture9999999999999')`);
  expect(await isMigrated(database.url)).toBe(false);
  const attempt = migrate(database.url);
  await expect(attempt).rejects.toThrow(DatabaseIsNewer);
  await expect(attempt).rejects.toThrow(/newer version of Throughline.*CreateTheFuture9999999999999/);
});
