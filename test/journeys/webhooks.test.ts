import { type Posted, type Signer, settingsWith, signedBy } from '../../bench/fuzz/vendorSignatures';
import type { JsonObject } from '../../src/kernel/json';
import { FIXTURES, fixture, vendorFixture } from '../intake/webhooks/vendorFixture';
import { type HttpAnswer, System } from './system';
import { TIMELINES } from './vendorTimelines';

jest.setTimeout(150_000);

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const SECRET = 'a-secret-between-us';
/** Where each vendor's source is connected; the others are support's. */
const DEPARTMENT_OF: Partial<Record<Signer, string>> = {
  calendly: 'SALES',
  hubspot: 'SALES',
  mailchimp: 'MARKETING',
  salesforce: 'SALES',
  sendgrid: 'MARKETING',
  shopify: 'SALES',
  stripe: 'SALES',
  typeform: 'PRODUCT',
};
const CREATE = `mutation ($type: String!, $department: Department!, $settings: JSONObject) {
  createSource(input: { name: $type, type: $type, department: $department, settings: $settings }) { source { id webhookPath } } }`;
const UPDATE = 'mutation ($id: ID!, $settings: JSONObject) { updateSource(input: { id: $id, settings: $settings }) { source { id } } }';
const DEAD_LETTERS = '{ deadLetters { nodes { id code reason message source { type } } } }';
const RETRY = 'mutation ($id: ID!) { retryDeadLetter(input: { id: $id }) { accepted code reason } }';
const TIMELINE = `query ($type: String!, $value: String!) { profile(identifier: { type: $type, value: $value }) {
  identifiers { type value }
  timeline(first: 50) { nodes { kind department channel direction name summary occurredAt subject { type externalId } properties source { type } } } } }`;

interface Connected {
  readonly id: string;
  readonly webhookPath: string;
}

async function connect(type: string, department: string, settings: object = { signingSecret: SECRET }): Promise<Connected> {
  const { data, codes } = await system.graphql(CREATE, { type, department, settings });
  if (!data) throw new Error(`The source was refused: ${codes.join()}`);
  return data.createSource.source;
}

async function post(url: string, { body, headers }: Posted): Promise<HttpAnswer> {
  const answer = await fetch(url, { method: 'POST', headers, body });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

/** Delivers as the vendor does, now; `headers` are those that say nothing of the signature. */
function deliver({ webhookPath }: Connected, type: Signer, payload: JsonObject | string, { secret = SECRET, headers = {} } = {}) {
  const url = system.address + webhookPath;
  const posted = signedBy(type, payload, { secret, atMs: Date.now(), url });
  return post(posted.url ?? url, { ...posted, headers: { ...headers, ...posted.headers } });
}

async function timelineOf(type: string, value: string) {
  await system.settled();
  return (await system.graphql(TIMELINE, { type, value })).data.profile;
}

/** A profile as a person reads it: who it is, and what happened. */
async function told(type: string, value: string) {
  const { identifiers, timeline } = await timelineOf(type, value);
  const lines = timeline.nodes.map((node: Record<string, unknown>) => {
    const { type: about, externalId } = (node['subject'] as JsonObject) ?? {};
    const subject = about === undefined ? '-' : `${about} ${externalId}`;
    return [node['kind'], node['department'], node['channel'], node['direction'], subject, node['summary']].join(' | ');
  });
  return { identifiers: identifiers.map((one: JsonObject) => `${one['type']} ${one['value']}`).sort(), lines: lines.sort() };
}

describe('whatever the vendors deliver, and however often,', () => {
  beforeAll(async () => {
    const sources = new Map<Signer, Connected>();
    for (const name of [...FIXTURES, ...FIXTURES]) {
      const { bodyText, headers, ...fixture } = vendorFixture(name);
      const type = fixture.type as Signer;
      const source = sources.get(type) ?? (await connect(type, DEPARTMENT_OF[type] ?? 'SUPPORT', settingsWith(type, SECRET)));
      sources.set(type, source);
      expect((await deliver(source, type, bodyText, { headers })).status).toBe(200);
    }
  });

  it('nothing of it is a dead letter', async () => {
    await system.settled();
    expect((await system.graphql(DEAD_LETTERS)).data.deadLetters.nodes).toEqual([]);
  });

  it.each(Object.entries(TIMELINES))('is once on the timeline of %s', async (who, expected) => {
    const [type = '', value = ''] = who.split(' ');
    expect(await told(type, value)).toEqual(expected);
  });

  it("a refund, which names an order only, is its customer's", async () => {
    const { bodyText, headers } = vendorFixture('shopify-refunds-create');
    const exact = bodyText.replace('820982911946154500', '820982911946154508');
    const source = await connect('shopify', 'SALES');
    await deliver(source, 'shopify', exact, { headers: { ...headers, 'x-shopify-webhook-id': 'with-the-exact-order' } });
    const refunded = 'REFUND_MADE | SALES | API | OUTBOUND | order 820982911946154508 | Order 820982911946154508 refunded, 398.00 USD';
    expect((await told('email', 'jon@example.com')).lines).toContain(`${refunded}, Things were damaged.`);
  });
});

it('what is not signed with the secret of the source comes to nothing', async () => {
  const source = await connect('zendesk', 'SUPPORT');
  const answer = await deliver(source, 'zendesk', { ...fixture('zendesk-ticket-created'), id: 'forged' }, { secret: 'a guess' });
  expect([answer.status, answer.body.error.code]).toEqual([401, 'WEBHOOK_SIGNATURE_INVALID']);
});

it('an identifier that comes with an e-mail address only later joins what was said of it before', async () => {
  const source = await connect('zendesk', 'SUPPORT');
  const created = fixture('zendesk-ticket-created');
  const ticket = { ...created, id: 'later-1', detail: { ...(created['detail'] as JsonObject), id: '777', requester_id: '31415926' } };
  await deliver(source, 'zendesk', ticket);
  const user = {
    type: 'zen:event-type:user.created',
    id: 'later-2',
    time: '2024-05-01T00:00:00Z',
    detail: { id: '31415926', email: 'grace@example.com', role: 'end-user' },
    event: {},
  };
  await deliver(source, 'zendesk', user);
  const { timeline } = await timelineOf('email', 'grace@example.com');
  expect(timeline.nodes.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['CONVERSATION_OPENED', 'IDENTIFIED']);
  const opened = {
    kind: 'CONVERSATION_OPENED',
    name: 'Ticket Created',
    occurredAt: '2024-04-17T17:18:10.000Z',
    source: { type: 'zendesk' },
  };
  expect(timeline.nodes).toContainEqual(expect.objectContaining(opened));
});

it('whoever is known by nothing but a vendor can have their consent written down, and withdrawn', async () => {
  const source = await connect('zendesk', 'SUPPORT');
  const user = {
    type: 'zen:event-type:user.created',
    id: 'consenting',
    time: '2024-05-01T00:00:00Z',
    detail: { id: '27182818', email: 'emmy@example.com', role: 'end-user' },
    event: {},
  };
  await deliver(source, 'zendesk', user);
  await system.settled();
  const emmy = { type: 'email', value: 'emmy@example.com' };
  const find = 'query ($emmy: IdentifierInput!) { profile(identifier: $emmy) { id consents { purpose granted } } }';
  const { id } = (await system.graphql(find, { emmy })).data.profile;
  for (const granted of [true, false]) {
    const record = 'mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { profile { consents { purpose granted } } } }';
    const { data } = await system.graphql(record, { input: { profileId: id, purpose: 'email', granted } });
    expect(data.recordConsent.profile.consents).toEqual([{ purpose: 'email', granted }]);
  }
  expect((await system.graphql(find, { emmy })).data.profile.consents).toEqual([{ purpose: 'email', granted: false }]);
});

describe('a generic source', () => {
  const mapping = {
    messageId: 'id',
    time: 'at',
    event: 'what',
    identifiers: [
      { type: 'email', path: 'customer.email' },
      { type: 'till.customer_id', path: 'customer.no' },
    ],
    properties: { order_id: 'receipt', total: 'sum', currency: 'currency' },
  };
  const wrong = { ...mapping, identifiers: [{ type: 'email', path: 'buyer.mail' }] };
  const bearer = (source: Connected, payload: JsonObject) =>
    post(system.address + source.webhookPath, { body: JSON.stringify(payload), headers: { authorization: `Bearer ${SECRET}` } });
  const sale = (id: string): JsonObject => ({
    id,
    at: '2026-03-01T09:00:00Z',
    what: 'Order Completed',
    receipt: `r-${id}`,
    sum: 12.5,
    currency: 'EUR',
    customer: { email: 'mary@example.com', no: 42 },
  });

  it('whose mapping can not read a delivery keeps it, and reads it when the mapping is mended', async () => {
    const source = await connect('json', 'SALES', { secret: SECRET, mapping: wrong });
    expect((await bearer(source, sale('s-1'))).status).toBe(200);
    await system.settled();
    const { data } = await system.graphql(DEAD_LETTERS);
    const [letter] = data.deadLetters.nodes;
    expect(letter).toMatchObject({
      code: 'WEBHOOK_UNREADABLE',
      reason: 'No identifier is there: looked at buyer.mail.',
      source: { type: 'json' },
      message: { type: 'webhook', payload: sale('s-1') },
    });

    expect((await system.graphql(RETRY, { id: letter.id })).data.retryDeadLetter).toEqual({
      accepted: false,
      code: 'WEBHOOK_UNREADABLE',
      reason: 'No identifier is there: looked at buyer.mail.',
    });
    expect((await system.graphql(UPDATE, { id: source.id, settings: { mapping } })).codes).toEqual([]);
    expect((await system.graphql(RETRY, { id: letter.id })).data.retryDeadLetter).toMatchObject({ accepted: true });

    const { identifiers, timeline } = await timelineOf('email', 'mary@example.com');
    expect(identifiers).toContainEqual({ type: 'till.customer_id', value: '42' });
    expect(timeline.nodes).toMatchObject([
      {
        kind: 'ORDER_PLACED',
        department: 'SALES',
        occurredAt: '2026-03-01T09:00:00.000Z',
        subject: { type: 'order', externalId: 'r-s-1' },
      },
    ]);
    expect((await system.graphql(DEAD_LETTERS)).data.deadLetters.nodes).toEqual([]);
  });

  it('is read by the mended mapping from then on, by a worker that had read by the other', async () => {
    const source = await connect('json', 'SALES', { secret: SECRET, mapping });
    await bearer(source, { ...sale('w-1'), customer: { email: 'w@example.com' } });
    await timelineOf('email', 'w@example.com');
    await system.graphql(UPDATE, {
      id: source.id,
      settings: { mapping: { ...mapping, properties: { order_id: 'receipt', note: 'what' } } },
    });
    await bearer(source, { ...sale('w-2'), customer: { email: 'w@example.com' } });
    const { timeline } = await timelineOf('email', 'w@example.com');
    expect(timeline.nodes.map(({ properties }: { properties: object }) => properties)).toEqual(
      expect.arrayContaining([
        { order_id: 'r-w-1', total: 12.5, currency: 'EUR' },
        { order_id: 'r-w-2', note: 'Order Completed' },
      ]),
    );
  });

  it('a message that names nobody but a blocked value is a dead letter that holds the delivery', async () => {
    const source = await connect('json', 'SALES', { secret: SECRET, mapping });
    await bearer(source, { ...sale('b-1'), customer: { email: 'none' } });
    await system.settled();
    const { data } = await system.graphql(DEAD_LETTERS);
    expect(data.deadLetters.nodes).toMatchObject([{ code: 'IDENTIFIERS_BLOCKED', message: { type: 'webhook', payload: { id: 'b-1' } } }]);
  });
});
