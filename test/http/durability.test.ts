import { createTestDatabase, type TestDatabase } from '../database';
import { aTrack } from '../intake/builders';
import { type Answer, ask } from './client';
import { basic, OTHER_WRITE_KEY, type RunningServer, seedWorkspaces, startServer, WRITE_KEY } from './server';

let database: TestDatabase;
let server: RunningServer;
beforeEach(async () => {
  database = await createTestDatabase();
  await seedWorkspaces(database);
});
afterEach(async () => {
  await server.close();
  await database.drop();
});

const send = (messageId: string, key = WRITE_KEY): Promise<Answer> =>
  ask(server.port, {
    method: 'POST',
    path: '/v1/track',
    headers: { authorization: basic(key) },
    body: JSON.stringify(aTrack({ messageId })),
  });
const sendMany = (count: number): Promise<Answer[]> => Promise.all(Array.from({ length: count }, (_, index) => send(`m-${index}`)));
const positionsIn = async (): Promise<string[]> =>
  (await database.owner.query('select i.position from inbox i order by i.position')).rows.map((row) => row.position);
const byNumber = (left: string, right: string): number => Number(left) - Number(right);
const positionOf = (answer: Answer): string => JSON.parse(answer.text).position;

it('lets requests that come together share commits, each with a row and a position of its own', async () => {
  server = await startServer(database);
  await send('first');
  const held = await database.owner.connect();
  await held.query('begin; lock table inbox in exclusive mode');
  const sending = sendMany(60);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await held.query('commit');
  held.release();
  const positions = (await sending).map(positionOf);
  const { rows } = await database.owner.query(
    'select count(distinct i.xmin::text)::int as commits, count(*)::int as requests from inbox i',
  );
  expect(rows[0].requests).toBe(61);
  // The first one, the one that the lock held up, and one for all that came in meanwhile.
  expect(rows[0].commits).toBeLessThanOrEqual(3);
  expect((await positionsIn()).slice(1)).toEqual(positions.sort(byNumber));
});

it('answers two requests with the same message both, and keeps both for the worker to tell apart', async () => {
  server = await startServer(database);
  const answers = await Promise.all([send('twin'), send('twin')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await positionsIn()).toHaveLength(2);
});

it('shares a commit between workspaces without mixing them up', async () => {
  server = await startServer(database);
  await Promise.all(Array.from({ length: 20 }, (_, index) => send(`m-${index}`, index % 2 === 0 ? WRITE_KEY : OTHER_WRITE_KEY)));
  const { rows } = await database.owner.query('select i.workspace_id, count(*)::int as requests from inbox i group by 1 order by 1');
  expect(rows).toEqual([
    { workspace_id: 1, requests: 10 },
    { workspace_id: 2, requests: 10 },
  ]);
});

it('rings the bell for what was committed', async () => {
  server = await startServer(database);
  const position = positionOf(await send('m'));
  expect(server.rung).toEqual([`1: ${position}-${position}`]);
});

it('answers 503 and keeps nothing when the commit fails, and works again afterwards', async () => {
  server = await startServer(database);
  await send('before');
  await database.owner.query('alter table inbox rename to inbox_away');
  const failed = await sendMany(5);
  expect(failed.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
  expect(JSON.parse(failed[0]?.text ?? '').error.code).toBe('UNAVAILABLE');
  expect(failed[0]?.headers['retry-after']).toBe('1');
  await database.owner.query('alter table inbox_away rename to inbox');
  expect(await send('after')).toMatchObject({ status: 200 });
  expect(await positionsIn()).toHaveLength(2);
});

it('loses nothing that it acknowledged while its connections are cut again and again', async () => {
  server = await startServer(database);
  const acknowledged: string[] = [];
  let done = false;
  const cutting = (async () => {
    while (!done) {
      await database.owner.query(
        `select pg_terminate_backend(a.pid) from pg_stat_activity a where a.application_name = 'intake-test' and a.datname = current_database()`,
      );
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  for (let round = 0; round < 15; round++) {
    const answers = await sendMany(10);
    for (const answer of answers) expect([200, 503]).toContain(answer.status);
    acknowledged.push(...answers.filter(({ status }) => status === 200).map(positionOf));
  }
  done = true;
  await cutting;
  expect(await positionsIn()).toEqual(expect.arrayContaining(acknowledged));
  expect(server.faults).toEqual([]);
  expect(await send('afterwards')).toMatchObject({ status: 200 });
});

it('writes the neighbours of a request that the database does not take', async () => {
  server = await startServer(database);
  await send('before');
  await database.owner.query(`alter table inbox add constraint no_poison check (position('poison'::bytea in body) = 0)`);
  const answers = await Promise.all(['a', 'poison', 'b', 'c'].map((messageId) => send(messageId)));
  expect(answers.map(({ status }) => status)).toEqual([200, 503, 200, 200]);
});

it('turns a workspace away while it is behind, before its body is read, and takes it again by itself', async () => {
  server = await startServer(database, { maxMessages: 3 });
  await sendMany(4);
  await server.gate.look();
  const refused = await ask(server.port, {
    method: 'POST',
    path: '/v1/batch',
    headers: { authorization: basic(WRITE_KEY) },
    body: 'no JSON',
  });
  expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '5' } });
  expect(JSON.parse(refused.text).error.code).toBe('OVERLOADED');
  const keyInBody = JSON.stringify({ ...aTrack(), writeKey: WRITE_KEY });
  expect(await ask(server.port, { method: 'POST', path: '/v1/track', body: keyInBody })).toMatchObject({ status: 429 });
  expect(await send('other', OTHER_WRITE_KEY)).toMatchObject({ status: 200 });
  await database.owner.query('delete from inbox');
  await server.gate.look();
  expect(await send('again')).toMatchObject({ status: 200 });
});

it('finishes what is under way when it is closed', async () => {
  server = await startServer(database);
  const sending = Promise.allSettled(Array.from({ length: 10 }, (_, index) => send(`m-${index}`)));
  await new Promise((resolve) => setTimeout(resolve, 5));
  await server.app.close();
  const answers = (await sending).flatMap((sent) => (sent.status === 'fulfilled' ? [sent.value] : []));
  expect(await positionsIn()).toEqual(
    answers
      .filter(({ status }) => status === 200)
      .map(positionOf)
      .sort(byNumber),
  );
});
