import { identifierId } from '../../../src/identity/identifierId';
import { aMessage, anIdentify, DecisionWorld, email } from '../decisions/decisionWorld';
import { everythingSaid, tablesThatSay } from './everythingSaid';

let told: DecisionWorld;
beforeAll(async () => {
  told = await DecisionWorld.start();
});
afterEach(() => {
  expect(told.api.bugs).toEqual([]);
  expect(told.api.faults).toEqual([]);
});
afterAll(() => told.stop());

const ERASE = 'mutation ($id: ID!) { eraseProfile(input: { profileId: $id }) { receiptId erased finishedAt } }';
const erase = async (id: string) => (await told.do(ERASE, { id })).eraseProfile;
const find = async (type: string, value: string) =>
  (await told.do('query ($i: IdentifierInput!) { profile(identifier: $i) { id } }', { i: { type, value } })).profile;

/** As if they came a minute from now. */
const hearLater = async (...messages: object[]) => {
  await told.world.send(messages, 1, Date.now() + 60_000);
  await told.world.drain(told.world.newLane());
};

it('erases a customer with all that was merged into them, and leaves everybody else as they were', async () => {
  const ada = [
    aMessage(1, { anonymousId: 'ada-visitor-1', event: 'Page Liked' }),
    anIdentify(2, 'ada-1', { email: 'Ada@Lovelace.example', name: 'Ada Lovelace', phone: '+4930901820' }),
    aMessage(3, {
      anonymousId: 'ada-visitor-1',
      userId: 'ada-1',
      event: 'Ticket Created',
      properties: { ticket_id: 'T-771', subject: 'Engines' },
    }),
    aMessage(4, { anonymousId: 'ada-visitor-2', ...email('countess@lovelace.example') }),
  ];
  await told.hear(...ada, anIdentify(5, 'bob-1', { email: 'bob@example.com', name: 'Bob' }), aMessage(6, { userId: 'bob-1' }));
  await told.merge([await told.idOf('user_id', 'ada-1'), await told.idOf('anonymous_id', 'ada-visitor-2')], {
    reason: 'Ada Lovelace wrote to us',
  });
  const id = await told.idOf('user_id', 'ada-1');
  const bob = await told.dump().then((dump) => dump.includes('bob@example.com'));
  expect(bob).toBe(true);

  const receipt = await erase(id);

  expect(receipt.finishedAt).not.toBeNull();
  expect(receipt.erased).toMatchObject({ profile: 3, identifier: 6, interaction: 4, touch_chunk: 4, profile_merge: 2, decision: 1 });
  const words = ['lovelace', 'ada-1', 'ada-visitor', '+4930901820', '4930901820', 'countess', 'T-771', id.slice(4)];
  expect(tablesThatSay(await everythingSaid(told.world.database.owner), words)).toEqual([]);
  expect(await find('user_id', 'ada-1')).toBeNull();
  expect(await find('email', 'bob@example.com')).not.toBeNull();
  expect((await told.do('query ($id: ID!) { profile(id: $id) { id } }', { id })).profile).toBeNull();
});

it('answers the same receipt when asked again, by whichever id the customer had', async () => {
  await told.hear(anIdentify(10, 'twice-1', { email: 'twice@example.com' }), aMessage(11, { anonymousId: 'twice-2' }));
  const [first, second] = [await told.idOf('user_id', 'twice-1'), await told.idOf('anonymous_id', 'twice-2')];
  await told.merge([first, second]);
  const receipt = await erase(first);
  expect(await erase(second)).toEqual(receipt);
  expect((await told.ask(ERASE, { id: `prf_${'0'.repeat(32)}` })).codes).toEqual(['NOT_FOUND']);
});

it('keeps replays of old messages erased, whoever sends them, and counts them on the receipt', async () => {
  const old = [anIdentify(20, 'grace-1', { email: 'grace@example.com' }), aMessage(21, { userId: 'grace-1' })];
  await told.hear(...old);
  const { receiptId } = await erase(await told.idOf('user_id', 'grace-1'));
  await told.hear(...old, aMessage(22, { userId: 'somebody', ...email('Grace@Example.com') }), aMessage(23, { userId: 'somebody' }));
  expect(await find('user_id', 'grace-1')).toBeNull();
  expect(await find('email', 'grace@example.com')).toBeNull();
  expect(await find('user_id', 'somebody')).not.toBeNull();
  const { erasure } = await told.do('query ($id: ID!) { erasure(receiptId: $id) { replays requestedBy erased } }', { id: receiptId });
  expect(erasure).toMatchObject({ replays: '3', requestedBy: 'Ada of support' });
});

it('lets a customer come back with what happens after the erasure, with nothing of before', async () => {
  await told.hear(anIdentify(30, 'back-1', { email: 'back@example.com', plan: 'gold' }), aMessage(31, { userId: 'back-1' }));
  const before = await told.idOf('user_id', 'back-1');
  await erase(before);
  const timestamp = new Date(Date.now() + 60_000).toISOString();
  await hearLater(aMessage(32, { userId: 'back-1', timestamp }), anIdentify(33, 'back-1', { email: 'back@example.com' }));
  const after = await told.idOf('user_id', 'back-1');
  expect(after).not.toBe(before);
  const { profile } = await told.do('query ($id: ID!) { profile(id: $id) { traits timeline { totalCount } } }', { id: after });
  expect(profile).toEqual({ traits: {}, timeline: { totalCount: 1 } });
});

it('takes traces of the customer out of what is others’ and stays', async () => {
  await told.hear(
    anIdentify(40, 'left-1', { email: 'left@example.com' }),
    aMessage(41, { userId: 'left-1', anonymousId: 'shared-tablet' }),
    aMessage(42, { anonymousId: 'right-1', ...email('right@example.com') }),
  );
  const [left, right] = [await told.idOf('user_id', 'left-1'), await told.idOf('anonymous_id', 'right-1')];
  const { mergeIds } = await told.merge([left, right]);
  await told.undo(mergeIds[0] as string);
  await told.split(await told.idOf('user_id', 'left-1'), { type: 'anonymous_id', value: 'shared-tablet' });
  await erase(await told.idOf('user_id', 'left-1'));
  const said = await everythingSaid(told.world.database.owner);
  const ids = ['user_id', 'email'].map((type, index) => String(identifierId(type, ['left-1', 'left@example.com'][index] as string)));
  expect(tablesThatSay(said, ['left-1', 'left@example.com', ...ids, left.slice(4)])).toEqual([]);
  expect(await find('anonymous_id', 'right-1')).not.toBeNull();
  expect(await find('anonymous_id', 'shared-tablet')).not.toBeNull();
});

it('keeps the very message erased that says no time, such as a row of a file that is imported again', async () => {
  const row = { type: 'identify', messageId: 'row-1', userId: 'timeless-1', traits: { email: 'timeless@example.com' } };
  await told.hear(row);
  await erase(await told.idOf('user_id', 'timeless-1'));
  await hearLater(row);
  expect(await find('user_id', 'timeless-1')).toBeNull();
  await hearLater({ ...row, messageId: 'row-2' });
  expect(await find('user_id', 'timeless-1')).not.toBeNull();
});

it('keeps no dead letter of what is refused and was erased', async () => {
  await told.hear(anIdentify(70, 'dead-1', { email: 'dead@example.com' }));
  await erase(await told.idOf('user_id', 'dead-1'));
  const letters = async () => (await told.world.query('select message from dead_letter')).length;
  const before = await letters();
  const refused = { type: 'track', messageId: 'x'.repeat(200), timestamp: '2026-03-01T00:00:00Z', userId: 'dead-1', event: 'Lost' };
  await told.hear(refused, { ...refused, userId: 'other', properties: { friend: 'Dead@Example.com' } }, { ...refused, userId: 'kept' });
  expect(await letters()).toBe(before + 1);
});
