import { CreateTouchChunks1795500300000 } from '../../migrations/1795500300000-CreateTouchChunks';
import { TouchUpkeep } from '../../src/app/touches/touchUpkeep';
import type { Touch } from '../../src/measures/touches/touch';
import { decodeMessageIds, decodeTouchColumns, touchesOf } from '../../src/measures/touches/touchColumns';
import { insertTouches } from '../../src/storage/statements/insertTouchChunk';
import { aTrack, createWorld, type World } from '../app/processing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

interface StoredChunk {
  readonly level: number;
  readonly touches: number;
  readonly first_at: Date;
  readonly last_at: Date;
  readonly columns: Buffer;
  readonly message_ids: Buffer;
}

const chunks = () => world.query<StoredChunk>('select * from touch_chunk order by chunk_id');
const read = (chunk: StoredChunk): Touch[] => touchesOf(decodeTouchColumns(chunk.columns), decodeMessageIds(chunk.message_ids));
const messageIds = async () => (await chunks()).flatMap((chunk) => decodeMessageIds(chunk.message_ids)).sort();
const upkeep = (pageInteractions?: number) =>
  new TouchUpkeep({ pool: world.pool, clock: Date.now, ...(pageInteractions !== undefined && { pageInteractions }) });
const named = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(3, '0')}`);

async function sendOneByOne(ids: readonly string[]): Promise<void> {
  const lane = world.newLane({ batchMessages: 1 });
  for (const messageId of ids) await world.send([aTrack({ messageId, userId: 'ada' })]);
  await world.drain(lane);
}

it('has one chunk a batch, with the touches of its interactions', async () => {
  const order = { event: 'Order Completed', properties: { order_id: '1' } };
  await world.send([aTrack({ messageId: 'later', userId: 'ada', at: 5 }), aTrack({ messageId: 'earlier', userId: 'ada', ...order })]);
  await world.drain(world.newLane());
  const [chunk, ...others] = await chunks();
  expect(others).toEqual([]);
  const [interaction] = await world.query<{ identifier_id: string; occurred_at: Date }>(
    `select identifier_id, occurred_at from interaction where message_id = 'earlier'`,
  );
  expect(read(chunk!).map(({ messageId }) => messageId)).toEqual(['earlier', 'later']);
  expect(read(chunk!)[0]).toEqual({
    identifierId: BigInt(interaction!.identifier_id),
    occurredAtMs: interaction!.occurred_at.getTime(),
    messageId: 'earlier',
    kind: 'ORDER_PLACED',
    department: 'SALES',
    channel: 'API',
    direction: 'INBOUND',
    name: 'Order Completed',
    sentiment: null,
  });
  expect(chunk).toMatchObject({ level: 0, touches: 2, first_at: interaction!.occurred_at });
});

it('takes a message that comes twice into a chunk once', async () => {
  await world.send([aTrack({ messageId: 'm1', userId: 'ada' }), aTrack({ messageId: 'm1', userId: 'ada' })]);
  await world.send([aTrack({ messageId: 'm1', userId: 'ada' })]);
  await world.drain(world.newLane({ batchMessages: 1 }));
  expect(await messageIds()).toEqual(['m1']);
});

it('carries the sentiment of an interaction where it was judged', () => {
  const interaction = { occurredAtMs: 0, receivedAtMs: 0, sourceId: 1, messageId: 'm', interactionId: '', properties: null, context: null };
  const facts = {
    kind: 'FEEDBACK_GIVEN',
    department: 'SUPPORT',
    channel: 'WEB',
    direction: 'INBOUND',
    name: 'Said',
    subject: null,
  } as const;
  const { values } = insertTouches(1, [{ ...interaction, facts, sentiment: -0.5 }], [7n]);
  expect([...decodeTouchColumns(values[5] as Buffer).sentiments]).toEqual([-50]);
});

it('merges chunks once many of one size have piled up, and keeps every touch', async () => {
  const ids = named('m', 17);
  await sendOneByOne(ids);
  expect(await chunks()).toHaveLength(17);
  expect(await upkeep().step(1)).toBe(false);
  expect(await upkeep().step(1)).toBe(true);
  expect((await chunks()).map(({ level, touches }) => [level, touches])).toEqual([[1, 17]]);
  expect(await messageIds()).toEqual(ids);
});

it('leaves a few chunks as they are', async () => {
  await sendOneByOne(named('m', 15));
  expect(await upkeep().step(1)).toBe(true);
  expect(await chunks()).toHaveLength(15);
});

it('keeps every touch once where two workers merge at the same time', async () => {
  const ids = named('m', 20);
  await sendOneByOne(ids);
  await Promise.all([upkeep().step(1), upkeep().step(1)]);
  expect(await messageIds()).toEqual(ids);
});

it('finds by itself which workspaces have something to merge', async () => {
  await sendOneByOne(named('m', 16));
  await upkeep().run();
  expect(await chunks()).toHaveLength(1);
});

it('leaves chunks alone while messages wait', async () => {
  await sendOneByOne(named('m', 16));
  await world.send([aTrack({ messageId: 'waiting', userId: 'ada' })]);
  await upkeep().run();
  expect(await chunks()).toHaveLength(16);
});

describe('with interactions from before there were chunks', () => {
  beforeEach(async () => {
    await world.send(named('old', 7).map((messageId) => aTrack({ messageId, userId: 'ada' })));
    await world.drain(world.newLane());
    const migration = new CreateTouchChunks1795500300000();
    const runner = { query: (text: string) => world.database.owner.query(text) } as never;
    await migration.down(runner);
    await migration.up(runner);
    await world.send(named('new', 3).map((messageId) => aTrack({ messageId, userId: 'ada' })));
    await world.drain(world.newLane());
  });

  it('puts them into chunks page by page, and those that are there already not again', async () => {
    const working = upkeep(2);
    let steps = 0;
    while (!(await working.step(1))) steps++;
    expect(steps).toBe(6);
    expect(await messageIds()).toEqual([...named('new', 3), ...named('old', 7)]);
    expect(await world.query('select is_finished from touch_backfill')).toEqual([{ is_finished: true }]);
  });

  it('goes on where another worker stopped', async () => {
    await upkeep(4).step(1);
    await upkeep().run();
    expect(await messageIds()).toEqual([...named('new', 3), ...named('old', 7)]);
  });

  it('puts nothing into chunks twice where two workers are at it', async () => {
    await Promise.all([upkeep().step(1), upkeep().step(1)]);
    await upkeep().run();
    expect(await messageIds()).toEqual([...named('new', 3), ...named('old', 7)]);
  });
});
