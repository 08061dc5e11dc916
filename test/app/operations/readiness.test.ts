import { type Check, Readiness } from '../../../src/app/operations/readiness';
import { databaseCheck, diskCheck, laneCheck, migrationsCheck } from '../../../src/app/operations/readinessChecks';
import { createTestDatabase, type TestDatabase } from '../../database';

const NEVER = new Promise<null>(() => undefined);
const LIMITS = { timeoutMs: 20, keptMs: 1_000 };
let nowMs = 0;
const clock = () => nowMs;
const aCheck = (fields: Partial<Check>): Check => ({
  name: 'something',
  unreachable: 'It is away.',
  look: () => Promise.resolve(null),
  ...fields,
});
const reportOf = (...checks: Check[]) => new Readiness(checks, clock, LIMITS).report();

describe('whether a process is ready', () => {
  it('is told by all checks together, each by its name', async () => {
    const report = await reportOf(aCheck({ name: 'one' }), aCheck({ name: 'two', look: () => Promise.resolve('It limps.') }));
    expect(report).toEqual({
      isReady: false,
      checks: [
        { name: 'one', status: 'ok' },
        { name: 'two', status: 'fail', reason: 'It limps.' },
      ],
    });
  });

  it('says no more of what was thrown than that it was', async () => {
    const { checks } = await reportOf(aCheck({ look: () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.3:5432')) }));
    expect(checks).toEqual([{ name: 'something', status: 'fail', reason: 'It is away.' }]);
  });

  it('does not wait for a check that hangs', async () => {
    const { checks } = await reportOf(aCheck({ look: () => NEVER }));
    expect(checks).toMatchObject([{ status: 'fail', reason: 'It took longer than 20 ms to find out.' }]);
  });

  it('is not up to what the process can do without', async () => {
    const report = await reportOf(aCheck({ isOptional: true, look: () => Promise.resolve('It is slow.') }));
    expect(report).toMatchObject({ isReady: true, checks: [{ status: 'warn', reason: 'It is slow.' }] });
  });

  it('is found out once for all who ask within a second, and anew after it', async () => {
    let looks = 0;
    const look = () => Promise.resolve(`Look ${++looks}.`);
    const readiness = new Readiness([aCheck({ look })], clock, LIMITS);
    await Promise.all([readiness.report(), readiness.report()]);
    nowMs += 999;
    expect((await readiness.report()).checks).toMatchObject([{ reason: 'Look 1.' }]);
    nowMs += 1;
    expect((await readiness.report()).checks).toMatchObject([{ reason: 'Look 2.' }]);
  });
});

describe('on a database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await database.owner.query(`insert into workspace (name, created_at) values ('Acme', now())`);
  });
  afterAll(() => database.drop());
  const look = async (check: Check) => (await reportOfUnhurried(check)).checks[0];
  const reportOfUnhurried = (check: Check) => new Readiness([check], clock).report();

  it('all is well where it takes writes and has the migrations of this version', async () => {
    expect(await look(databaseCheck(database.app))).toEqual({ name: 'database', status: 'ok' });
    expect(await look(migrationsCheck(database.app))).toEqual({ name: 'migrations', status: 'ok' });
  });

  it('one that is read only is found out', async () => {
    await database.owner.query(`alter database ${database.name} set default_transaction_read_only = on`);
    const { owner } = await createSecondPool();
    expect(await look(databaseCheck(owner))).toMatchObject({ status: 'fail', reason: 'The database is read only.' });
    await owner.end();
    await database.owner.query(`alter database ${database.name} reset default_transaction_read_only`);
  });

  it('a migration that is missing, or one that took something away, is found out; one that only added is not', async () => {
    const { rows } = await database.owner.query<{ name: string }>(
      'delete from schema_migration where id = (select max(id) from schema_migration) returning *',
    );
    expect(await look(migrationsCheck(database.app))).toMatchObject({ reason: 'The database lacks 1 of the migrations of this version.' });
    const note = 'insert into schema_migration ("timestamp", name) values (9999999999999, $1)';
    await database.owner.query(note, [rows[0]?.name]);
    await database.owner.query(note, ['CreateTheFuture9999999999999']);
    expect(await look(migrationsCheck(database.app))).toMatchObject({ status: 'ok' });
    await database.owner.query(note, ['ContractThePast9999999999999']);
    expect(await look(migrationsCheck(database.app))).toMatchObject({ status: 'fail' });
  });

  it('an inbox with the same request at its head for a minute is stuck, and one that moves is not', async () => {
    const check = laneCheck(database.app, clock);
    const append = 'insert into inbox (workspace_id, source_id, received_at, message_count, body) values (1, 1, now(), 1, $1)';
    for (let request = 0; request < 2; request++) await database.owner.query(append, [Buffer.from('{}')]);
    expect(await look(check)).toMatchObject({ status: 'ok' });
    nowMs += 59_999;
    expect(await look(check)).toMatchObject({ status: 'ok' });
    nowMs += 1;
    expect(await look(check)).toMatchObject({ status: 'fail', reason: 'In 1 workspace the inbox has not moved for a minute.' });
    await database.owner.query('delete from inbox where position = (select min(position) from inbox)');
    expect(await look(check)).toMatchObject({ status: 'ok' });
    await database.owner.query('delete from inbox');
  });

  async function createSecondPool() {
    const { Pool } = (await import('pg')).default;
    return { owner: new Pool({ connectionString: database.url, max: 1 }) };
  }
});

it('tells of a folder whether its disk has room, and that there is none', async () => {
  expect((await reportOf(diskCheck(__dirname))).checks[0]?.status).toBe('ok');
  expect((await reportOf(diskCheck('/nowhere/at/all'))).checks).toMatchObject([
    { status: 'fail', reason: 'It is not known how much room the disk has.' },
  ]);
});
