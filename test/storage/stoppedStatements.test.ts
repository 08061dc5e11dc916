import { appConnection } from '../../src/storage/pool';
import { PipelinedConnections } from '../../src/storage/workspaceConnections';
import { inWorkspace } from '../../src/storage/workspaceTransaction';
import { createTestDatabase, type TestDatabase } from '../database';

const SLOW = { name: 'slow', text: 'select pg_sleep($1)::text' };
const MY_WORKSPACE = { name: 'mine', text: `select current_setting('throughline.workspace_id')` };
const STOPPED = new Error('Nobody waits any more.');

let database: TestDatabase;
let connections: PipelinedConnections;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  connections = new PipelinedConnections({
    connection: { ...appConnection(database.url, 30_000), application_name: 'stopped' },
    connections: 1,
  });
});
afterEach(() => connections.close());

/** How many statements the server is at for this test. */
async function running(applicationName: string): Promise<number> {
  const { rows } = await database.owner.query(
    `select count(*)::int as running from pg_stat_activity where application_name = $1 and state = 'active' and datname = current_database()
     and query like '%pg_sleep%'`,
    [applicationName],
  );
  return rows[0].running;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('stops the statement that the server is at, and gives the connection to the next', async () => {
  const controller = new AbortController();
  const slow = connections.run(1, SLOW, [60], controller.signal);
  const next = connections.run<readonly [string]>(2, MY_WORKSPACE, []);
  await until(async () => (await running('stopped')) === 1);
  controller.abort(STOPPED);
  await expect(slow).rejects.toBe(STOPPED);
  expect(await next).toEqual([['2']]);
  expect(await running('stopped')).toBe(0);
});

it('stops a statement that waits behind others when its turn comes, and none of theirs', async () => {
  const controller = new AbortController();
  const first = connections.run(1, SLOW, [0.5]);
  const unwanted = connections.run(1, SLOW, [60], controller.signal);
  const last = connections.run<readonly [string]>(3, MY_WORKSPACE, []);
  await until(async () => (await running('stopped')) === 1);
  controller.abort(STOPPED);
  expect(await first).toEqual([['']]);
  await expect(unwanted).rejects.toBe(STOPPED);
  expect(await last).toEqual([['3']]);
});

it('runs nothing for who has given up already', async () => {
  await expect(connections.run(1, SLOW, [60], AbortSignal.abort(STOPPED))).rejects.toBe(STOPPED);
});

it('answers everybody else inside their own wall, however many statements are stopped between theirs', async () => {
  const stopped: Promise<unknown>[] = [];
  const others: Promise<unknown>[] = [];
  for (let turn = 0; turn < 40; turn++) {
    const controller = new AbortController();
    stopped.push(connections.run(turn % 3, SLOW, [30], controller.signal));
    for (let index = 0; index < 4; index++) {
      const workspaceId = 10 + ((turn + index) % 5);
      others.push(
        connections.run<readonly [string]>(workspaceId, MY_WORKSPACE, []).then((rows) => expect(rows).toEqual([[String(workspaceId)]])),
      );
    }
    setTimeout(() => controller.abort(STOPPED), turn * 7);
  }
  const outcomes = await Promise.allSettled(stopped);
  expect(outcomes.every((outcome) => outcome.status === 'rejected' && outcome.reason === STOPPED)).toBe(true);
  await Promise.all(others);
});

it('stops a transaction at whatever it is, takes all of it back, and hands its connection on unharmed', async () => {
  const controller = new AbortController();
  const work = inWorkspace(
    database.app,
    1,
    'changes',
    (client) => client.query(`set local application_name = 'stopped transaction'`).then(() => client.query('select pg_sleep(60)')),
    controller.signal,
  );
  await until(async () => (await running('stopped transaction')) === 1);
  controller.abort(STOPPED);
  await expect(work).rejects.toBe(STOPPED);
  expect(await running('stopped transaction')).toBe(0);
  const mine = () =>
    inWorkspace(database.app, 2, 'snapshot', async (client) => (await client.query(MY_WORKSPACE.text)).rows[0].current_setting);
  expect(await Promise.all(Array.from({ length: 10 }, mine))).toEqual(Array.from({ length: 10 }, () => '2'));
});
