import { Provider } from '../app/signIn/provider';
import { ApiUnderTest } from './apiUnderTest';
import { Listener } from './streams/listeners';
import { WorkspaceBuilder } from './workspaceBuilder';

const NAMES = '{ profiles { nodes { displayName } } }';
const ADDED = 'subscription { interactionAdded { id } }';

let provider: Provider;
let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let globex: WorkspaceBuilder;

beforeAll(async () => {
  provider = await Provider.start();
  api = await ApiUnderTest.start({
    signIn: {
      issuer: provider.issuer,
      audience: 'throughline',
      jwksUrl: null,
      workspaceClaim: 'workspace',
      scopesClaim: 'scope',
      scopesOfRoles: new Map(),
      clockToleranceSeconds: 0,
    },
  });
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  globex = await WorkspaceBuilder.create(api.database.owner, 'Globex');
  await acme.profile({ identifiers: [{ type: 'user_id', value: 'ada' }], traits: { name: 'Ada' } });
  await globex.profile({ identifiers: [{ type: 'user_id', value: 'bob' }], traits: { name: 'Bob' } });
});
afterAll(async () => {
  expect(api.bugs).toEqual([]);
  await api.stop();
  await provider.stop();
});

const tokenFor = (workspace: WorkspaceBuilder, scope: string, claims: object = {}) =>
  provider.sign({ workspace: workspace.workspaceId, scope, ...claims });
const namesIn = async (token: string) =>
  (await api.query(token, NAMES)).data?.profiles.nodes.map(({ displayName }: { displayName: string }) => displayName);

it('shows everybody the workspace that their token names, and no other', async () => {
  expect(await namesIn(await tokenFor(acme, 'profiles:read pii:read'))).toEqual(['Ada']);
  expect(await namesIn(await tokenFor(globex, 'profiles:read pii:read'))).toEqual(['Bob']);
});

it('masks for whose token has not the scope pii:read, and refuses what it has no scope for', async () => {
  const token = await tokenFor(acme, 'profiles:read');
  expect(await namesIn(token)).toEqual(['A***']);
  expect((await api.query(token, '{ sources { id } }')).codes).toEqual(['FORBIDDEN']);
});

it.each([
  ['a workspace that is not there', { workspace: 999_999 }],
  ['an end that has passed', { exp: 1 }],
  ['another audience', { aud: 'elsewhere' }],
])('answers 401 UNAUTHENTICATED to a token with %s', async (_what, claims) => {
  expect(await api.query(await tokenFor(acme, 'admin', claims), NAMES)).toMatchObject({ status: 401, codes: ['UNAUTHENTICATED'] });
});

it('names who signed in in the audit log', async () => {
  const token = await tokenFor(acme, 'admin', { sub: 'ann@agents' });
  const { rows } = await api.database.owner.query('select s.source_id from source s where s.workspace_id = $1', [acme.workspaceId]);
  const { codes } = await api.query(token, 'mutation ($id: ID!) { rotateWriteKey(input: { sourceId: $id }) { source { id } } }', {
    id: `src_${rows[0].source_id}`,
  });
  expect(codes).toEqual([]);
  expect((await api.query(token, '{ auditLog { nodes { actor action } } }')).data.auditLog.nodes).toEqual([
    { actor: 'ann@agents', action: 'rotateWriteKey' },
  ]);
});

it('sends nobody’s messages by a token', async () => {
  const token = await tokenFor(acme, 'profiles:read');
  const answer = await api.query(token, 'mutation { ingest(input: { messages: [{}] }) { accepted } }');
  expect(answer.codes).toEqual(['FORBIDDEN']);
});

it('exports for a token with the scopes of an export', async () => {
  const ask = async (scope: string) => {
    const url = `${new URL(api.url).origin}/exports/segments/none.ndjson`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${await tokenFor(acme, scope)}` } });
    return (await answer.json()).error.code;
  };
  expect(await ask('segments:read profiles:read')).toBe('NOT_FOUND');
  expect(await ask('profiles:read')).toBe('FORBIDDEN');
});

it('opens streams for a token, and ends them when it expires', async () => {
  const exp = Math.floor(Date.now() / 1_000) + 4;
  const token = await tokenFor(acme, 'profiles:read', { exp });
  const events = await Listener.onEvents(api.url, token, ADDED, {});
  const socket = Listener.onSocket(api.url, token, ADDED, {});
  await Promise.all([events.ends(), socket.ends()]);
  expect(Date.now()).toBeGreaterThanOrEqual(exp * 1_000);
  expect(socket.closes).toEqual([4403]);
  expect(events.codes).toEqual(['UNAUTHENTICATED']);
});

it('answers 503 SIGN_IN_UNAVAILABLE while the provider’s keys can not be fetched, and API keys work', async () => {
  await provider.rotate('unfetched');
  const token = await tokenFor(acme, 'profiles:read');
  await new Promise((resolve) => setTimeout(resolve, 250));
  provider.isDown = true;
  expect(await api.query(token, NAMES)).toMatchObject({ status: 503, codes: ['SIGN_IN_UNAVAILABLE'] });
  expect((await api.query(await acme.apiKey(), NAMES)).codes).toEqual([]);
});
