import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Posted, type Signer, signedBy } from '../../bench/fuzz/vendorSignatures';
import type { JsonObject } from '../../src/kernel/json';
import { fixture } from '../intake/webhooks/vendorFixture';
import { type Answer, ask } from './client';
import { serveAllTests, startServer } from './server';

/** Sunday 22 November 2026, 12:00:00 UTC. */
const NOW_MS = Date.UTC(2026, 10, 22, 12);
const SECRET = 'the secret of the source';
const served = serveAllTests({ clock: () => NOW_MS });

/** Source numbers by type; number 20 stands in both workspaces, from the time before numbers were given out once for all. */
const ZENDESK = 20;
const TWILIO = 21;
const INTERCOM = 22;
const NO_SECRET = 23;
const SHOPIFY = 24;
const SEGMENT = 7;

beforeAll(async () => {
  const sources: readonly [workspace: number, source: number, type: string, settings: object][] = [
    [1, ZENDESK, 'zendesk', { signingSecret: SECRET }],
    [2, ZENDESK, 'zendesk', { signingSecret: 'of the other workspace' }],
    [1, TWILIO, 'twilio', { authToken: SECRET }],
    [1, INTERCOM, 'intercom', { clientSecret: SECRET }],
    [1, NO_SECRET, 'zendesk', {}],
    [1, SHOPIFY, 'shopify', { clientSecret: SECRET }],
  ];
  for (const [workspace, source, type, settings] of sources) {
    await served.database.owner.query(
      `insert into source (workspace_id, source_id, name, type, department, settings, created_at) values ($1, $2, $3, $3, 3, $4, now())`,
      [workspace, source, type, settings],
    );
  }
});
beforeEach(() => served.database.owner.query('truncate inbox, dead_letter'));

const path = (source: number): string => `/webhooks/src_${source}`;
const signed = (type: Signer, payload: JsonObject, secret = SECRET, atMs = NOW_MS): Posted =>
  signedBy(type, payload, { secret, atMs, url: `http://127.0.0.1:${served.server.port}${path(TWILIO)}` });
const CREATED = fixture('zendesk-ticket-created');

function post(
  source: number | string,
  { body, headers }: { body: string | Buffer; headers: Readonly<Record<string, string>> },
): Promise<Answer> {
  return ask(served.server.port, { method: 'POST', path: typeof source === 'number' ? path(source) : source, headers, body });
}
const codeOf = (answer: Answer): string => JSON.parse(answer.text).error.code;
async function inbox(): Promise<{ workspace: number; source: number; call: string; count: number; delivery: JsonObject }[]> {
  const { rows } = await served.database.owner.query(
    `select i.workspace_id as workspace, i.source_id as source, i.call, i.message_count as count, convert_from(i.body, 'UTF8')::json as delivery
     from inbox i order by i.position`,
  );
  return rows;
}

it('keeps a genuine delivery durably, with the headers that its mapping reads and nothing else, and says so', async () => {
  const answer = await post(ZENDESK, signed('zendesk', CREATED));
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toEqual({ success: true, position: expect.stringMatching(/^\d+$/) });
  const headers = { 'x-zendesk-webhook-invocation-id': '01HNXXXXCTEXAMPLE' };
  expect(await inbox()).toEqual([
    {
      workspace: 1,
      source: ZENDESK,
      call: 'webhook',
      count: 1,
      delivery: { type: 'webhook', receivedAtMs: NOW_MS, headers, payload: CREATED },
    },
  ]);
});

it.each([
  ['a wrong signature', () => signed('zendesk', CREATED, 'no secret of anybody'), 'WEBHOOK_SIGNATURE_INVALID'],
  ['no signature', () => ({ ...signed('zendesk', CREATED), headers: {} }), 'WEBHOOK_SIGNATURE_INVALID'],
  [
    'a body changed on its way',
    () => ({ ...signed('zendesk', CREATED), body: JSON.stringify({ ...CREATED, id: 'x' }) }),
    'WEBHOOK_SIGNATURE_INVALID',
  ],
  [
    'the same body with other white space',
    () => ({ ...signed('zendesk', CREATED), body: JSON.stringify(CREATED, null, 1) }),
    'WEBHOOK_SIGNATURE_INVALID',
  ],
  ['a signature of six minutes ago', () => signed('zendesk', CREATED, SECRET, NOW_MS - 360_000), 'WEBHOOK_STALE'],
  ['a signature of six minutes ahead', () => signed('zendesk', CREATED, SECRET, NOW_MS + 360_000), 'WEBHOOK_STALE'],
])('answers 401 to %s, and keeps nothing', async (_what, posted, code) => {
  const answer = await post(ZENDESK, posted());
  expect([answer.status, codeOf(answer)]).toEqual([401, code]);
  expect(await inbox()).toEqual([]);
});

it('of two sources of one number the one is meant whose secret it was signed with', async () => {
  await post(ZENDESK, signed('zendesk', CREATED, 'of the other workspace'));
  expect(await inbox()).toMatchObject([{ workspace: 2, source: ZENDESK }]);
});

it('takes nothing for a source that has no secret yet', async () => {
  const answer = await post(NO_SECRET, signed('zendesk', CREATED, ''));
  expect([answer.status, codeOf(answer)]).toEqual([401, 'WEBHOOK_SIGNATURE_INVALID']);
});

it.each([
  ['a source that does not exist', path(99_999)],
  ['a source whose type takes no webhooks', path(SEGMENT)],
  ['what is no id of a source', '/webhooks/zendesk'],
  ['the id of something else', `/webhooks/prf_${'0'.repeat(32)}`],
])('answers 404 for %s', async (_what, address) => {
  const answer = await post(address, signed('zendesk', CREATED));
  expect([answer.status, codeOf(answer)]).toEqual([404, 'NOT_FOUND']);
});

it('answers a vendor that looks whether somebody is there, and names the methods to one that uses another', async () => {
  const head = await ask(served.server.port, { method: 'HEAD', path: path(INTERCOM) });
  const get = await ask(served.server.port, { path: path(INTERCOM) });
  expect([head.status, get.status, get.text]).toEqual([200, 200, '{"success":true}']);
  expect((await ask(served.server.port, { path: path(SEGMENT) })).status).toBe(404);
  const put = await ask(served.server.port, { method: 'PUT', path: path(INTERCOM) });
  expect([put.status, put.headers.allow]).toEqual([405, 'POST, GET, HEAD']);
});

it('keeps a request to erase somebody, which becomes no message', async () => {
  const { body, headers } = signed('shopify', { shop_id: 1, customer: { id: 4711, email: 'ada@example.com' }, orders_to_redact: [] });
  const answer = await post(SHOPIFY, { body, headers: { ...headers, 'x-shopify-topic': 'customers/redact' } });
  expect(answer.status).toBe(200);
  expect(await inbox()).toMatchObject([{ source: SHOPIFY, call: 'webhook', count: 1 }]);
});

it('does not keep what nobody needs, and is thanked all the same', async () => {
  const answer = await post(INTERCOM, signed('intercom', { type: 'notification_event', topic: 'ping', id: 'n', data: {} }));
  expect([answer.status, answer.text, await inbox()]).toEqual([200, '{"success":true}', []]);
});

it.each([
  ['what its mapping can not read', JSON.stringify({ hello: 'world' }), { hello: 'world' }],
  ['what is no JSON, as the text that it is', 'ticket=1&id=2', 'ticket=1&id=2'],
])('keeps %s, for a dead letter', async (_what, body, payload) => {
  const time = '2026-11-22T12:00:00Z';
  const signature = createHmac('sha256', SECRET)
    .update(time + body)
    .digest('base64');
  const headers = { 'x-zendesk-webhook-signature': signature, 'x-zendesk-webhook-signature-timestamp': time };
  expect((await post(ZENDESK, { body, headers })).status).toBe(200);
  expect(await inbox()).toMatchObject([{ call: 'webhook', delivery: { payload } }]);
});

it('takes a body that is compressed, signed as it was before', async () => {
  const { body, headers } = signed('zendesk', CREATED);
  expect((await post(ZENDESK, { body: gzipSync(body), headers: { ...headers, 'content-encoding': 'gzip' } })).status).toBe(200);
  expect(await inbox()).toHaveLength(1);
});

it('keeps every digit of large numbers', async () => {
  const text = JSON.stringify(CREATED).replace('"20978392"', '9007199254740993');
  const time = '2026-11-22T12:00:00Z';
  const signature = createHmac('sha256', SECRET)
    .update(time + text)
    .digest('base64');
  await post(ZENDESK, { body: text, headers: { 'x-zendesk-webhook-signature': signature, 'x-zendesk-webhook-signature-timestamp': time } });
  expect(await inbox()).toMatchObject([{ delivery: { payload: { detail: { actor_id: '9007199254740993' } } } }]);
});

describe('Twilio', () => {
  const SMS = fixture('twilio-sms-inbound');

  it('is answered in TwiML, with the position in a header', async () => {
    const answer = await post(TWILIO, signed('twilio', SMS));
    expect([answer.status, answer.text]).toEqual([200, '<?xml version="1.0" encoding="UTF-8"?><Response/>']);
    expect(answer.headers['content-type']).toMatch(/^text\/xml/);
    expect(answer.headers['throughline-position']).toMatch(/^\d+$/);
    expect(await inbox()).toMatchObject([{ delivery: { payload: { Body: 'Where is my order?', ToCity: '' } } }]);
  });

  it('signs the address that it was given: behind a proxy, the public one with the query', async () => {
    const url = `https://throughline.example.com${path(TWILIO)}?x=1`;
    const { body, headers } = signedBy('twilio', SMS, { secret: SECRET, atMs: NOW_MS, url });
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'throughline.example.com' };
    expect((await post(`${path(TWILIO)}?x=1`, { body, headers: { ...headers, ...forwarded } })).status).toBe(200);
    expect((await post(`${path(TWILIO)}?x=2`, { body, headers: { ...headers, ...forwarded } })).status).toBe(401);
    expect((await post(`${path(TWILIO)}?x=1`, { body, headers })).status).toBe(401);
  });
});

it('reads settings anew before it refuses: a new secret is good at once', async () => {
  expect((await post(INTERCOM, signed('intercom', fixture('intercom-conversation-user-created')))).status).toBe(200);
  const change = 'update source set settings = $1 where source.workspace_id = 1 and source.source_id = $2';
  await served.database.owner.query(change, [{ clientSecret: 'the new one' }, INTERCOM]);
  expect((await post(INTERCOM, signed('intercom', fixture('intercom-conversation-user-created'), 'the new one'))).status).toBe(200);
  expect((await post(INTERCOM, signed('intercom', fixture('intercom-conversation-user-created')))).status).toBe(401);
});

it('sends vendors away while the workspace is too far behind', async () => {
  const busy = await startServer(served.database, { maxMessages: 1, clock: () => NOW_MS });
  await post(ZENDESK, signed('zendesk', CREATED));
  await post(ZENDESK, signed('zendesk', CREATED));
  await busy.gate.look();
  const { body, headers } = signed('zendesk', CREATED);
  const answer = await ask(busy.port, { method: 'POST', path: path(ZENDESK), headers, body });
  expect([answer.status, codeOf(answer), answer.headers['retry-after']]).toEqual([429, 'OVERLOADED', expect.any(String)]);
  await busy.close();
});

it('found no fault of its own in all of this', () => {
  expect(served.server.faults).toEqual([]);
});
