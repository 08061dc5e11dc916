import type { Message } from '../../src/intake/message';
import { readMessages } from '../../src/intake/readMessages';
import { aDeepTrack, anEntry, anIdentify, aTrack, NOW_MS, type Raw } from './builders';

/** What becomes of one message sent on its own. */
function read(message: unknown, batch: Raw = {}): { message: Message | undefined; code: string | undefined; reason: string | undefined } {
  const { messages, refused } = readMessages(anEntry({ batch: [message], ...batch }), 42n);
  expect(messages.length + refused.length).toBe(1);
  return { message: messages[0], code: refused[0]?.code, reason: refused[0]?.reason };
}
const accepted = (message: unknown, batch: Raw = {}): Message => {
  const { message: read_, reason } = read(message, batch);
  if (!read_) throw new Error(`refused: ${reason}`);
  return read_;
};

describe('a message', () => {
  it('is read with all that its call has', () => {
    expect(
      accepted(aTrack({ anonymousId: 'a-1', context: { ip: '1.2.3.4' }, timestamp: '2026-11-21T00:00:00.000Z', traits: { no: 1 } })),
    ).toEqual({
      call: 'track',
      messageId: 'm-1',
      sourceId: 7,
      userId: 'u-1',
      anonymousId: 'a-1',
      previousId: null,
      groupId: null,
      name: 'Order Completed',
      category: null,
      properties: {},
      traits: {},
      context: {},
      asSent: { properties: '{"total":12.5}', context: '{"ip":"1.2.3.4"}' },
      occurredAtMs: Date.UTC(2026, 10, 21),
      receivedAtMs: NOW_MS,
    });
  });

  it('is named by position and index where the client sent no messageId', () => {
    const { messages } = readMessages(anEntry({ batch: [aTrack(), aTrack({ messageId: null }), aTrack({ messageId: '' })] }), 42n);
    expect(messages.map((message) => message.messageId)).toEqual(['m-1', 'inbox-42-1', 'inbox-42-2']);
  });

  it('takes numbers for ids, with every digit', () => {
    const body =
      '{"batch":[{"type":"identify","userId":9007199254740993,"anonymousId":12,"messageId":5,"traits":{"id":9007199254740993,"n":1}}]}';
    const [message] = readMessages(anEntry(body), 1n).messages;
    expect(message).toMatchObject({
      userId: '9007199254740993',
      anonymousId: '12',
      messageId: '5',
      traits: { id: '9007199254740993', n: 1 },
    });
  });

  it('keeps a trait named __proto__ without polluting anything', () => {
    const body =
      '{"context":{"__proto__":{"a":1}},"batch":[{"type":"identify","userId":"u","traits":{"__proto__":{"polluted":1}},"context":{"b":2}}]}';
    const [message] = readMessages(anEntry(body), 1n).messages;
    expect(JSON.stringify([message?.traits, message?.context])).toBe('[{"__proto__":{"polluted":1}},{"__proto__":{"a":1},"b":2}]');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each([
    ['page', { name: 'Home', category: 'Docs' }, 'Home', 'Docs'],
    ['page', { properties: { name: 'Home', category: 'Docs' } }, 'Home', 'Docs'],
    ['screen', { name: 'Home', properties: { name: 'Other' } }, 'Home', null],
    ['page', { properties: { name: { odd: true } } }, null, null],
    ['page', {}, null, null],
  ])('of type %s finds name and category at the top or in the properties: %j', (type, fields, name, category) => {
    expect(accepted({ type, userId: 'u', ...fields })).toMatchObject({ name, category });
  });

  it("takes an identify's traits from its context where they stand only there, as RudderStack's libraries do", () => {
    expect(accepted({ type: 'identify', userId: 'u', context: { traits: { plan: 'pro' } } }).traits).toEqual({ plan: 'pro' });
    expect(accepted(anIdentify({ context: { traits: { plan: 'pro' } } })).traits).toEqual({ email: 'ann@example.com' });
  });

  it("has the batch's context beneath its own", () => {
    const context = { ip: '1.1.1.1', library: { name: 'a' } };
    expect(accepted(aTrack({ context: { ip: '2.2.2.2' } }), { context }).context).toEqual({ ip: '2.2.2.2', library: { name: 'a' } });
  });

  it.each([
    ['MESSAGE_NOT_AN_OBJECT', 5],
    ['MESSAGE_NOT_AN_OBJECT', null],
    ['MESSAGE_NOT_AN_OBJECT', [aTrack()]],
    ['MESSAGE_TYPE_UNKNOWN', aTrack({ type: 'explode' })],
    ['MESSAGE_TYPE_UNKNOWN', aTrack({ type: undefined })],
    ['MESSAGE_TYPE_UNKNOWN', aTrack({ type: ['track'] })],
    ['MESSAGE_TYPE_UNKNOWN', aTrack({ type: 'constructor' })],
    ['MESSAGE_TOO_LARGE', aTrack({ properties: { text: 'x'.repeat(33_000) } })],
    ['MESSAGE_TOO_LARGE', aTrack({ properties: { text: 'ä'.repeat(16_500) } })],
    ['MESSAGE_TOO_LARGE', aTrack({ unknown: Array.from({ length: 10_000 }, () => 1.5) })],
    ['MESSAGE_ID_TOO_LONG', aTrack({ messageId: 'x'.repeat(101) })],
    ['MESSAGE_WITHOUT_ID', aTrack({ userId: undefined })],
    ['MESSAGE_WITHOUT_ID', aTrack({ userId: null, anonymousId: '' })],
    ['MESSAGE_WITHOUT_ID', aTrack({ userId: '  ' })],
    ['MESSAGE_FIELD_INVALID', aTrack({ userId: { id: 1 } })],
    ['MESSAGE_FIELD_INVALID', aTrack({ userId: true })],
    ['MESSAGE_FIELD_INVALID', aTrack({ userId: 'x'.repeat(1_001) })],
    ['MESSAGE_FIELD_INVALID', aTrack({ messageId: { a: 1 } })],
    ['MESSAGE_FIELD_INVALID', aTrack({ event: ['a'] })],
    ['MESSAGE_FIELD_INVALID', aTrack({ properties: 'text' })],
    ['MESSAGE_FIELD_INVALID', aTrack({ properties: [1] })],
    ['MESSAGE_FIELD_INVALID', aTrack({ context: 5 })],
    ['MESSAGE_FIELD_INVALID', anIdentify({ traits: 'text' })],
    ['MESSAGE_FIELD_MISSING', aTrack({ event: undefined })],
    ['MESSAGE_FIELD_MISSING', aTrack({ event: '' })],
    ['MESSAGE_FIELD_MISSING', { type: 'group', userId: 'u' }],
    ['MESSAGE_FIELD_MISSING', { type: 'alias', userId: 'u' }],
    ['MESSAGE_FIELD_MISSING', { type: 'alias', anonymousId: 'a', previousId: 'p' }],
    ['TIMESTAMP_INVALID', aTrack({ timestamp: 'yesterday' })],
    ['TIMESTAMP_INVALID', aTrack({ timestamp: '9999-01-01T00:00:00.000Z' })],
    ['TIMESTAMP_INVALID', aTrack({ timestamp: '1969-12-31T23:59:59.999Z' })],
    ['TIMESTAMP_INVALID', aTrack({ timestamp: { a: 1 } })],
  ])('is refused with %s: %j', (code, message) => {
    expect(read(message).code).toBe(code);
  });

  it.each([
    ['of 32 KB', aTrack({ properties: { text: 'x'.repeat(32_500) } })],
    ['with 100 characters of messageId, each of two UTF-16 units', aTrack({ messageId: '😀'.repeat(100) })],
    ['with null for everything that may be absent', aTrack({ anonymousId: null, properties: null, context: null, timestamp: null })],
    ['with an anonymous id only, as a browser before login', { type: 'page', userId: null, anonymousId: 'a' }],
    ['of 1970', aTrack({ timestamp: '1970-01-01T00:00:00.000Z' })],
    ['named by a number', aTrack({ event: 404 })],
  ])('is accepted %s', (_name, message) => {
    expect(read(message).code).toBeUndefined();
  });

  it('is refused beyond 64 levels, and only there', () => {
    const { messages, refused } = readMessages(anEntry(`{"batch":[${aDeepTrack(64)},${aDeepTrack(65)},${aDeepTrack(200)}]}`), 1n);
    expect(messages).toHaveLength(1);
    expect(refused.map(({ code }) => code)).toEqual(['MESSAGE_TOO_DEEP', 'MESSAGE_TOO_DEEP']);
    expect(JSON.parse(refused[1]?.message ?? '')).toMatchObject({ event: 'Deep' });
  });
});

describe('the time of a message', () => {
  const at = (message: Raw, batch: Raw = {}): number => accepted(aTrack(message), batch).occurredAtMs - NOW_MS;

  it.each([
    [
      'its timestamp, as it is',
      { timestamp: '2026-11-22T11:00:00Z', originalTimestamp: '2026-11-22T10:00:00Z', sentAt: '2026-11-22T09:00:00Z' },
      {},
      -3_600_000,
    ],
    ['when it was received, where nothing says more', {}, { sentAt: '2026-11-22T10:00:00Z' }, 0],
    ['its originalTimestamp, where nobody said when it was sent', { originalTimestamp: '2026-11-22T11:00:00Z' }, {}, -3_600_000],
    [
      'its originalTimestamp, corrected by a clock that is a day ahead',
      { originalTimestamp: '2026-11-23T11:30:00Z', sentAt: '2026-11-23T12:00:00Z' },
      {},
      -1_800_000,
    ],
    ["corrected by the batch's sentAt", { originalTimestamp: '2026-11-22T13:00:00Z' }, { sentAt: '2026-11-22T13:00:01Z' }, -1_000],
    [
      "corrected by the batch's timestamp where it has no sentAt",
      { originalTimestamp: '2026-11-22T13:00:00Z' },
      { timestamp: '2026-11-22T13:00:01Z' },
      -1_000,
    ],
    [
      'not corrected by a sentAt that can not be',
      { originalTimestamp: '2026-11-22T11:00:00Z', sentAt: '0001-01-01T00:00:00Z' },
      {},
      -3_600_000,
    ],
  ])('is %s', (_name, message, batch, offsetMs) => {
    expect(at(message, batch)).toBe(offsetMs);
  });
});

describe('readMessages', () => {
  it('leaves out what was refused at the door', () => {
    const batch = ['a', 'b', 'c', 'd'].map((messageId) => aTrack({ messageId }));
    const { messages, refused } = readMessages(anEntry({ batch }, { refused: [1, 3] }), 1n);
    expect(messages.map((message) => message.messageId)).toEqual(['a', 'c']);
    expect(refused).toEqual([]);
  });

  it('reads a single call by the type of its path, whatever the body says', () => {
    const { messages } = readMessages(anEntry({ userId: 'u', type: 'track', traits: { a: 1 } }, { call: 'identify' }), 1n);
    expect(messages).toMatchObject([{ call: 'identify', traits: { a: 1 } }]);
  });

  it('keeps a refused single call with the type that it needs to be sent again', () => {
    const { refused } = readMessages(anEntry({ traits: { a: 1 } }, { call: 'identify' }), 1n);
    expect(refused).toMatchObject([{ code: 'MESSAGE_WITHOUT_ID', message: '{"traits":{"a":1},"type":"identify"}' }]);
  });

  it.each(['nope', '[]', '{"batch":5}', '{"a":"\u0000'])('makes one dead letter of the body %j, which it can not take apart', (body) => {
    const { messages, refused } = readMessages(anEntry(body), 1n);
    expect(messages).toEqual([]);
    expect(refused).toEqual([
      { code: 'MESSAGE_POISONOUS', reason: expect.any(String), message: JSON.stringify({ value: body.replace('\0', '\ufffd') }) },
    ]);
  });
});
