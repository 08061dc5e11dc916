import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { examine } from '../../../src/app/doctor/examine';
import { exitCodeOf, type Finding, reportOf } from '../../../src/app/doctor/finding';
import { createDatabase } from '../../../src/storage/createDatabase';
import { revertNewestMigration } from '../../../src/storage/migrate';
import { createTestDatabase, type TestDatabase } from '../../database';
import { withDatabase } from '../../testServer';

jest.setTimeout(60_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.owner.query(`insert into workspace (name, created_at) values ('Acme', now())`);
});
afterAll(() => database.drop());

const DATA_DIR = '/nowhere/at/all';
const look = (environment: Record<string, string> = {}, clock = Date.now) =>
  examine({ DATABASE_URL: database.url, DATA_DIR, REDIS_URL: '', ...environment }, clock);
const textsOf = (findings: readonly Finding[], status: Finding['status']) =>
  findings
    .filter((finding) => finding.status === status && finding.topic !== 'logs of PostgreSQL')
    .map(({ topic, text }) => `${topic}: ${text}`);

it('finds nothing to complain of where all is well, and says what it looked at', async () => {
  const findings = await look();
  // The server of the tests need not survive a crash.
  expect(textsOf(findings, 'FAIL').filter((text) => !text.includes('fsync'))).toEqual([]);
  expect(textsOf(findings, 'WARN')).toEqual([]);
  const topics = ['configuration', 'database', 'logs of PostgreSQL', 'migrations', 'walls between workspaces', 'work', 'keys', 'queue'];
  expect([...new Set(findings.map(({ topic }) => topic))]).toEqual(topics);
});

it('names every setting that can not be used, and looks no further', async () => {
  const findings = await examine({ PORT: 'x', LOG_LEVEL: 'loud', DATABASE_URL: database.url }, Date.now);
  expect(findings.map(({ status, text }) => `${status} ${text.split(' ')[0]}`)).toEqual(['FAIL PORT', 'FAIL LOG_LEVEL']);
  expect(exitCodeOf(findings)).toBe(1);
});

it('suggests what a setting that is none may have been meant for', async () => {
  expect(textsOf(await look({ WORKER_PROCESES: '2', METRICS_TOKN: 'x', HOME_DIRECTORY: '/', PATHS: '/' }), 'WARN')).toEqual([
    'configuration: WORKER_PROCESES is no setting; is WORKER_PROCESSES meant?',
    'configuration: METRICS_TOKN is no setting; is METRICS_TOKEN meant?',
  ]);
});

it('shows no secret', async () => {
  const report = reportOf(
    await look({ METRICS_TOKEN: 'hunter2-hunter2-hunter2', DEV_API_KEY: 'hunter2', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://u:hunter2@here' }),
  );
  expect(report).toContain('METRICS_TOKEN is set.');
  expect(report).not.toContain('hunter2');
  expect(report).not.toContain(new URL(database.url).password);
});

it('warns of what is fine on a laptop and not in production', async () => {
  const warned = textsOf(await look({ NODE_ENV: 'production', HOST: '0.0.0.0', WEBHOOK_ALLOW_PRIVATE: 'true' }), 'WARN');
  expect(warned.map((text) => text.split(' ')[1])).toEqual(['PUBLIC_URL', 'WEBHOOK_ALLOW_PRIVATE', 'METRICS_TOKEN']);
});

it('says of a database that can not be reached just that', async () => {
  const findings = await look({ DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/nothing' });
  expect(textsOf(findings, 'FAIL')).toEqual(['database: The database can not be reached: connect ECONNREFUSED 127.0.0.1:1']);
});

it('says of a Redis that can not be reached just that', async () => {
  expect(textsOf(await look({ REDIS_URL: 'redis://127.0.0.1:1' }), 'FAIL')).toContain('queue: Redis can not be reached.');
});

it.each([
  [1_500, null],
  [10_000, 'WARN'],
  [-10_000, 'WARN'],
  [100_000, 'FAIL'],
])('compares the clocks: %d ms off', async (offMs, status) => {
  const findings = await look({}, () => Date.now() + offMs);
  expect(findings.find(({ text }) => text.startsWith('The clocks'))?.status).toBe(status ?? 'ok');
});

describe('in a database that is not as it should be', () => {
  let ill: TestDatabase;
  beforeEach(async () => {
    ill = await createTestDatabase();
    await ill.owner.query(`insert into workspace (name, created_at) values ('Acme', now())`);
  });
  afterEach(() => ill.drop());
  const found = async (status: Finding['status']) => textsOf(await look({ DATABASE_URL: ill.url }), status).join('\n');

  it('finds a table without a wall', async () => {
    await ill.owner.query('create table open_to_all (workspace_id integer); alter table customer disable row level security');
    expect(await found('FAIL')).toContain('There is no row-level security on customer, open_to_all.');
  });

  it('finds migrations that are still to be run, and takes nothing of them for granted', async () => {
    await revertNewestMigration(ill.url);
    expect(await found('WARN')).toMatch(/migrations: 1 of this version are still to be run/);
  });

  it('finds that a newer version has been there', async () => {
    const note = 'insert into schema_migration ("timestamp", name) values (9999999999999, $1)';
    await ill.owner.query(note, ['AddTheFuture9999999999999']);
    expect(await found('WARN')).toContain('The database is ahead of this version, which works: AddTheFuture9999999999999.');
    await ill.owner.query(note, ['ContractThePast9999999999999']);
    expect(await found('FAIL')).toContain('A newer version has taken away what this one needs: ContractThePast9999999999999.');
  });

  it('finds what waits for too long, and keys that expire', async () => {
    await ill.owner.query(
      `insert into inbox (workspace_id, source_id, received_at, message_count, body) values (1, 1, now() - interval '5 minutes', 7, '')`,
    );
    await ill.owner.query('alter table credential add column if not exists expires_at timestamptz');
    await ill.owner.query(
      `insert into credential (key_hash, workspace_id, credential_id, name, scopes, created_at, expires_at)
       values ('\\x01', 1, $1, 'Agent console', '{}', now(), now() + interval '3 days 1 hour'), ('\\x02', 1, $1, 'Old', '{}', now(), now() - interval '1 day'),
         ('\\x03', 1, $1, 'Later', '{}', now(), now() + interval '90 days')`,
      [randomUUID()],
    );
    const warned = await found('WARN');
    expect(warned).toMatch(/7 messages wait to be processed, the oldest for 30\d s/);
    expect(warned).toContain('The key “Agent console” expires in 3 days.');
    expect(warned).toContain('The key “Old” has expired.');
    expect(warned).not.toContain('Later');
  });

  it('finds that it is read only', async () => {
    await ill.owner.query(`alter database ${ill.name} set default_transaction_read_only = on`);
    expect(await found('FAIL')).toContain('It is read only.');
    await ill.owner.query('set default_transaction_read_only = off');
  });
});

it('makes nothing in a database that nobody has started on', async () => {
  const name = `${database.name}_empty`;
  await createDatabase(database.url, name);
  const url = withDatabase(database.url, name);
  expect(textsOf(await look({ DATABASE_URL: url }), 'WARN')).toContain('migrations: There are none yet; the next start migrates.');
  const owner = new pg.Pool({ connectionString: url });
  const { rows } = await owner.query(
    `select n.nspname from pg_namespace n where n.nspname = 'bullmq' union all select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace`,
  );
  expect(rows).toEqual([]);
  await owner.end();
  await database.owner.query(`drop database ${name}`);
});

it('makes nothing in a data directory that nobody has started on', async () => {
  expect(textsOf(await examine({ DATA_DIR }, Date.now), 'ok')).toContain('database: There is none yet; npm start makes one.');
});

it('prints a line a finding below its topic, and how many there are of which', () => {
  const report = reportOf([
    { topic: 'disk', status: 'ok', text: 'There is room.' },
    { topic: 'disk', status: 'WARN', text: 'Not for long.' },
    { topic: 'queue', status: 'FAIL', text: 'It is away.' },
  ]);
  expect(report).toBe(
    'disk\n  ok    There is room.\n  WARN  Not for long.\n\nqueue\n  FAIL  It is away.\n\n1 failed, 1 worth a look, 1 as they should be.\n',
  );
});
