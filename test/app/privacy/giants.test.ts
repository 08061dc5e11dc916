import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { Erasing } from '../../../src/app/privacy/erasing';
import { ErasureLoop } from '../../../src/app/privacy/erasureLoop';
import { withLaneConnections } from '../../../src/app/processing/laneConnections';
import { newUuidV7 } from '../../../src/kernel/uuid';
import { aMessage, DecisionWorld, email } from '../decisions/decisionWorld';
import { everythingSaid, tablesThatSay } from './everythingSaid';

jest.setTimeout(120_000);

let told: DecisionWorld;
beforeEach(async () => {
  told = await DecisionWorld.start();
});
afterEach(() => told.stop());

const AUTHOR = { actor: 'test', atMs: Date.now(), auditId: randomUUID() };
const options = () => ({ pool: told.world.pool, clock: Date.now, newId: () => newUuidV7(Date.now()), stepRows: 7 });
const uuidOf = (id: string) => id.slice(4).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const giant = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aMessage(index, { anonymousId: `giant-${index % 40}`, ...email('giant@example.com'), event: index % 2 ? 'Liked' : 'Seen' }),
  );

/** Of its statements after the first so many none is sent any more. */
function dyingAfter(pool: Pool, statements: number): Pool {
  const connect = async () => {
    const client = await pool.connect();
    let sent = 0;
    const query = (...args: unknown[]) => {
      if (++sent > statements && args[0] !== 'rollback') return Promise.reject(new Error('The process is dead.'));
      return (client.query as (...all: unknown[]) => unknown)(...args);
    };
    return { query, release: (broken?: boolean) => client.release(broken) };
  };
  return { connect } as unknown as Pool;
}

async function begun(): Promise<string> {
  await told.hear(...giant(100), aMessage(1, { anonymousId: 'other', ...email('other@example.com') }));
  return (await new Erasing(options()).begin(1, uuidOf(await told.idOf('email', 'giant@example.com')), AUTHOR)) as string;
}

it('goes on where it was, whatever step it died in, and comes to the same', async () => {
  const erasureId = await begun();
  let steps = 0;
  // Each step by a process of its own, after another one that died after some of its statements.
  for (let progress = ''; progress !== 'DONE'; steps++) {
    const dying = new Erasing({ ...options(), pool: dyingAfter(told.world.pool, 3 + ((steps * 7) % 40)) });
    progress = await dying.step(1, erasureId).catch(() => new Erasing(options()).step(1, erasureId));
  }
  expect(steps).toBeGreaterThan(10);
  const [receipt] = await told.world.query<{ erased: Record<string, number> }>('select erased from erasure');
  expect(receipt?.erased).toMatchObject({ interaction: 100, identifier: 41, profile: expect.any(Number), touch_chunk: 100 });
  expect(tablesThatSay(await everythingSaid(told.world.database.owner), ['giant'])).toEqual([]);
  expect(await told.idOf('email', 'other@example.com')).toMatch(/^prf_/);
  expect(await new Erasing(options()).step(1, erasureId)).toBe('DONE');
});

it('is carried on by workers, several at once, while messages of the customer and of others go on coming', async () => {
  const erasureId = await begun();
  const lane = told.world.newLane();
  const loops = [1, 2, 3].map(() => new ErasureLoop(options()));
  for (let round = 0; round < 200; round++) {
    await told.world.send([aMessage(round, { anonymousId: `giant-${round % 40}` }), aMessage(round, { anonymousId: `new-${round}` })]);
    await Promise.all([
      withLaneConnections(told.world.pool, 1, (lent) => lane.drain(lent, 2n ** 62n, () => false)),
      ...loops.map((loop) => loop.run()),
    ]);
    const [row] = await told.world.query<{ phase: string }>('select phase from erasure where erasure_id = $1', [erasureId]);
    if (row?.phase === 'DONE') break;
  }
  expect(await told.world.query('select phase from erasure')).toEqual([{ phase: 'DONE' }]);
  expect(tablesThatSay(await everythingSaid(told.world.database.owner), ['giant'])).toEqual([]);
  const [count] = await told.world.query<{ news: number; sum: number; owned: number }>(
    `select (select count(*)::int from identifier where value like 'new-%') as news, (select sum(interactions)::int from identifier) as sum,
       (select count(*)::int from interaction) as owned`,
  );
  expect(count?.sum).toBe(count?.owned);
  expect(count?.news).toBeGreaterThan(0);
});

it('erases whom a message joins to the customer while the erasure is under way, since they are one customer then', async () => {
  const erasureId = await begun();
  await new Erasing(options()).step(1, erasureId);
  await told.hear(aMessage(500, { anonymousId: 'joined-later', ...email('giant@example.com') }));
  while ((await new Erasing(options()).step(1, erasureId)) !== 'DONE');
  expect(tablesThatSay(await everythingSaid(told.world.database.owner), ['giant', 'joined-later'])).toEqual([]);
});
