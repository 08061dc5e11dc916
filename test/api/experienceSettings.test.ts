import { ApiUnderTest } from './apiUnderTest';
import { WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
});

const set = (settings: object, by = key) =>
  api.query(
    by,
    'mutation ($settings: JSONObject!) { setExperienceSettings(input: { settings: $settings }) { experienceSettings { settings } } }',
    { settings },
  );
const settings = async () => (await api.query(key, '{ experienceSettings { settings } }')).data.experienceSettings.settings;

const HOURS = { timeZone: 'Europe/Berlin', replyTargets: { CHAT: { minutes: 1 } }, healthWeights: { payment: 0 } };

it('goes by the usual until something is set', async () => {
  expect(await settings()).toEqual({});
});

it('keeps what was set, and writes down who set it', async () => {
  expect((await set(HOURS)).data.setExperienceSettings.experienceSettings.settings).toEqual(HOURS);
  expect(await settings()).toEqual(HOURS);
  const { data } = await api.query(key, '{ auditLog { nodes { action actor detail } } }');
  expect(data.auditLog.nodes).toEqual([{ action: 'setExperienceSettings', actor: 'test', detail: { before: null, after: HOURS } }]);
});

it('has all customers told of anew, but not where nothing changes', async () => {
  await set(HOURS);
  const rounds = () => api.database.owner.query('select is_marked from experience_progress where workspace_id = $1', [acme.workspaceId]);
  expect((await rounds()).rows).toEqual([{ is_marked: false }]);
  await api.database.owner.query('update experience_progress set is_marked = true where workspace_id = $1', [acme.workspaceId]);
  await set(HOURS);
  expect((await rounds()).rows).toEqual([{ is_marked: true }]);
});

it('goes by thresholds and rules of the workspace at once', async () => {
  const openedAtMs = Date.now() - 2 * 86_400_000;
  await acme.profile({
    identifiers: [{ type: 'email', value: 'ada@example.com' }],
    interactions: [
      { atMs: openedAtMs, kind: 'CONVERSATION_OPENED', channel: 'EMAIL', department: 'SUPPORT', subject: 'ticket 1' },
      ...[1, 2].map((day) => ({
        atMs: openedAtMs - day * 86_400_000,
        kind: 'ORDER_PLACED' as const,
        properties: { order_id: `o${day}`, total: 5, currency: 'EUR' },
      })),
    ],
  });
  const told = async () => {
    api.passTime(10_000);
    const { data } = await api.query(
      key,
      '{ profile(identifier: { type: "email", value: "ada@example.com" }) { lifecycleStage friction { kind } } }',
    );
    return { stage: data.profile.lifecycleStage, kinds: data.profile.friction.map(({ kind }: { kind: string }) => kind) };
  };
  expect(await told()).toMatchObject({ stage: 'CUSTOMER', kinds: expect.not.arrayContaining(['UNRESOLVED']) });
  await set({ friction: { unresolvedAfterMs: 86_400_000 }, lifecycle: { loyalOrders: 2 } });
  expect(await told()).toMatchObject({ stage: 'LOYAL', kinds: expect.arrayContaining(['UNRESOLVED']) });
});

it('refuses what it does not understand, naming each place, and keeps what there was', async () => {
  await set(HOURS);
  const { codes, messages } = await set({ timeZone: 'Mars/Olympus', replyTargets: { CHAT: { minutes: -1 } }, colour: 'blue' });
  expect(codes).toEqual(['INVALID_INPUT']);
  for (const place of ['timeZone', 'replyTargets.CHAT.minutes', 'settings.colour']) expect(messages[0]).toContain(place);
  expect(await settings()).toEqual(HOURS);
});

it('refuses settings that are too large', async () => {
  expect((await set({ timeZone: 'x'.repeat(70_000) })).codes).toEqual(['INVALID_INPUT']);
});

it('needs the scope admin to set, and reports:read to look', async () => {
  const reader = await acme.apiKey('reports:read');
  expect((await set(HOURS, reader)).codes).toEqual(['FORBIDDEN']);
  expect((await api.query(reader, '{ experienceSettings { settings } }')).codes).toEqual([]);
  expect((await api.query(await acme.apiKey('profiles:read'), '{ experienceSettings { settings } }')).codes).toEqual(['FORBIDDEN']);
});
