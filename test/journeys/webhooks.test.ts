import type { JsonObject } from '../../src/kernel/json';
import { fixture, SIGN, type Sign } from '../intake/webhooks/signing';
import { type HttpAnswer, System } from './system';

jest.setTimeout(150_000);

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const SECRET = 'a-secret-between-us';
const CREATE = `mutation ($type: String!, $department: Department!, $settings: JSONObject) {
  createSource(input: { name: $type, type: $type, department: $department, settings: $settings }) { source { id webhookPath } } }`;
const UPDATE = 'mutation ($id: ID!, $settings: JSONObject) { updateSource(input: { id: $id, settings: $settings }) { source { id } } }';
const DEAD_LETTERS = '{ deadLetters { nodes { id code reason message source { type } } } }';
const RETRY = 'mutation ($id: ID!) { retryDeadLetter(input: { id: $id }) { accepted code reason } }';
const TIMELINE = `query ($type: String!, $value: String!) { profile(identifier: { type: $type, value: $value }) {
  identifiers { type value }
  timeline { totalCount nodes { kind department channel direction name summary occurredAt subject { type externalId } properties source { type } } } } }`;

interface Connected {
  readonly id: string;
  readonly webhookPath: string;
}

async function connect(type: string, department: string, settings: object = { signingSecret: SECRET }): Promise<Connected> {
  const { data, codes } = await system.graphql(CREATE, { type, department, settings });
  if (!data) throw new Error(`The source was refused: ${codes.join()}`);
  return data.createSource.source;
}

async function deliver({ webhookPath }: Connected, sign: Sign, payload: JsonObject, secret = SECRET): Promise<HttpAnswer> {
  const { body, headers } = sign(payload, { secret, atMs: Date.now(), url: system.address + webhookPath });
  const answer = await fetch(system.address + webhookPath, { method: 'POST', headers, body });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

async function timelineOf(type: string, value: string) {
  await system.settled();
  return (await system.graphql(TIMELINE, { type, value })).data.profile;
}

it('a customer of six tools is one customer with one timeline, however often each delivery comes', async () => {
  const deliveries: readonly (readonly [keyof typeof SIGN, string, string])[] = [
    ['zendesk', 'SUPPORT', 'zendesk-ticket-created'],
    ['zendesk', 'SUPPORT', 'zendesk-trigger-ticket'],
    ['intercom', 'SUPPORT', 'intercom-conversation-user-created'],
    ['typeform', 'PRODUCT', 'typeform-nps-response'],
    ['calendly', 'SALES', 'calendly-invitee-created'],
    ['twilio', 'SUPPORT', 'twilio-sms-inbound'],
  ];
  const sources = new Map<string, Connected>();
  for (const [type, department, name] of [...deliveries, ...deliveries]) {
    const source = sources.get(type) ?? (await connect(type, department));
    sources.set(type, source);
    expect((await deliver(source, SIGN[type], fixture(name))).status).toBe(200);
  }
  const { identifiers, timeline } = await timelineOf('email', 'ada.lovelace@example.com');
  expect(identifiers.map(({ type, value }: { type: string; value: string }) => `${type} ${value}`).sort()).toEqual([
    'email ada.lovelace@example.com',
    'intercom.contact_id 540f1de7112d3d1d51001637',
    'phone +442079460000',
    'user_id user-ada',
    'zendesk.user_id 20978392',
  ]);
  const lines = timeline.nodes.map(
    (node: Record<string, string>) => `${node['kind']} ${node['department']} ${node['channel']} ${node['direction']}`,
  );
  expect(lines.sort()).toEqual([
    'APPOINTMENT_BOOKED SALES WEB INBOUND',
    'CONVERSATION_OPENED SUPPORT API INBOUND',
    'CONVERSATION_OPENED SUPPORT CHAT INBOUND',
    'CONVERSATION_REPLIED SUPPORT SMS INBOUND',
    'CUSTOM SUPPORT EMAIL INTERNAL',
    'SURVEY_ANSWERED PRODUCT WEB INBOUND',
    'SURVEY_ANSWERED SUPPORT EMAIL INBOUND',
  ]);
  const opened = timeline.nodes.find((node: { channel: string }) => node.channel === 'API');
  expect(opened).toMatchObject({
    name: 'Ticket Created',
    summary: 'Ticket 35436 opened, “Help, my printer is on fire!”',
    occurredAt: '2024-04-17T17:18:10.000Z',
    subject: { type: 'ticket', externalId: '35436' },
    source: { type: 'zendesk' },
  });
});

it('what is not signed with the secret of the source comes to nothing', async () => {
  const source = await connect('zendesk', 'SUPPORT');
  const answer = await deliver(source, SIGN.zendesk, { ...fixture('zendesk-ticket-created'), id: 'forged' }, 'a guess');
  expect([answer.status, answer.body.error.code]).toEqual([401, 'WEBHOOK_SIGNATURE_INVALID']);
});

it('an identifier that comes with an e-mail address only later joins what was said of it before', async () => {
  const source = await connect('zendesk', 'SUPPORT');
  const created = fixture('zendesk-ticket-created');
  const ticket = { ...created, id: 'later-1', detail: { ...(created['detail'] as JsonObject), id: '777', requester_id: '31415926' } };
  await deliver(source, SIGN.zendesk, ticket);
  const user = {
    type: 'zen:event-type:user.created',
    id: 'later-2',
    time: '2024-05-01T00:00:00Z',
    detail: { id: '31415926', email: 'grace@example.com', role: 'end-user' },
    event: {},
  };
  await deliver(source, SIGN.zendesk, user);
  const { timeline } = await timelineOf('email', 'grace@example.com');
  expect(timeline.nodes.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['CONVERSATION_OPENED', 'IDENTIFIED']);
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
  const bearer: Sign = (payload, { secret }) => ({ body: JSON.stringify(payload), headers: { authorization: `Bearer ${secret}` } });
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
    expect((await deliver(source, bearer, sale('s-1'))).status).toBe(200);
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
    await deliver(source, bearer, { ...sale('w-1'), customer: { email: 'w@example.com' } });
    await timelineOf('email', 'w@example.com');
    await system.graphql(UPDATE, {
      id: source.id,
      settings: { mapping: { ...mapping, properties: { order_id: 'receipt', note: 'what' } } },
    });
    await deliver(source, bearer, { ...sale('w-2'), customer: { email: 'w@example.com' } });
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
    await deliver(source, bearer, { ...sale('b-1'), customer: { email: 'none' } });
    await system.settled();
    const { data } = await system.graphql(DEAD_LETTERS);
    expect(data.deadLetters.nodes).toMatchObject([{ code: 'IDENTIFIERS_BLOCKED', message: { type: 'webhook', payload: { id: 'b-1' } } }]);
  });
});
