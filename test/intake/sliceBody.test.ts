import fc from 'fast-check';
import { checkMessage } from '../../src/intake/checkMessage';
import type { Call, Message } from '../../src/intake/message';
import { messageJson } from '../../src/intake/messageJson';
import { MessageRefusal } from '../../src/intake/messageRefusal';
import { envelopeOf, type OpenBody, openBody } from '../../src/intake/openBody';
import { CONTEXT_NOTICED, CONTEXT_READ, PROPERTIES_READ } from '../../src/intake/readMembers';
import { readMessages } from '../../src/intake/readMessages';
import { sliceBody } from '../../src/intake/sliceBody';
import type { JsonObject } from '../../src/kernel/json';
import { anEntry, aTrack } from './builders';

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('\0', '\ud800', '__proto__', '{', ']', '1e5', ' '));
const value = fc.anything({
  key: text,
  values: [text, fc.integer(), fc.constantFrom(0.5, -12.25), fc.boolean(), fc.constant(null)],
  maxDepth: 2,
});
const members = (names: readonly string[]) => fc.dictionary(fc.oneof(fc.constantFrom(...names), text), value);
const message = fc.record(
  {
    type: fc.constantFrom('track', 'identify', 'page', 'screen', 'group', 'alias'),
    messageId: fc.oneof(fc.uuid(), text),
    userId: fc.oneof(text, fc.integer()),
    anonymousId: text,
    previousId: text,
    groupId: text,
    event: text,
    name: text,
    timestamp: fc.constantFrom('2026-11-22T10:00:00.000Z', '2026-11-22', 'yesterday'),
    integrations: value,
    traits: members(['email']),
    properties: fc.oneof({ weight: 5, arbitrary: members(PROPERTIES_READ) }, { weight: 1, arbitrary: value }),
    context: fc.oneof({ weight: 5, arbitrary: members([...CONTEXT_READ, ...CONTEXT_NOTICED]) }, { weight: 1, arbitrary: value }),
  },
  { requiredKeys: ['type', 'userId', 'event'] },
);

function checked(open: Omit<OpenBody, 'body'>, call: Call | null): (Message | MessageRefusal)[] {
  const envelope = envelopeOf(open, { sourceId: 1, receivedAtMs: Date.UTC(2026, 10, 22, 12), call }, 'm-');
  return open.messages.map((raw) => checkMessage(raw, envelope));
}

const onlyNamed = (object: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(object).filter(([name, member]) => names.includes(name) && member !== undefined));

/** What decides, and what is stored, whichever way it was read. */
function essence(one: Message | MessageRefusal): object {
  if (one instanceof MessageRefusal) return { code: one.code, reason: one.reason };
  const context = onlyNamed(one.context, [...CONTEXT_READ, ...CONTEXT_NOTICED]) as Record<string, unknown>;
  for (const name of CONTEXT_NOTICED) if (Object.hasOwn(context, name)) context[name] = true;
  return { ...one, asSent: null, properties: onlyNamed(one.properties, PROPERTIES_READ), context, whole: JSON.stringify(messageJson(one)) };
}

describe('a body that is read in slices', () => {
  it('says what it says when it is parsed whole', () => {
    let sliced = 0;
    const body = fc.tuple(fc.array(message, { maxLength: 3 }), fc.constantFrom(undefined, 1, '\t'));
    fc.assert(
      fc.property(body, ([batch, space]) => {
        const entry = { body: Buffer.from(JSON.stringify({ sentAt: '2026-11-22T10:00:00.000Z', batch }, null, space)), call: null };
        const open = sliceBody(entry);
        if (!open) return;
        sliced++;
        expect(checked(open, null).map(essence)).toEqual(checked(openBody(entry), null).map(essence));
      }),
      { numRuns: 300 },
    );
    expect(sliced).toBeGreaterThan(100);
  });

  it('says the same of a single call', () => {
    const entry = { body: Buffer.from(JSON.stringify(aTrack({ context: { page: { url: 'https://a.b' } } }))), call: 'track' as const };
    const open = sliceBody(entry);
    expect(open && checked(open, 'track').map(essence)).toEqual(checked(openBody(entry), 'track').map(essence));
  });

  it.each([
    ['a number that a double can not hold', '{"a":[12345678901234567890]}'],
    ['a number with an exponent', '{"a":1e999}'],
    ['a name with an escape', '{"order\\u005fid":"7"}'],
    ['more than 64 levels', `{"a":${'['.repeat(64)}${']'.repeat(64)}}`],
  ])('is left to the parser where it holds %s', (_, properties) => {
    const body = Buffer.from(`{"batch":[{"type":"track","userId":"u","event":"E","properties":${properties}}]}`);
    expect(sliceBody({ body, call: null })).toBeNull();
  });

  it.each(['', '{', '[]', '"batch"', '{"batch":', '{"batch":{}}', '{"batch":[1]}', '{"batch":[{"type":"track"', '{"batch":[{"type":tr'])(
    'is left to the parser where it is %j',
    (body) => {
      const { messages, refused } = readMessages(anEntry(body), 1n);
      expect([messages.length, refused.length]).toEqual([0, 1]);
    },
  );

  it("is left to the parser where the batch's context has an escape in its name", () => {
    const body = '{"batch":[{"type":"track","userId":"u","event":"E"}],"conte\\u0078t":{"channel":"phone"}}';
    expect(readMessages(anEntry(body), 1n).messages[0]?.context).toEqual({ channel: 'phone' });
  });

  it('keeps properties as the client wrote them', () => {
    const body = '{"batch":[{"type":"track","userId":"u","event":"E","properties":{"b": 1.50,"a":"\\u00e4"},"context":{}}]}';
    const [read] = readMessages(anEntry(body), 1n).messages;
    expect(read?.asSent).toEqual({ properties: '{"b": 1.50,"a":"\\u00e4"}', context: null });
    expect(messageJson(read as Message)['properties'] as JsonObject).toEqual({ b: 1.5, a: 'ä' });
  });
});
