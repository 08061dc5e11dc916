import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { placeOf } from '../../../src/app/supervisor/clusterHome';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../src/app/supervisor/embeddedPostgres';
import { isAlive } from '../../../src/app/supervisor/processIdentity';
import { removeTemporaryDirs, temporaryDir } from './temporaryDir';

jest.setTimeout(60_000);

const SETTINGS = { shared_buffers: '16MB', fsync: 'off' };
const running: EmbeddedPostgres[] = [];
const places: string[] = [];

async function start(homeDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ homeDir, settings: SETTINGS });
  places.push(placeOf(homeDir));
  running.push(server);
  return server;
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows[0] as Record<string, unknown>;
  } finally {
    await client.end();
  }
}

function openDir(): string {
  const dir = temporaryDir();
  chmodSync(dir, 0o711);
  return dir;
}

const environment = { ...process.env };
afterEach(async () => {
  process.env = { ...environment };
  await Promise.all(running.splice(0).map((server) => server.stop(5_000)));
});
afterAll(() => {
  for (const place of places) rmSync(place, { recursive: true, force: true });
  removeTemporaryDirs();
});

it('has the same collation and knows the letters of every script, whatever the locale and the PG variables of the machine', async () => {
  Object.assign(process.env, { LC_ALL: 'xx_YY.nonsense', LANG: 'tr_TR.UTF-8', PGDATA: '/nowhere', PGPORT: '1', PGOPTIONS: '-c bogus=1' });
  const url = (await start(openDir())).url('postgres');
  for (const name of ['PGDATA', 'PGPORT', 'PGOPTIONS']) delete process.env[name];
  await ask(url, 'create extension pg_trgm');
  expect(
    await ask(url, `select upper('straße ёлка i') as upper, 'Z' < 'a' as by_code_point, array_length(show_trgm('ёлка'), 1) as trigrams`),
  ).toEqual({
    upper: 'STRAßE ЁЛКА I',
    by_code_point: true,
    trigrams: 5,
  });
});

it('commits durably and asks for a password', async () => {
  const server = await start(openDir());
  expect(await ask(server.url('postgres'), `select current_setting('synchronous_commit') as sync`)).toEqual({ sync: 'on' });
  const stranger = server.url('postgres').replace(/:[^:@/]+@/, ':guess@');
  await expect(ask(stranger, 'select 1')).rejects.toMatchObject({ code: '28P01' });
});

it('keeps its data and its address over a restart', async () => {
  const dir = openDir();
  const first = await start(dir);
  await ask(first.url('postgres'), 'create table kept as select 42 as answer');
  await first.stop(5_000);
  const second = await start(dir);
  expect(second.url('postgres')).toBe(first.url('postgres'));
  expect(await ask(second.url('postgres'), 'select answer from kept')).toEqual({ answer: 42 });
});

it('replaces a server that an earlier run left behind', async () => {
  const dir = openDir();
  const leftBehind = await start(dir);
  const second = await start(dir);
  expect(isAlive(leftBehind.pid)).toBe(false);
  expect(await ask(second.url('postgres'), 'select 1 as one')).toEqual({ one: 1 });
});

it('starts again at once after kill -9', async () => {
  const dir = openDir();
  const killed = await start(dir);
  await ask(killed.url('postgres'), 'create table kept as select 42 as answer');
  process.kill(killed.pid, 'SIGKILL');
  await killed.ended;
  const second = await start(dir);
  expect(await ask(second.url('postgres'), 'select answer from kept')).toEqual({ answer: 42 });
});

it('runs for root, too, in a folder that nobody else may enter', async () => {
  const closed = temporaryDir();
  const server = await start(closed);
  expect(await ask(server.url('postgres'), 'select 1 as one')).toEqual({ one: 1 });
  expect(placeOf(closed) === closed).toBe(process.getuid?.() !== 0);
});

it('writes nothing into its log that a statement or an error has of anybody', async () => {
  const homeDir = openDir();
  const url = (await start(homeDir)).url('postgres');
  await ask(url, 'create table customer (email text primary key, data json)');
  await ask(url, `insert into customer values ('ada@example.com', '{}')`);
  for (const statement of [
    `insert into customer values ('ada@example.com', '{}')`,
    `select 'ada@example.com'::uuid`,
    `insert into customer values ('ada@example.com!', '{"ada@example.com')`,
    `do $$ begin raise warning 'about ada@example.com'; raise exception 'about ada@example.com'; end $$`,
  ]) {
    await expect(ask(url, statement)).rejects.toMatchObject({ severity: 'ERROR' });
  }
  const log = readFileSync(join(homeDir, 'postgres.log'), 'utf8');
  expect(log).toContain('ready to accept connections');
  expect(log).not.toContain('ada@');
});
