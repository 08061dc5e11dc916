import { aTrack, createWorld, type World } from './world';

// Thousands of messages first: seconds on an idle machine, longer beside other suites.
jest.setTimeout(120_000);

/** More links than are read of one identifier, more users than a hub may have. */
const SIZE = 4_000;
const BATCH = 500;

const kinds = {
  plain: (n: number) => ({
    userId: `plain-${n}`,
    anonymousId: `anonymous-${n}`,
    context: {
      traits: { email: `plain-${n}@example.com` },
      externalIds: Array.from({ length: 7 }, (_, k) => ({ id: `${n}-${k}`, type: `system_${k}`, collection: 'users' })),
    },
  }),
  hub: (n: number) => ({ userId: `staff-${n}`, context: { traits: { email: 'info@example.com' } } }),
  giant: (n: number) => ({ userId: 'giant', anonymousId: `device-${n}` }),
};

let world: World;
beforeAll(async () => {
  world = await createWorld();
  for (const kind of ['hub', 'giant'] as const) await send(kind, 0, SIZE);
  await world.drain(world.newLane());
});
afterAll(() => world.close());

async function send(kind: keyof typeof kinds, from: number, count: number): Promise<void> {
  for (let at = from; at < from + count; at += BATCH) {
    await world.send(Array.from({ length: BATCH }, (_, n) => aTrack({ messageId: `${kind}-${at + n}`, ...kinds[kind](at + n) })));
  }
}

/** Statements that one batch of a worker that has just started costs, and the rows that they read and write. */
async function costOf(kind: keyof typeof kinds, from: number): Promise<{ statements: number; rows: number }> {
  await send(kind, from, BATCH);
  const before = { statements: world.sent(), rows: world.rowsTouched() };
  await world.drain(world.newLane());
  return { statements: world.sent() - before.statements, rows: world.rowsTouched() - before.rows };
}

it('costs a batch at a hub, and one at a giant, no more rows than ten identifiers a message, and no more than a few statements', async () => {
  await send('plain', 0, BATCH);
  await world.drain(world.newLane());
  // The same ten identifiers and the 45 links between them are read again.
  await world.send(Array.from({ length: BATCH }, (_, n) => aTrack({ messageId: `again-${n}`, ...kinds.plain(n) })));
  const before = { statements: world.sent(), rows: world.rowsTouched() };
  await world.drain(world.newLane());
  const plain = { statements: world.sent() - before.statements, rows: world.rowsTouched() - before.rows };
  for (const kind of ['hub', 'giant'] as const) {
    const cost = await costOf(kind, SIZE);
    expect(cost.rows).toBeLessThan(plain.rows);
    expect(cost.statements).toBeLessThanOrEqual(plain.statements + 10);
  }
});

it('costs a batch at a hub, and one at a giant, the same when it has grown by as much again', async () => {
  const first = { hub: await costOf('hub', 2 * SIZE), giant: await costOf('giant', 2 * SIZE) };
  for (const kind of ['hub', 'giant'] as const) await send(kind, 3 * SIZE, SIZE);
  await world.drain(world.newLane());
  for (const kind of ['hub', 'giant'] as const) {
    const { statements, rows } = await costOf(kind, 5 * SIZE);
    expect(statements).toBeLessThanOrEqual(first[kind].statements + 2);
    expect(rows).toBeLessThanOrEqual(first[kind].rows * 1.1);
  }
});

it('keeps the giant one profile within its limit, and lets the hub join nobody', async () => {
  const groups = await world.partition();
  expect(groups.find((group) => group.includes('user_id:giant'))).toHaveLength(101);
  expect(groups.find((group) => group.includes('email:info@example.com'))).toEqual(['email:info@example.com']);
});
