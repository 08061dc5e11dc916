import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { nameOfKind } from '../../../src/intake/webhooks/json/applyMapping';
import type { JsonObject } from '../../../src/kernel/json';
import { INTERACTION_KINDS } from '../../../src/kernel/vocabulary';
import { eventSpec } from '../../../src/timeline/eventSpecs';
import { told, toldOne, vendorOf, verified } from './told';

const MAPPING = {
  messageId: 'id',
  time: 'data.at',
  event: 'data.what',
  identifiers: [
    { type: 'email', path: 'data.customer.email' },
    { type: 'user_id', path: 'data.customer.id' },
    { type: 'crm.contact_id', path: 'data.customer.refs[-1]' },
  ],
  properties: { order_id: 'data.order', total: '$.data.total' },
};
const PAYLOAD = {
  id: 'e-1',
  data: {
    at: '2026-11-01T10:00:00Z',
    what: 'Order Completed',
    order: 'o-1',
    total: 59.9,
    customer: { email: 'Ada@Example.com', id: 'u-1', refs: ['x', 'y'] },
  },
};
const read = (mapping: unknown, payload: JsonObject = PAYLOAD) =>
  told('json', payload, { settings: { mapping } as JsonObject, department: 'SALES' });
const readOne = (mapping: unknown, payload: JsonObject = PAYLOAD) =>
  toldOne('json', payload, { settings: { mapping } as JsonObject, department: 'SALES' });

describe('a mapping', () => {
  it('finds event, time, id, identifiers and properties by their paths', () => {
    expect(readOne(MAPPING)).toMatchObject({
      kind: 'ORDER_PLACED',
      messageId: 'e-1',
      occurredAt: '2026-11-01T10:00:00.000Z',
      who: ['crm.contact_id y', 'email ada@example.com', 'user_id u-1'],
      properties: { order_id: 'o-1', total: 59.9 },
    });
  });

  it('takes everything with *, or reads every item of a list', () => {
    expect(readOne({ ...MAPPING, properties: '*' }).properties).toEqual(PAYLOAD);
    const each = {
      each: 'rows',
      messageId: 'n',
      event: { value: 'Searched' },
      identifiers: [{ type: 'email', path: 'mail' }],
      properties: { query: 'q' },
    };
    const rows = [1, 2].map((n) => ({ n, mail: `${n}@example.com`, q: `words ${n}` }));
    expect(read(each, { rows }).interactions.map(({ kind, messageId, properties }) => [kind, messageId, properties])).toEqual([
      ['SEARCHED', '1', { query: 'words 1' }],
      ['SEARCHED', '2', { query: 'words 2' }],
    ]);
  });

  it('is used only where its conditions hold; several may stand side by side', () => {
    const paid = { ...MAPPING, event: undefined, kind: { value: 'PAYMENT_MADE' }, when: [{ path: 'data.what', equals: 'paid' }] };
    const failed = { ...paid, kind: { value: 'PAYMENT_FAILED' }, when: { path: 'data.what', in: ['failed', 'declined'] } };
    const kinds = (what: string) =>
      read([paid, failed], { ...PAYLOAD, data: { ...PAYLOAD.data, what } }).interactions.map(({ kind }) => kind);
    expect([kinds('paid'), kinds('declined'), kinds('seen')]).toEqual([['PAYMENT_MADE'], ['PAYMENT_FAILED'], []]);
  });

  it('may say the kind of interaction; the event’s own name is kept among the properties', () => {
    expect(readOne({ ...MAPPING, kind: { value: 'DEMO_REQUESTED' } })).toMatchObject({
      kind: 'DEMO_REQUESTED',
      properties: { event_name: 'Order Completed' },
    });
  });

  it.each(INTERACTION_KINDS.filter((kind) => kind !== 'CUSTOM' && kind !== 'IDENTIFIED'))('reaches %s', (kind) => {
    expect(eventSpec(nameOfKind(kind)).kind).toBe(kind);
    expect(readOne({ ...MAPPING, kind: { value: kind } }).kind).toBe(kind);
  });

  it('reaches IDENTIFIED with traits, and CUSTOM under its own name', () => {
    const traits = { name: 'data.what' };
    expect(readOne({ ...MAPPING, kind: { value: 'IDENTIFIED' }, traits })).toMatchObject({
      kind: 'IDENTIFIED',
      properties: { name: 'Order Completed' },
    });
    expect(readOne({ ...MAPPING, event: { value: 'Tea Brewed' } })).toMatchObject({ kind: 'CUSTOM', name: 'Tea Brewed' });
  });

  it('keeps every digit of an id', () => {
    const text = JSON.stringify(PAYLOAD).replace('"u-1"', '12345678901234567890');
    expect(toldOne('json', text, { settings: { mapping: MAPPING } }).who).toContain('user_id 12345678901234567890');
  });

  it('names a payload without an id by what it says', () => {
    const { messageId: _id, ...unnamed } = MAPPING;
    expect(readOne(unnamed).messageId).toBe(readOne(unnamed).messageId);
    expect(readOne(unnamed).messageId).not.toBe(readOne(unnamed, { ...PAYLOAD, id: 'e-2' }).messageId);
  });

  it.each([
    [{ messageId: 'nothing' }, 'There is nothing at nothing.'],
    [{ time: 'data.when[0]' }, 'There is nothing at data.when[0].'],
    [{ identifiers: [{ type: 'email', path: 'mail' }] }, 'No identifier is there: looked at mail.'],
    [{ each: 'data' }, 'There is no list at data.'],
  ])('%j that does not fit the payload says what is missing', (change, reason) => {
    expect(read({ ...MAPPING, ...change }).refusal).toMatchObject({ code: 'WEBHOOK_UNREADABLE', reason });
  });

  it('of no event and of anything whatever never throws', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { refusal, interactions } = told('json', text, { settings: { mapping: MAPPING } });
        expect(refusal !== null || interactions.length === 1).toBe(true);
      }),
    );
  });
});

describe('settings', () => {
  const fault = (settings: JsonObject) => vendorOf('json').checkSettings(settings);

  it.each([
    [{ mapping: MAPPING }, 'give signature'],
    [{ secret: 's' }, 'mapping must be an object'],
    [{ secret: 's', mapping: [] }, 'mapping is empty'],
    [{ secret: 's', mapping: { ...MAPPING, event: null } }, 'mapping needs event or kind'],
    [{ secret: 's', mapping: { ...MAPPING, kind: { value: 'ORDER' } } }, 'mapping.kind.value must be a kind'],
    [{ secret: 's', mapping: { ...MAPPING, identifiers: [] } }, 'mapping.identifiers must name'],
    [{ secret: 's', mapping: { ...MAPPING, identifiers: [{ type: 'E-Mail', path: 'a' }] } }, 'type must be a word'],
    [{ secret: 's', mapping: { ...MAPPING, time: 'a..b' } }, 'mapping.time must be a path'],
    [{ secret: 's', mapping: { ...MAPPING, properties: { a: 1 } } }, 'mapping.properties.a must be a path'],
    [{ secret: 's', mapping: { ...MAPPING, name: 'x' } }, 'mapping.name is unknown'],
    [{ signature: { header: 'x' }, mapping: MAPPING }, 'signature.secret must be a text'],
    [{ signature: { header: 'x', secret: 's', algorithm: 'md5' }, mapping: MAPPING }, 'signature.algorithm must be one of'],
    [{ signature: { header: 'x', secret: 's', encoding: 'utf8' }, mapping: MAPPING }, 'signature.encoding must be one of'],
  ])('%j are refused with a reason', (settings, reason) => {
    expect(fault(settings as JsonObject)).toContain(reason);
  });

  it('will do with a signature, a secret or the word that there is none', () => {
    for (const more of [{ signature: { header: 'x-sig', secret: 's' } }, { secret: 's' }, { unsigned: true }]) {
      expect(fault({ ...more, mapping: MAPPING })).toBeNull();
    }
  });
});

describe('a signature', () => {
  const body = JSON.stringify(PAYLOAD);

  it.each([
    ['sha256', 'hex', 'sha256='],
    ['sha1', 'base64', ''],
    ['sha512', 'hex', 'v1:'],
  ] as const)('by HMAC-%s in %s behind %j', async (algorithm, encoding, prefix) => {
    const settings = { mapping: MAPPING, signature: { header: 'X-Sig', secret: 's', algorithm, encoding, prefix } };
    const signature = prefix + createHmac(algorithm, 's').update(body).digest(encoding);
    expect(await verified('json', { body, headers: { 'x-sig': signature } }, settings)).toBeNull();
    expect(await verified('json', { body: `${body} `, headers: { 'x-sig': signature } }, settings)).toBe('WEBHOOK_SIGNATURE_INVALID');
    expect(await verified('json', { body, headers: {} }, settings)).toBe('WEBHOOK_SIGNATURE_INVALID');
  });

  it('is not asked for where a secret is carried, or nothing', async () => {
    expect(await verified('json', { body, headers: { authorization: 'Bearer s' } }, { secret: 's', mapping: MAPPING })).toBeNull();
    expect(await verified('json', { body, headers: {} }, { secret: 's', mapping: MAPPING })).toBe('WEBHOOK_SIGNATURE_INVALID');
    expect(await verified('json', { body, headers: {} }, { unsigned: true, mapping: MAPPING })).toBeNull();
  });
});

it('the example of the documentation will do, and reads what it is written for', () => {
  const blocks = readFileSync('docs/webhooks.md', 'utf8').matchAll(/```json\n(.*?)```/gs);
  const settings = [...blocks]
    .map(([, json = '']) => JSON.parse(json) as JsonObject)
    .find((block) => block['mapping'] !== undefined) as JsonObject;
  expect(vendorOf('json').checkSettings(settings)).toBeNull();
  const data = {
    created_at: '2026-11-01T10:00:00Z',
    customer: { email: 'ada@example.com', no: 7, name: 'Ada' },
    order: { id: 'o-1', total: '59.90', currency: 'EUR' },
  };
  expect(toldOne('json', { id: 'e-1', type: 'order.paid', data }, { settings })).toMatchObject({
    kind: 'ORDER_PLACED',
    who: ['email ada@example.com', 'till.customer_id 7'],
    properties: { event_name: 'order.paid', order_id: 'o-1', total: '59.90', currency: 'EUR' },
  });
});
