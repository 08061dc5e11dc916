import { createDataSource } from '../../src/storage/dataSource';
import { ownMigrations } from '../../src/storage/migrationState';
import { createTestDatabase, type TestDatabase } from '../database';
import { type Unsafe, unsafeStatements } from './migrationRules';

/**
 * Migrations from before the first release, which nobody has run beside processes that work. The list does not grow: from now on a migration is safe, or
 * what it takes away is in one called `Contract…`, a release after the last process that used it.
 */
const BEFORE_THE_FIRST_RELEASE = 1_795_900_000_000;
/** Of the same days as this test, and from before the first release, too. */
const WRITTEN_BESIDE_IT: readonly string[] = ['CreateErasure1795900000000', 'SealTheAuditLog1795940000000'];

interface Plan {
  readonly name: string;
  readonly createdAtMs: number;
  readonly statements: readonly string[];
  readonly isInTransaction: boolean;
}

let database: TestDatabase;
let plans: readonly Plan[];
beforeAll(async () => {
  database = await createTestDatabase();
  const dataSource = await createDataSource(database.url).initialize();
  plans = await Promise.all(
    dataSource.migrations.map(async (migration) => {
      const statements: string[] = [];
      const query = (statement: string) => Promise.resolve(statements.push(statement) && []);
      await migration.up({ query } as never);
      const name = migration.constructor.name;
      return { name, createdAtMs: Number(name.slice(-13)), statements, isInTransaction: migration.transaction !== false };
    }),
  );
  await dataSource.destroy();
});
afterAll(() => database.drop());

const unsafeIn = ({ name, statements, isInTransaction }: Plan): Unsafe[] => unsafeStatements(name, statements, isInTransaction);

it('looks at every migration, and finds what it is looking for', () => {
  expect(plans.map(({ name }) => name).sort()).toEqual([...ownMigrations()].sort());
  expect(plans.filter(({ createdAtMs }) => createdAtMs < BEFORE_THE_FIRST_RELEASE).flatMap(unsafeIn)).not.toEqual([]);
});

it('has no migration that holds up, or breaks, processes of the version before that work on while it runs', () => {
  const unsafe = plans
    .filter(({ name, createdAtMs }) => createdAtMs >= BEFORE_THE_FIRST_RELEASE && !WRITTEN_BESIDE_IT.includes(name))
    .flatMap((plan) => unsafeIn(plan).map((each) => [plan.name, each]));
  expect(unsafe).toEqual([]);
});

it.each([
  ['drop table customer', 'CONTRACTS'],
  ['alter table customer drop column name', 'CONTRACTS'],
  ['alter table customer rename column name to title', 'CONTRACTS'],
  ['create index on customer (name)', 'INDEXES'],
  ['create unique index customer_name\n  on customer (name)', 'INDEXES'],
  ['alter table customer alter column age type bigint', 'REWRITES'],
  ['alter table customer add column token uuid default gen_random_uuid()', 'REWRITES'],
  ['alter table customer add column age integer not null', 'REWRITES'],
  ['alter table customer alter column age set not null', 'SCANS'],
  ['alter table customer add constraint adult check (age > 17)', 'SCANS'],
  [`update customer set name = 'x;y'`, 'SCANS'],
  ['lock table customer in exclusive mode', 'LOCKS'],
  ['create index concurrently on customer (name)', 'TRANSACTION'],
])('finds that %s is unsafe', (statement, rule) => {
  expect(unsafeStatements('ChangeCustomers', [statement], true).map((each) => each.rule)).toEqual([rule]);
});

it.each([
  'alter table customer add column age integer',
  'alter table customer add column age integer not null default 0',
  'alter table customer add constraint adult check (age > 17) not valid',
  'create table customer (name text); create index on customer (name); alter table customer alter column name set not null; update customer set name = name',
  'create function drop_it() returns void language sql as $$ drop table customer; $$',
  `comment on table customer is 'Once; drop table customer'`,
  '-- drop table customer\ncreate sequence number',
])('takes %s for safe', (statement) => {
  expect(unsafeStatements('ChangeCustomers', [statement], true)).toEqual([]);
});

it('lets a migration called Contract take away, and one outside of a transaction make an index beside what is going on', () => {
  expect(unsafeStatements('ContractCustomers', ['alter table customer drop column name'], true)).toEqual([]);
  expect(unsafeStatements('IndexCustomers', ['create index concurrently on customer (name)'], false)).toEqual([]);
});
