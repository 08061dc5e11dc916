import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { newSigningSecret } from '../../../src/activation/signingSecrets';
import { ActivationUnderTest, HOUR_MS, MINUTE_MS, SECRET } from './activationUnderTest';
import { answering, Receiver } from './receiver';

let system: ActivationUnderTest;
let receiver: Receiver;
let ada: string;
let bob: string;

beforeAll(async () => {
  system = await ActivationUnderTest.start();
  receiver = await Receiver.start();
  ada = await system.acme.profile({
    identifiers: [
      { type: 'user_id', value: 'ada' },
      { type: 'email', value: 'ada@example.com' },
    ],
    traits: { name: 'Ada Lovelace', plan: 'pro' },
  });
  bob = await system.acme.profile({ identifiers: [{ type: 'user_id', value: 'bob' }] });
});
beforeEach(async () => {
  receiver.clear();
  await system.clear();
});
afterEach(() => expect(system.faults).toEqual([]));
afterAll(async () => {
  await receiver.stop();
  await system.stop();
});

const reason = (text: string) => ({ data: { reason: text } });

it('delivers a committed change, signed so that the library of the standard verifies it', async () => {
  await system.database.owner.query(
    `insert into segment (workspace_id, segment_id, key, name, definition, status, size, created_at, updated_at)
     values ($1, $2, 'vip', 'Very important', '{}', 'LIVE', 1, now(), now())`,
    [system.workspaceId, '11111111-1111-4111-8111-111111111111'],
  );
  await system.destination(receiver.url);
  const [changeId] = await system.change({ profileId: ada, segmentId: '11111111-1111-4111-8111-111111111111', ...reason('plan is pro') });
  await system.sending().run();
  expect(receiver.received).toHaveLength(1);
  const [{ headers, text, body }] = receiver.received as [Receiver['received'][number]];
  expect(new Webhook(SECRET).verify(text, headers as Record<string, string>)).toEqual(body);
  expect(headers['webhook-id']).toBe(`chg_${changeId?.replaceAll('-', '')}`);
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': expect.stringContaining('Throughline') });
  expect(body).toEqual({
    type: 'segment.entered',
    timestamp: new Date(system.nowMs).toISOString(),
    data: {
      profile: {
        id: `prf_${ada.replaceAll('-', '')}`,
        identifiers: expect.arrayContaining([
          { type: 'user_id', value: 'ada' },
          { type: 'email', value: 'ada@example.com' },
        ]),
        traits: { name: 'Ada Lovelace', plan: 'pro' },
      },
      segment: { id: 'seg_11111111111141118111111111111111', key: 'vip', name: 'Very important' },
      reason: 'plan is pro',
    },
  });
});

it('signs with both secrets while one takes over from the other, and only with the new one afterwards', async () => {
  const fresh = newSigningSecret(randomBytes);
  const secrets = { current: fresh, previous: SECRET, previousUntilMs: system.nowMs + 1 };
  await system.destination(receiver.url, { secrets });
  await system.change({ profileId: ada });
  await system.sending().run();
  system.pass(1);
  await system.change({ profileId: ada });
  await system.sending().run();
  const verified = receiver.received.map(({ text, headers }) =>
    [SECRET, fresh].map((secret) => {
      try {
        return Boolean(new Webhook(secret).verify(text, headers as Record<string, string>));
      } catch {
        return false;
      }
    }),
  );
  expect(verified).toEqual([
    [true, true],
    [false, true],
  ]);
});

it('sends to each destination only the types, segments and kinds of friction that it asks for', async () => {
  const other = await Receiver.start();
  const segments = [system.newId(), system.newId()] as const;
  await system.destination(receiver.url, { events: ['segment.entered'], segment_ids: [segments[0]] });
  await system.destination(other.url, { events: ['friction.detected'], friction_kinds: ['BOT_LOOP'], min_severity: 'MEDIUM' });
  await system.change(
    { profileId: ada, segmentId: segments[0], ...reason('first') },
    { profileId: ada, segmentId: segments[1], ...reason('second') },
    { profileId: ada, type: 'segment.left', segmentId: segments[0], ...reason('third') },
  );
  for (const [kind, severity] of [
    ['BOT_LOOP', 'HIGH'],
    ['BOT_LOOP', 'LOW'],
    ['LONG_WAIT', 'HIGH'],
  ] as const) {
    await system.change({ profileId: ada, type: 'friction.detected', frictionKind: kind, data: { severity, signalKey: `${kind}/1` } });
  }
  await system.sending().run();
  expect(receiver.reasons).toEqual(['first']);
  expect(other.received.map(({ body }) => body.data.friction)).toEqual([{ kind: 'BOT_LOOP', severity: 'HIGH', message: null }]);
  await other.stop();
});

it('keeps the order of a profile while its first delivery fails, and lets other profiles pass', async () => {
  const id = await system.destination(receiver.url);
  receiver.react = (response, { body }) => void response.writeHead(body.data.reason === 'one' ? 500 : 204).end();
  await system.change({ profileId: ada, ...reason('one') }, { profileId: ada, ...reason('two') }, { profileId: bob, ...reason('bob') });
  const sending = system.sending();
  await sending.run();
  expect([...receiver.reasons].sort()).toEqual(['bob', 'one']);
  await system.change({ profileId: ada, ...reason('three') });
  await sending.run();
  expect(receiver.reasons).toHaveLength(2);
  receiver.clear();
  system.pass(MINUTE_MS);
  await sending.run();
  expect(receiver.reasons).toEqual(['one', 'two', 'three']);
  expect(new Set((await system.log(id)).map(({ status }) => status))).toEqual(new Set(['DELIVERED']));
});

it('sends the same id again when it retries, at the time of that attempt', async () => {
  await system.destination(receiver.url);
  receiver.react = answering(500);
  await system.change({ profileId: ada });
  await system.sending().run();
  system.pass(MINUTE_MS);
  await system.sending().run();
  const [first, second] = receiver.received;
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(Number(second?.headers['webhook-timestamp']) - Number(first?.headers['webhook-timestamp'])).toBe(60);
});

it('loses nothing, repeats nothing and changes no order over a receiver that is down for an hour, and leaves it alone meanwhile', async () => {
  const id = await system.destination(receiver.url);
  receiver.react = (_response, _received, request) => void request.socket.destroy();
  const profiles = [ada, bob];
  const reasons = Array.from({ length: 60 }, (_, index) => `${index}`);
  await system.change(...reasons.map((text, index) => ({ profileId: profiles[index % 2] as string, ...reason(text) })));
  const sending = system.sending();
  for (let minutes = 0; minutes < 60; minutes++) {
    await sending.run();
    system.pass(MINUTE_MS);
  }
  expect(receiver.received.length).toBeLessThan(60);
  expect((await system.circuit(id)).open_until).not.toBeNull();
  receiver.clear();
  for (let minutes = 0; minutes < 6; minutes++) {
    system.pass(MINUTE_MS);
    await sending.run();
  }
  const even = (text: string) => Number(text) % 2 === 0;
  expect(receiver.reasons.filter(even)).toEqual(reasons.filter(even));
  expect(receiver.reasons.filter((text) => !even(text))).toEqual(reasons.filter((text) => !even(text)));
  expect(await system.circuit(id)).toMatchObject({ failures: 0, open_until: null });
});

it('opens the circuit after five failures, tries with one delivery, and sends all the others once that got through', async () => {
  const id = await system.destination(receiver.url);
  const many: string[] = [];
  for (let index = 0; index < 40; index++)
    many.push(await system.acme.profile({ identifiers: [{ type: 'user_id', value: `many-${index}` }] }));
  receiver.react = answering(503);
  await system.change(...many.map((profileId) => ({ profileId })));
  const sending = system.sending();
  await sending.run();
  const before = receiver.received.length;
  expect(before).toBeGreaterThanOrEqual(5);
  expect(before).toBeLessThan(40);
  await sending.run();
  expect(receiver.received).toHaveLength(before);
  system.pass(12_000);
  await sending.run();
  expect(receiver.received).toHaveLength(before + 1);
  receiver.clear();
  system.pass(40_000);
  await sending.run();
  expect(receiver.received).toHaveLength(40);
  expect(await system.circuit(id)).toMatchObject({ failures: 0, open_until: null });
});

it('gives up after a day, in the log', async () => {
  const id = await system.destination(receiver.url);
  receiver.react = answering(500);
  await system.change({ profileId: ada });
  const sending = system.sending();
  for (let hours = 0; hours <= 25; hours++) {
    await sending.run();
    system.pass(HOUR_MS);
  }
  expect(await system.log(id)).toMatchObject([{ status: 'FAILED', last_status: 500, last_error: 'STATUS' }]);
});

it('disables a destination that answers 410, and keeps the rest for when it is enabled again', async () => {
  const id = await system.destination(receiver.url);
  receiver.react = answering(410);
  await system.change({ profileId: ada, ...reason('one') }, { profileId: ada, ...reason('two') });
  await system.sending().run();
  expect(await system.circuit(id)).toMatchObject({ is_enabled: false, disabled_reason: 'GONE' });
  expect((await system.log(id)).map(({ status, last_status: status_ }) => [status, status_])).toEqual([
    ['FAILED', 410],
    ['PENDING', null],
  ]);
  expect(receiver.received).toHaveLength(1);
});

it('leaves a destination alone for as long as it asks for by Retry-After', async () => {
  await system.destination(receiver.url);
  receiver.react = answering(429, { 'retry-after': '600' });
  await system.change({ profileId: ada }, { profileId: bob });
  const sending = system.sending();
  await sending.run();
  const before = receiver.received.length;
  receiver.react = answering(204);
  system.pass(9 * MINUTE_MS);
  await sending.run();
  expect(receiver.received).toHaveLength(before);
  system.pass(MINUTE_MS + 1_000);
  await sending.run();
  expect(new Set(receiver.received.slice(before).map(({ body }) => body.data.profile.id)).size).toBe(2);
});

describe('processes', () => {
  it('send each delivery once, however many are at it', async () => {
    await system.destination(receiver.url);
    const reasons = Array.from({ length: 100 }, (_, index) => `${index}`);
    await system.change(...reasons.map((text, index) => ({ profileId: index % 2 ? ada : bob, ...reason(text) })));
    await Promise.all([system.sending().run(), system.sending().run(), system.sending().run()]);
    expect([...receiver.reasons].sort()).toEqual([...reasons].sort());
  });

  it('send again what one that died had taken, when its lease is over, and nothing of the profile before', async () => {
    const id = await system.destination(receiver.url);
    await system.change({ profileId: ada, ...reason('one') }, { profileId: ada, ...reason('two') });
    const { ready } = await system.sending().deliveries.claim({ workspaceId: system.workspaceId, destinationId: id }, 10);
    expect(ready).toHaveLength(1);
    await system.sending().run();
    expect(receiver.received).toEqual([]);
    system.pass(MINUTE_MS);
    await system.sending().run();
    expect(receiver.reasons).toEqual(['one', 'two']);
  });

  it('leave to the one that has it what they lost by being slow', async () => {
    const id = await system.destination(receiver.url);
    await system.change({ profileId: ada });
    const place = { workspaceId: system.workspaceId, destinationId: id };
    const slow = system.sending();
    const [late] = (await slow.deliveries.claim(place, 10)).ready;
    system.pass(MINUTE_MS);
    const [current] = (await system.sending().deliveries.claim(place, 10)).ready;
    receiver.react = answering(500);
    await slow.deliveries.deliver(late as NonNullable<typeof late>);
    expect(await system.log(id)).toMatchObject([{ status: 'PENDING', attempts: 2, last_error: null }]);
    receiver.react = answering(204);
    await system.sending().deliveries.deliver(current as NonNullable<typeof current>);
    expect(await system.log(id)).toMatchObject([{ status: 'DELIVERED', attempts: 2 }]);
  });
});
