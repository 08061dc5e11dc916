import { KEYED_STORES, READ_STORES, STRAY_STORES, TIMELINE_STORES } from '../../../src/storage/privacy/personalStores';
import { createTestDatabase, type TestDatabase } from '../../database';
import { IMPERSONAL_TABLES } from './impersonalTables';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const personal = [...new Set([...[...KEYED_STORES, ...TIMELINE_STORES, ...STRAY_STORES].map(({ table }) => table), ...READ_STORES])].sort();

it('lists every table once: among the stores of customers, or with the reason why it is none', async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
  expect([...personal, ...Object.keys(IMPERSONAL_TABLES)].sort()).toEqual(rows.map(({ name }) => name));
});

it('calls no table impersonal that has a column for an identifier or a profile', async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    `select distinct c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped
       and a.attname in ('identifier_id', 'profile_id', 'low_id', 'high_id', 'survivor_id', 'interaction_id', 'message', 'body', 'properties', 'traits')
     order by 1`,
  );
  const emptied = ['erasure_identifier', 'erasure_profile'];
  expect(rows.map(({ name }) => name).filter((name) => !personal.includes(name))).toEqual(emptied);
});
