import { Retaining } from '../../../src/app/privacy/retaining';
import { TouchUpkeep } from '../../../src/app/touches/touchUpkeep';
import { aMessage, anIdentify, DecisionWorld, email } from '../decisions/decisionWorld';
import { everythingSaid, tablesThatSay } from './everythingSaid';

const DAY_MS = 86_400_000;
/** The messages happen on 1 March 2026. */
const MARCH_MS = Date.UTC(2026, 2, 1);

let told: DecisionWorld;
beforeAll(async () => {
  told = await DecisionWorld.start();
});
afterAll(() => told.stop());

const SET = 'mutation ($settings: JSONObject!) { setPrivacySettings(input: { settings: $settings }) { privacySettings { settings } } }';

/** One round, as of so many days after the messages. */
async function retain(daysAfter: number): Promise<void> {
  const retaining = new Retaining({ pool: told.world.pool, clock: () => MARCH_MS + daysAfter * DAY_MS, stepEntries: 3 });
  while (!(await retaining.step(1)));
}

const timeline = async (type: string, value: string) =>
  (
    await told.do('query ($i: IdentifierInput!) { profile(identifier: $i) { traits timeline(first: 50) { totalCount nodes { kind } } } }', {
      i: { type, value },
    })
  ).profile;
const viewed = (minute: number, who: object) => aMessage(minute, { type: 'page', name: 'Secret Page', ...who });

it('takes out interactions of a kind once they are as old as the workspace says, and nothing else', async () => {
  const ada = { userId: 'ada-1' };
  await told.hear(
    anIdentify(1, 'ada-1', { email: 'ada@example.com', plan: 'pro' }),
    ...Array.from({ length: 10 }, (_, at) => viewed(at, ada)),
  );
  await told.hear(
    viewed(3, { anonymousId: 'bob', ...email('bob@example.com') }),
    aMessage(4, { ...ada, event: 'Order Completed', properties: { order_id: 'o1' } }),
  );
  await told.do(SET, { settings: { retentionDays: { PAGE_VIEWED: 30, EMAIL_SENT: 10 } } });
  await retain(29);
  expect((await timeline('user_id', 'ada-1')).timeline.totalCount).toBe(12);
  await retain(31);
  const left = await timeline('user_id', 'ada-1');
  expect(left).toMatchObject({
    traits: { plan: 'pro' },
    timeline: { totalCount: 2, nodes: [{ kind: 'ORDER_PLACED' }, { kind: 'IDENTIFIED' }] },
  });
  expect((await timeline('email', 'bob@example.com')).timeline).toEqual({ totalCount: 0, nodes: [] });
  expect(tablesThatSay(await everythingSaid(told.world.database.owner), ['Secret Page'])).toEqual([]);
});

it('has those who lost something measured and judged anew, once', async () => {
  const due = await told.world.query<{ count: number }>('select count(*)::int as count from experience_due');
  expect(due).toEqual([{ count: 2 }]);
  const notes = await told.world.query<{ due: number }>(
    `select cardinality(due_ids) as due from change_note where profile_ids = '{}' and due_ids <> '{}'`,
  );
  expect(notes.length).toBeGreaterThan(0);
});

it('goes on where chunks are put together meanwhile, and with what comes late', async () => {
  await told.hear(...Array.from({ length: 40 }, (_, at) => viewed(at, { anonymousId: `visitor-${at}` })));
  for (let at = 0; at < 20; at++) await told.hear(viewed(at, { anonymousId: `visitor-${at}` }));
  const retaining = new Retaining({ pool: told.world.pool, clock: () => MARCH_MS + 40 * DAY_MS, stepEntries: 3 });
  const upkeep = new TouchUpkeep({ pool: told.world.pool, clock: Date.now });
  const [done] = await Promise.all([
    (async () => {
      for (let left = 200; left > 0 && !(await retaining.step(1)); left--);
    })(),
    (async () => {
      for (let left = 5; left > 0; left--) await upkeep.step(1);
    })(),
  ]);
  expect(done).toBeUndefined();
  await retain(40);
  const [count] = await told.world.query<{ counted: number; touches: number }>(
    `select (select sum(interactions)::int from identifier) as counted,
       (select sum(touches)::int from touch_chunk) as touches, (select count(*)::int from interaction) as all`,
  );
  expect(count).toMatchObject({ counted: 2, touches: 2, all: 2 });
});

it('forgets dead letters after the days that the workspace says', async () => {
  await told.hear(aMessage(50, { userId: 'guest', event: 'Lost' }));
  const letters = async () => (await told.world.query('select 1 from dead_letter')).length;
  expect(await letters()).toBe(1);
  await told.do(SET, { settings: { deadLetterDays: 7 } });
  await retain(0);
  expect(await letters()).toBe(1);
  await retain((Date.now() - MARCH_MS) / DAY_MS + 8);
  expect(await letters()).toBe(0);
});

it.each([
  ['an unknown kind', { retentionDays: { NOTHING: 1 } }],
  ['days that are none', { retentionDays: { PAGE_VIEWED: 0.5 } }],
  ['more days than there are', { deadLetterDays: 1e9 }],
  ['an unknown member', { keep: 1 }],
  ['no truth value', { erasedMayReturn: 'no' }],
])('refuses settings with %s', async (_what, settings) => {
  expect((await told.ask(SET, { settings })).codes).toEqual(['INVALID_INPUT']);
});

it('answers the settings that are in force', async () => {
  const { privacySettings } = await told.do('{ privacySettings { settings } }');
  expect(privacySettings.settings).toEqual({ retentionDays: {}, deadLetterDays: 7, erasedMayReturn: true });
});

it('lets nobody come back who was erased, where the workspace says so', async () => {
  await told.hear(anIdentify(60, 'never-1', { email: 'never@example.com' }));
  await told.do('mutation ($id: ID!) { eraseProfile(input: { profileId: $id }) { receiptId } }', {
    id: await told.idOf('user_id', 'never-1'),
  });
  await told.do(SET, { settings: { erasedMayReturn: false } });
  const timestamp = new Date(Date.now() + 60_000).toISOString();
  await told.world.send([{ ...aMessage(61, { userId: 'never-1' }), timestamp }], 1, Date.now() + 60_000);
  await told.world.drain(told.world.newLane());
  expect(tablesThatSay(await everythingSaid(told.world.database.owner), ['never-1'])).toEqual([]);
});
