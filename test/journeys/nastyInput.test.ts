import { gzipSync } from 'node:zlib';
import { basic, System } from './system';

jest.setTimeout(150_000);

let system: System;
let other: { readonly writeKey: string };
beforeAll(async () => {
  system = await System.start();
  other = await system.addWorkspace('other');
});
afterAll(() => system.stop());

interface Customer {
  readonly traits: Record<string, unknown>;
  readonly identifiers: readonly { type: string; value: string }[];
  readonly timeline: readonly {
    messageId: string;
    name: string;
    summary: string;
    occurredAt: string;
    properties: Record<string, unknown>;
  }[];
}
const CUSTOMER = `query ($type: String!, $value: String!) { profile(identifier: { type: $type, value: $value }) {
  traits identifiers { type value } timeline(first: 100) { nodes { messageId name summary occurredAt properties } }
} }`;
async function customer(value: string, type = 'user_id'): Promise<Customer | null> {
  const { data, codes } = await system.graphql(CUSTOMER, { type, value });
  expect(codes).toEqual([]);
  return data.profile && { ...data.profile, timeline: data.profile.timeline.nodes };
}
const eventsOf = async (userId: string) => (await customer(userId))?.timeline.map(({ name }) => name).sort() ?? [];

interface DeadLetter {
  readonly code: string;
  readonly reason: string;
  readonly message: Record<string, unknown>;
}
async function deadLetters(): Promise<readonly DeadLetter[]> {
  const { data, codes } = await system.graphql('{ deadLetters(first: 100) { nodes { code reason message } } }');
  expect(codes).toEqual([]);
  return data.deadLetters.nodes;
}
const letterOf = async (messageId: string) => (await deadLetters()).filter(({ message }) => message['messageId'] === messageId);

const aTrack = (fields: object = {}) => ({ type: 'track', userId: 'witness', event: 'Visited', ...fields });
/** JSON text of a message with one property written as it is. */
const aTextTrack = (userId: string, properties: string) => `{"type":"track","userId":"${userId}","event":"Odd","properties":${properties}}`;

describe('a request that cannot be read', () => {
  const good = Buffer.from(JSON.stringify({ batch: [aTrack({ userId: 'unread' })] }));
  const gzip = { 'content-encoding': 'gzip' };
  it.each<[string, Buffer, Record<string, string>, number, string]>([
    ['is truncated gzip', gzipSync(good).subarray(0, -12), gzip, 400, 'BODY_ENCODING'],
    ['says gzip and is none', good, gzip, 400, 'BODY_ENCODING'],
    ['is a gzip bomb', gzipSync(Buffer.alloc(300 * 2 ** 20, 0x20), { level: 9 }), gzip, 400, 'BODY_TOO_LARGE'],
    ['is invalid UTF-8', Buffer.concat([good.subarray(0, -4), Buffer.from([0xc3, 0x28]), good.subarray(-4)]), {}, 400, 'BODY_ENCODING'],
    ['stops midway', good.subarray(0, -1), {}, 400, 'BODY_NOT_JSON'],
    ['has an unknown key', good, { authorization: basic('tl_write_unknown') }, 401, 'UNAUTHENTICATED'],
    ['has an API key', good, { authorization: 'Bearer tl_api_journey' }, 403, 'FORBIDDEN'],
  ])(
    'because it %s is refused whole, leaves nothing behind, and does not keep the next one out',
    async (_why, body, headers, status, code) => {
      expect(await system.post('/v1/batch', body, headers)).toMatchObject({ status, body: { success: false, error: { code } } });
      const event = `After ${code} ${body.length}`;
      await system.take([aTrack({ event })]);
      expect(await eventsOf('witness')).toContain(event);
      expect(await customer('unread')).toBeNull();
    },
  );
});

it('keeps a message of 200 levels as a dead letter with all its levels, and takes the rest of its batch', async () => {
  const deep = aTextTrack('deep', `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`).replace('{', '{"messageId":"deep-1",');
  const answer = await system.post('/v1/batch', `{"batch":[${JSON.stringify(aTrack({ userId: 'deep', event: 'Neighbour' }))},${deep}]}`);
  expect(answer).toMatchObject({ status: 200, body: { success: true, rejected: [{ index: 1, code: 'MESSAGE_TOO_DEEP' }] } });
  await system.settled();
  expect(await eventsOf('deep')).toEqual(['Neighbour']);
  const [letter] = await letterOf('deep-1');
  expect(letter?.code).toBe('MESSAGE_TOO_DEEP');
  expect(JSON.stringify(letter?.message).match(/"a":/g)).toHaveLength(200);
});

it('stores NUL characters and lone halves of surrogate pairs as U+FFFD, in values, names, keys and ids', async () => {
  const odd = String.raw`{"type":"identify","messageId":"nul\u0000id","userId":"nul\u0000user","traits":{"k\u0000ey":"a\u0000b","half":"x\ud800y","fine":"\ud83d\ude00"}}`;
  const track = String.raw`{"type":"track","userId":"nul\u0000user","event":"Sawn\udc00 off\u0000","properties":{"deep":[{"\ud83d":"\u0000"}]}}`;
  expect(await system.post('/v1/batch', `{"batch":[${odd},${track}]}`)).toMatchObject({ status: 200, body: { success: true } });
  await system.settled();
  const found = await customer('nul\ufffduser');
  expect(found?.traits).toEqual({ 'k\ufffdey': 'a\ufffdb', half: 'x\ufffdy', fine: '😀' });
  expect(found?.timeline.map(({ name, messageId }) => [name, messageId])).toEqual(
    expect.arrayContaining([
      ['Sawn\ufffd off\ufffd', expect.any(String)],
      [expect.any(String), 'nul\ufffdid'],
    ]),
  );
  expect(found?.timeline.find(({ name }) => name.startsWith('Sawn'))?.properties).toEqual({ deep: [{ '\ufffd': '\ufffd' }] });
});

describe('a timestamp', () => {
  it.each([
    ['in the year 9999', '9999-12-31T23:59:59.999Z'],
    ['that is a word', 'yesterday'],
    ['on the 30th of February', '2026-02-30T00:00:00Z'],
    ['before 1970', '1969-12-31T23:59:59.999Z'],
    ['that is an object', { $date: 1 }],
    ['beyond every calendar', 1e300],
  ])('%s makes a dead letter of its message, and of no other', async (what, timestamp) => {
    const messageId = `time ${what}`;
    const userId = `user of ${messageId}`;
    const answer = await system.post('/v1/batch', {
      batch: [aTrack({ messageId, userId, timestamp }), aTrack({ userId, event: 'Neighbour' })],
    });
    expect(answer).toMatchObject({ status: 200, body: { success: true, rejected: [{ index: 0, code: 'TIMESTAMP_INVALID' }] } });
    await system.settled();
    expect(await letterOf(messageId)).toMatchObject([{ code: 'TIMESTAMP_INVALID', message: { timestamp } }]);
    expect(await eventsOf(userId)).toEqual(['Neighbour']);
  });

  it.each([
    ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01T12:00:00.123456+02:00', '2026-03-01T10:00:00.123Z'],
    [1_772_366_400, '2026-03-01T12:00:00.000Z'],
    [1_772_366_400_000, '2026-03-01T12:00:00.000Z'],
  ])('%j is where its message stands on the timeline', async (timestamp, occurredAt) => {
    const userId = `at ${timestamp}`;
    await system.take([aTrack({ userId, timestamp })]);
    expect((await customer(userId))?.timeline.map((entry) => entry.occurredAt)).toEqual([occurredAt]);
  });
});

it('keeps every digit of ids and numbers beyond 2^53, on the profile and on the timeline', async () => {
  const identify = `{"type":"identify","userId":9007199254740993,"traits":{"crm_id":9007199254740993,"phone":14155550123,"tiny":0.1}}`;
  const track = `{"type":"track","userId":9007199254740993,"event":"Order Completed","properties":{"order_id":12345678901234567890,"list":[9007199254740993,1e999]}}`;
  expect((await system.post('/v1/batch', `{"batch":[${identify},${track}]}`)).status).toBe(200);
  await system.settled();
  const found = await customer('9007199254740993');
  expect(found?.identifiers).toEqual(
    expect.arrayContaining([
      { type: 'user_id', value: '9007199254740993' },
      { type: 'phone', value: '+14155550123' },
    ]),
  );
  expect(found?.traits).toEqual({ crm_id: '9007199254740993', phone: 14155550123, tiny: 0.1 });
  const order = found?.timeline.find(({ name }) => name === 'Order Completed');
  expect(order?.properties).toEqual({ order_id: '12345678901234567890', list: ['9007199254740993', '1e999'] });
  expect(order?.summary).toContain('12345678901234567890');
  expect(await customer('9007199254740992')).toBeNull();
});

it('takes __proto__, constructor and toString for the names they are', async () => {
  const identify = `{"type":"identify","userId":"proto","traits":{"__proto__":{"admin":true},"constructor":"c","toString":"t","plan":"free"}}`;
  const track = `{"__proto__":{"userId":"evil"},"type":"track","userId":"proto","event":"__proto__","properties":{"__proto__":1,"hasOwnProperty":2}}`;
  const group = `{"type":"group","userId":"proto","groupId":"__proto__","traits":{"__proto__":"x"}}`;
  expect((await system.post('/v1/batch', `{"batch":[${identify},${track},${group}]}`)).status).toBe(200);
  await system.settled();
  const found = await customer('proto');
  expect(JSON.stringify(found?.traits)).toBe(
    JSON.stringify(JSON.parse('{"__proto__":{"admin":true},"constructor":"c","plan":"free","toString":"t"}')),
  );
  const event = found?.timeline.find(({ name }) => name === '__proto__');
  expect(Object.entries(event?.properties ?? {})).toEqual([
    ['__proto__', 1],
    ['hasOwnProperty', 2],
  ]);
  const { data } = await system.graphql(
    '{ account(externalId: "__proto__") { traits } profile(identifier: { type: "user_id", value: "proto" }) { trait(key: "__proto__") { value } } }',
  );
  expect(Object.entries(data.account.traits)).toEqual([['__proto__', 'x']]);
  expect(data.profile.trait).toEqual({ value: { admin: true } });
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
});

it('takes 2,490 of a batch of 2,500, refuses the ten bad ones by name, and keeps those', async () => {
  const bad: Record<number, [object | number, string]> = {
    0: [17, 'MESSAGE_NOT_AN_OBJECT'],
    250: [{ type: 'track', event: 'E' }, 'MESSAGE_WITHOUT_ID'],
    500: [aTrack({ type: 'dance' }), 'MESSAGE_TYPE_UNKNOWN'],
    750: [aTrack({ timestamp: 'soon' }), 'TIMESTAMP_INVALID'],
    1000: [aTrack({ messageId: 'x'.repeat(101) }), 'MESSAGE_ID_TOO_LONG'],
    1250: [aTrack({ properties: { text: 'x'.repeat(40_000) } }), 'MESSAGE_TOO_LARGE'],
    1500: [aTrack({ event: undefined }), 'MESSAGE_FIELD_MISSING'],
    1750: [aTrack({ userId: { id: 1 } }), 'MESSAGE_FIELD_INVALID'],
    2000: [aTrack({ type: 'alias' }), 'MESSAGE_FIELD_MISSING'],
    2499: [aTrack({ properties: [1] }), 'MESSAGE_FIELD_INVALID'],
  };
  const lettersBefore = (await deadLetters()).length;
  const batch = Array.from({ length: 2500 }, (_, index) => bad[index]?.[0] ?? aTrack({ userId: 'many', messageId: `many-${index}` }));
  const answer = await system.post('/v1/batch', { batch });
  const codes = Object.entries(bad).map(([index, [, code]]) => ({ index: Number(index), code, reason: expect.any(String) }));
  expect(answer).toEqual({ status: 200, body: { success: true, position: expect.any(String), rejected: codes } });
  await system.settled();
  const { data } = await system.graphql('{ profile(identifier: { type: "user_id", value: "many" }) { timeline { totalCount } } }');
  expect(data.profile.timeline.totalCount).toBe(2490);
  const letters = await deadLetters();
  // One each: what the door refused is not refused once more by the worker.
  expect(letters).toHaveLength(lettersBefore + 10);
  expect(letters.map(({ code }) => code)).toEqual(expect.arrayContaining(codes.map(({ code }) => code)));
});

it('makes a dead letter of a message all of whose identifiers mean nobody', async () => {
  const ids = ['null', 'undefined', '00000000-0000-0000-0000-000000000000', '-1', 'anonymous', '[object Object]', 'N/A'];
  await system.take([...ids.map((userId, index) => aTrack({ userId, messageId: `nobody-${index}` })), aTrack({ userId: 'somebody' })]);
  for (const [index, userId] of ids.entries()) {
    expect(await letterOf(`nobody-${index}`)).toMatchObject([{ code: 'IDENTIFIERS_BLOCKED', message: { userId } }]);
    expect(await customer(userId)).toBeNull();
  }
  expect(await eventsOf('somebody')).toEqual(['Visited']);
});

it('keeps two workspaces’ customers of the same id apart, also in one moment', async () => {
  await Promise.all([
    system.accept([aTrack({ userId: 'same', event: 'Mine' })]),
    system.accept([aTrack({ userId: 'same', event: 'Theirs' })], other.writeKey),
  ]);
  await system.settled();
  expect(await eventsOf('same')).toEqual(['Mine']);
});
