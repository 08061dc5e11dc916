import { INTERACTION_KINDS } from '../../src/kernel/vocabulary';
import { byTime, type Fact } from '../../src/measures/fact';
import { TOUCH_ONLY_CODES } from '../../src/measures/factKinds';
import { loadFacts, MOST_FACTS } from '../../src/storage/statements/readFacts';
import { inWorkspace } from '../../src/storage/workspaceTransaction';
import { createWorld, RECEIVED_AT_MS, type World } from '../app/processing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const MINUTE_MS = 60_000;
const at = (minutesBefore: number) => new Date(RECEIVED_AT_MS - minutesBefore * MINUTE_MS).toISOString();
const anEvent = (who: object, event: string, minutesBefore: number, fields: object = {}) => ({
  type: 'track',
  event,
  timestamp: at(minutesBefore),
  messageId: `${event}-${minutesBefore}`,
  ...who,
  ...fields,
});

async function facts(untilMs: number | null = null): Promise<readonly Fact[][]> {
  const profiles = await world.query<{ ids: string[] }>(
    'select array_agg(identifier_id::text) as ids from identifier group by workspace_id, profile_id order by min(first_seen_at)',
  );
  return inWorkspace(world.pool, 1, 'snapshot', (client) => loadFacts(client, 1, { profiles: profiles.map(({ ids }) => ids), untilMs }));
}

it("reads the facts of many profiles at once, each profile's from all its identifiers, in order", async () => {
  const lane = world.newLane();
  await world.send([
    anEvent({ anonymousId: 'a-1' }, 'Order Completed', 50, { properties: { order_id: '2', total: 5 } }),
    anEvent({ anonymousId: 'b-1' }, 'Order Completed', 40, { properties: { order_id: '3' } }),
    anEvent({ anonymousId: 'a-1', userId: 'a' }, 'Order Completed', 60, { properties: { order_id: '1' } }),
    anEvent({ anonymousId: 'a-1' }, 'Page Seen', 45),
  ]);
  await world.drain(lane);
  const [ofA, ofB] = await facts();
  expect(ofA?.map((fact) => fact.subject?.externalId)).toEqual(['1', '2']);
  expect(ofB?.map((fact) => fact.subject)).toEqual([{ type: 'order', externalId: '3' }]);
  expect(ofA?.[1]).toMatchObject({
    kind: 'ORDER_PLACED',
    department: 'SALES',
    direction: 'INBOUND',
    sourceId: 1,
    name: 'Order Completed',
    messageId: 'Order Completed-50',
    occurredAtMs: RECEIVED_AT_MS - 50 * MINUTE_MS,
    properties: { order_id: '2', total: 5 },
  });
});

it('keeps every digit of a number and leaves out what came after the time asked for', async () => {
  const lane = world.newLane();
  await world.send([
    anEvent({ userId: 'a' }, 'Order Completed', 50, { properties: { total: 9_007_199_254_740_993n.toString(), order_id: 12 } }),
    anEvent({ userId: 'a' }, 'Order Refunded', 20, { properties: { order_id: 12 } }),
  ]);
  await world.drain(lane);
  await world.query(`update interaction set properties = '{"total":9007199254740993}' where name = 'Order Completed'`);
  const [until] = await facts(RECEIVED_AT_MS - 50 * MINUTE_MS);
  expect(until?.map((fact) => fact.properties)).toEqual([{ total: '9007199254740993' }]);
  expect(await facts(RECEIVED_AT_MS - 50 * MINUTE_MS - 1)).toEqual([[]]);
});

it('reads the newest of a profile that has more than can be told from', async () => {
  const lane = world.newLane();
  await world.send([anEvent({ anonymousId: 'x', userId: 'a' }, 'Order Completed', 1)]);
  await world.drain(lane);
  await world.query(
    `insert into interaction
     select workspace_id, gen_random_uuid(), identifier_id, occurred_at - ((n + 1) / 2) * interval '1 hour', received_at, source_id, kind, department,
       channel, direction, name, 'm' || lpad(n::text, 6, '0'), null, null, null, null
     from interaction cross join generate_series(1, ${MOST_FACTS + 10}) as n`,
  );
  const [read] = await facts();
  expect(read).toHaveLength(MOST_FACTS);
  expect(read?.[0]?.messageId).toBe(`m${String(MOST_FACTS).padStart(6, '0')}`);
  expect([...(read ?? [])].sort(byTime)).toEqual(read);
});

it('leaves out the kinds that say no more than having been there, and the index goes by the same', async () => {
  expect(TOUCH_ONLY_CODES.map((code) => INTERACTION_KINDS[code])).toEqual([
    'CUSTOM',
    'AD_SEEN',
    'PAGE_VIEWED',
    'SCREEN_VIEWED',
    'PRODUCT_VIEWED',
    'FEATURE_USED',
    'APP_OPENED',
  ]);
  const [index] = await world.query<{ definition: string }>(`select pg_get_indexdef('interaction_facts'::regclass) as definition`);
  expect(index?.definition).toContain(`<> ALL (ARRAY[${TOUCH_ONLY_CODES.join(', ')}])`);
});
