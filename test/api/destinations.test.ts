import { newUuidV7 } from '../../src/kernel/uuid';
import { recordChanges } from '../../src/storage/statements/recordChanges';
import { send } from '../../src/storage/statements/statement';
import { inWorkspace } from '../../src/storage/workspaceTransaction';
import { ApiUnderTest } from './apiUnderTest';
import { WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;
let theirs: string;
let ada: string;
const messages: object[] = [];

beforeAll(async () => {
  const door = {
    accept: (_source: object, taken: readonly object[]) => {
      messages.push(...taken);
      return Promise.resolve({ accepted: taken.length, position: '1' });
    },
    check: () => null,
  };
  api = await ApiUnderTest.start({ webhookAllowPrivate: true, door });
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
  theirs = await (await WorkspaceBuilder.create(api.database.owner, 'Globex')).apiKey();
  const identifiers = ['user_id', 'email', 'phone'].map((type) => ({ type, value: `${type}-of-ada` }));
  ada = await acme.profile({ identifiers });
});
afterAll(() => api.stop());

const URL_ = 'http://127.0.0.1:9/hooks';
const CREATE = `mutation ($input: CreateDestinationInput!) { createDestination(input: $input) { signingSecret destination { id name url events enabled failures } } }`;
const UPDATE = `mutation ($input: UpdateDestinationInput!) { updateDestination(input: $input) { destination { id name url enabled purpose frictionKinds } } }`;
const LOG = `query ($after: String, $status: DeliveryStatus, $first: Int) { destinations { id deliveries(first: $first, after: $after, status: $status) {
  nodes { webhookId event profileId status attempts } pageInfo { hasNextPage endCursor } } } }`;
const REPLAY = `mutation ($input: ReplayDeliveriesInput!) { replayDeliveries(input: $input) { replayed } }`;
const publicProfile = () => `prf_${ada.replaceAll('-', '')}`;
const input = (set: object = {}) => ({ name: 'Tool', url: URL_, events: ['segment.entered'], ...set });

async function created(set: object = {}): Promise<{ id: string; secret: string }> {
  const { data, messages: said } = await api.query(key, CREATE, { input: input(set) });
  if (!data) throw new Error(said.join());
  return { id: data.createDestination.destination.id, secret: data.createDestination.signingSecret };
}
const auditOf = async () => (await api.query(key, '{ auditLog { nodes { action target detail } } }')).data.auditLog.nodes;
afterEach(() => api.database.owner.query('delete from delivery; delete from destination; delete from suppression; delete from consent'));

it('answers a signing secret when a destination is made, and never again', async () => {
  const { id, secret } = await created();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const { data } = await api.query(key, '{ destinations { id name url events enabled failures segmentIds purpose quietPeriodSeconds } }');
  expect(data.destinations).toEqual([
    {
      id,
      name: 'Tool',
      url: URL_,
      events: ['segment.entered'],
      enabled: true,
      failures: 0,
      segmentIds: [],
      purpose: null,
      quietPeriodSeconds: 0,
    },
  ]);
  const node = await api.query(key, 'query ($id: ID!) { node(id: $id) { ... on Destination { name } } }', { id });
  expect(node.data.node).toEqual({ name: 'Tool' });
  expect((await auditOf())[0]).toMatchObject({ action: 'createDestination', target: id });
  expect(JSON.stringify([data, await auditOf()])).not.toContain(secret);
});

it.each([
  [{ events: [] }, 'events must hold'],
  [{ events: ['profile.exploded'] }, 'profile.exploded'],
  [{ name: ' ' }, 'name must have'],
  [{ url: 'ftp://example.com' }, 'url must begin'],
  [{ url: 'http://u:p@127.0.0.1/' }, 'no password'],
  [{ quietPeriodSeconds: -1 }, 'quietPeriodSeconds'],
  [{ purpose: '' }, 'purpose'],
  [{ segmentIds: ['seg_11111111111141118111111111111111'] }, 'segment that there is not'],
])('refuses %j and says why', async (set, reason) => {
  const { codes, messages: said } = await api.query(key, CREATE, { input: input(set) });
  expect([codes, said[0]]).toEqual([['INVALID_INPUT'], expect.stringContaining(reason)]);
});

it('refuses private addresses where configuration does not allow them', async () => {
  const strict = await ApiUnderTest.start();
  const strictKey = await (await WorkspaceBuilder.create(strict.database.owner, 'Strict')).apiKey();
  for (const url of ['https://127.0.0.1/', 'https://[::1]/', 'https://0x7f.1/', 'http://example.com/', 'https://169.254.169.254/']) {
    expect((await strict.query(strictKey, CREATE, { input: input({ url }) })).codes).toEqual(['INVALID_INPUT']);
  }
  await strict.stop();
});

it('changes what is given, takes away what is null, and begins anew when it is enabled', async () => {
  const { id } = await created({ purpose: 'email', frictionKinds: ['BOT_LOOP'] });
  await api.database.owner.query(`update destination set is_enabled = false, failures = 7, disabled_reason = 'GONE', open_until = now()`);
  expect((await api.query(key, UPDATE, { input: { id, purpose: null, enabled: true } })).data.updateDestination.destination).toEqual({
    id,
    name: 'Tool',
    url: URL_,
    enabled: true,
    purpose: null,
    frictionKinds: ['BOT_LOOP'],
  });
  const { rows } = await api.database.owner.query('select d.failures, d.disabled_reason, d.open_until from destination d');
  expect(rows).toEqual([{ failures: 0, disabled_reason: null, open_until: null }]);
});

it('lets the secret before sign on for a day when a new one is made', async () => {
  const { id, secret } = await created();
  const { data } = await api.query(key, `mutation ($id: ID!) { rotateDestinationSecret(input: { id: $id }) { signingSecret } }`, { id });
  const { rows } = await api.database.owner.query('select d.secrets from destination d');
  const { current, previous, previousUntilMs } = rows[0].secrets;
  expect([current, previous]).toEqual([data.rotateDestinationSecret.signingSecret, secret]);
  expect(previousUntilMs).toBeGreaterThan(Date.now() + 23 * 3_600_000);
});

it('pages and filters the log, and sends again what failed or is named', async () => {
  const { id } = await created();
  const changes = Array.from({ length: 5 }, (_, index) => ({
    changeId: newUuidV7(Date.now() + index),
    type: 'segment.entered' as const,
    profileId: ada,
    atMs: Date.now() + index,
    segmentId: null,
    frictionKind: null,
    data: {},
  }));
  const { statement, values } = recordChanges(acme.workspaceId, changes);
  await inWorkspace(api.database.app, acme.workspaceId, 'changes', (client) => send(client, statement, values));
  await api.database.owner.query(
    `update delivery set status = case when position % 2 = 0 then 'FAILED' else 'DELIVERED' end, attempts = 3`,
  );
  const first = (await api.query(key, LOG, { first: 3 })).data.destinations[0].deliveries;
  const second = (await api.query(key, LOG, { first: 3, after: first.pageInfo.endCursor })).data.destinations[0].deliveries;
  const ids = changes.map(({ changeId }) => `chg_${changeId.replaceAll('-', '')}`).reverse();
  expect([...first.nodes, ...second.nodes].map(({ webhookId }) => webhookId)).toEqual(ids);
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage, first.nodes[0].profileId]).toEqual([true, false, publicProfile()]);
  const failed = (await api.query(key, LOG, { first: 9, status: 'FAILED' })).data.destinations[0].deliveries.nodes;
  expect((await api.query(key, REPLAY, { input: { destinationId: id } })).data.replayDeliveries.replayed).toBe(failed.length);
  const delivered = (await api.query(key, LOG, { first: 1, status: 'DELIVERED' })).data.destinations[0].deliveries.nodes[0].webhookId;
  expect((await api.query(key, REPLAY, { input: { destinationId: id, webhookIds: [delivered] } })).data.replayDeliveries.replayed).toBe(1);
  expect((await api.query(key, LOG, { first: 9, status: 'PENDING' })).data.destinations[0].deliveries.nodes).toHaveLength(
    failed.length + 1,
  );
});

it('keeps destinations from other workspaces, and from keys without the scope admin', async () => {
  const { id } = await created();
  expect((await api.query(theirs, '{ destinations { id } }')).data.destinations).toEqual([]);
  expect((await api.query(theirs, UPDATE, { input: { id, name: 'Mine' } })).codes).toEqual(['NOT_FOUND']);
  expect((await api.query(theirs, REPLAY, { input: { destinationId: id } })).codes).toEqual(['NOT_FOUND']);
  expect((await api.query(theirs, 'mutation ($id: ID!) { deleteDestination(input: { id: $id }) { id } }', { id })).codes).toEqual([
    'NOT_FOUND',
  ]);
  const reading = await acme.apiKey('profiles:read', 'pii:read');
  expect((await api.query(reading, '{ destinations { id } }')).codes).toEqual(['FORBIDDEN']);
  expect((await api.query(reading, CREATE, { input: input() })).codes).toEqual(['FORBIDDEN']);
  expect((await api.query(reading, 'query ($id: ID!) { node(id: $id) { id } }', { id })).codes).toEqual(['FORBIDDEN']);
  expect(
    (await api.query(key, 'mutation ($id: ID!) { deleteDestination(input: { id: $id }) { id } }', { id })).data.deleteDestination,
  ).toEqual({ id });
});

describe('a customer', () => {
  const SUPPRESS = `mutation ($id: ID!, $suppressed: Boolean!) { suppressProfile(input: { profileId: $id, suppressed: $suppressed, reason: "asked" }) { profile { suppressed } } }`;
  const CONSENT = `mutation ($id: ID!) { recordConsent(input: { profileId: $id, purpose: "email", granted: true, at: "2026-01-31T09:30:00Z" }) { profile { id } } }`;

  it('is suppressed with all identifiers, and released again', async () => {
    const id = publicProfile();
    expect((await api.query(key, SUPPRESS, { id, suppressed: true })).data.suppressProfile.profile).toEqual({ suppressed: true });
    const { rows } = await api.database.owner.query('select s.reason, count(*)::int from suppression s group by 1');
    expect(rows).toEqual([{ reason: 'asked', count: 3 }]);
    expect((await api.query(key, SUPPRESS, { id, suppressed: false })).data.suppressProfile.profile).toEqual({ suppressed: false });
    expect((await api.query(theirs, SUPPRESS, { id, suppressed: true })).codes).toEqual(['NOT_FOUND']);
    expect((await api.query(await acme.apiKey('admin'), SUPPRESS, { id, suppressed: true })).codes).toEqual(['FORBIDDEN']);
  });

  it('grants what none of its identifiers refuses', async () => {
    await api.database.owner.query(
      `insert into consent (workspace_id, identifier_id, purpose, granted, at, message_id, source_id)
       select i.workspace_id, i.identifier_id, p.purpose, i.type <> 'email' or p.purpose = 'sms', now(), 'm', 1
       from identifier i, (values ('email'), ('sms')) p (purpose)`,
    );
    const { data } = await api.query(key, `query ($id: ID!) { profile(id: $id) { consents { purpose granted source { name } } } }`, {
      id: publicProfile(),
    });
    expect(data.profile.consents).toEqual([
      { purpose: 'email', granted: false, source: { name: 'Website' } },
      { purpose: 'sms', granted: true, source: { name: 'Website' } },
    ]);
  });

  it('is told of by messages about its strongest identifier and each that has spoken of the purpose', async () => {
    await api.database.owner.query(
      `insert into consent (workspace_id, identifier_id, purpose, granted, at, message_id, source_id)
       select i.workspace_id, i.identifier_id, 'email', false, now(), 'm', 1 from identifier i where i.type = 'email'`,
    );
    messages.length = 0;
    expect((await api.query(key, CONSENT, { id: publicProfile() })).data.recordConsent.profile).toEqual({ id: publicProfile() });
    const said = { event: 'Consent Changed', timestamp: '2026-01-31T09:30:00.000Z', properties: { purpose: 'email', granted: true } };
    expect(messages).toMatchObject([
      { ...said, userId: 'user_id-of-ada' },
      { ...said, context: { externalIds: [{ type: 'email', id: 'email-of-ada' }] } },
    ]);
  });
});
