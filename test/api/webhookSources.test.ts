import { ApiUnderTest } from './apiUnderTest';
import { WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let globex: WorkspaceBuilder;
let key: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  globex = await WorkspaceBuilder.create(api.database.owner, 'Globex');
  key = await acme.apiKey();
});
afterAll(() => api.stop());

const CREATE = `mutation ($type: String!, $settings: JSONObject) {
  createSource(input: { name: "Desk", type: $type, department: SUPPORT, settings: $settings }) { source { id type webhookPath } } }`;
const UPDATE = `mutation ($id: ID!, $name: String, $settings: JSONObject) {
  updateSource(input: { id: $id, name: $name, settings: $settings }) { source { id name type department writeKey webhookPath } } }`;
const MAPPING = { messageId: 'id', event: 'what', identifiers: [{ type: 'email', path: 'mail' }] };

async function created(type: string, settings: object): Promise<string> {
  const { data, messages } = await api.query(key, CREATE, { type, settings });
  if (!data) throw new Error(messages.join());
  return data.createSource.source.id;
}
async function settingsOf(id: string): Promise<object> {
  const { rows } = await api.database.owner.query('select s.settings from source s where s.source_id = $1', [id.slice('src_'.length)]);
  return rows[0].settings;
}

it('says where the vendor of a source delivers to, and nothing where its type takes no webhooks', async () => {
  const { data } = await api.query(key, CREATE, { type: 'zendesk', settings: { signingSecret: 's' } });
  const { id, webhookPath } = data.createSource.source;
  expect(webhookPath).toBe(`/webhooks/${id}`);
  expect((await api.query(key, CREATE, { type: 'segment' })).data.createSource.source.webhookPath).toBeNull();
});

it('gives sources of different workspaces different ids', async () => {
  const other = await api.query(await globex.apiKey(), CREATE, { type: 'zendesk' });
  expect(other.data.createSource.source.id).not.toBe(await created('zendesk', {}));
});

it.each([
  ['zendesk', { signingSecret: '' }, 'signingSecret must be the signing secret of the webhook'],
  ['intercom', { secrets: 'x' }, 'signingSecret must be the client secret of the app'],
  ['twilio', { authToken: 7 }, 'signingSecret must be the auth token of the account'],
  ['json', { secret: 's', mapping: { ...MAPPING, time: '..' } }, 'mapping.time must be a path'],
  ['json', { mapping: MAPPING }, 'give signature'],
])('refuses a source of the type %s with the settings %j, and says why', async (type, settings, reason) => {
  const { codes, messages } = await api.query(key, CREATE, { type, settings });
  expect(codes).toEqual(['INVALID_INPUT']);
  expect(messages[0]).toContain(reason);
});

it('never shows settings, which hold secrets', async () => {
  await created('zendesk', { signingSecret: 'hush' });
  const { data } = await api.query(key, '{ sources { id name type department writeKey webhookPath } }');
  expect(JSON.stringify(data)).not.toContain('hush');
  const { data: schema } = await api.query(key, '{ __type(name: "Source") { fields { name } } }');
  expect(schema.__type.fields.map((field: { name: string }) => field.name)).not.toContain('settings');
});

describe('updateSource', () => {
  it('changes the members that are given, takes away what is null, and leaves the rest', async () => {
    const id = await created('json', { secret: 's', mapping: MAPPING, note: 'old' });
    const { data } = await api.query(key, UPDATE, { id, name: 'Renamed', settings: { mapping: { ...MAPPING, time: 'at' }, note: null } });
    expect(data.updateSource.source).toEqual({
      id,
      name: 'Renamed',
      type: 'json',
      department: 'SUPPORT',
      writeKey: null,
      webhookPath: `/webhooks/${id}`,
    });
    expect(await settingsOf(id)).toEqual({ secret: 's', mapping: { ...MAPPING, time: 'at' } });
  });

  it('leaves the name where none is given', async () => {
    const id = await created('zendesk', { signingSecret: 's' });
    expect((await api.query(key, UPDATE, { id, settings: { signingSecret: 't' } })).data.updateSource.source.name).toBe('Desk');
    expect(await settingsOf(id)).toEqual({ signingSecret: 't' });
  });

  it('makes whatever was being decided by the settings before be decided anew', async () => {
    const id = await created('zendesk', { signingSecret: 's' });
    const generation = async () =>
      (await api.database.owner.query('select l.generation::int as generation from lane l where l.workspace_id = $1', [acme.workspaceId]))
        .rows[0].generation;
    const before = await generation();
    await api.query(key, UPDATE, { id, settings: { signingSecret: 't' } });
    expect(await generation()).toBe(before + 1);
  });

  it('refuses what would not do, and changes nothing', async () => {
    const id = await created('json', { secret: 's', mapping: MAPPING });
    expect((await api.query(key, UPDATE, { id, settings: { mapping: {} } })).codes).toEqual(['INVALID_INPUT']);
    expect((await api.query(key, UPDATE, { id, name: ' ' })).codes).toEqual(['INVALID_INPUT']);
    expect(await settingsOf(id)).toEqual({ secret: 's', mapping: MAPPING });
  });

  it.each(['src_999999', 'src_0', 'prf_1'])('does not find %s', async (id) => {
    expect((await api.query(key, UPDATE, { id, name: 'x' })).codes).toEqual(['NOT_FOUND']);
  });

  it('does not reach into another workspace', async () => {
    const id = await created('zendesk', { signingSecret: 's' });
    expect((await api.query(await globex.apiKey(), UPDATE, { id, name: 'Theirs' })).codes).toEqual(['NOT_FOUND']);
  });

  it('says CONFLICT to who changed settings that somebody else had changed meanwhile, and loses neither change', async () => {
    const id = await created('json', { secret: 's', mapping: MAPPING });
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => api.query(key, UPDATE, { id, settings: { [`note${index}`]: index } })),
    );
    const done = answers.flatMap(({ data }, index) => (data ? [`note${index}`] : []));
    expect(answers.flatMap(({ codes }) => codes).every((code) => code === 'CONFLICT')).toBe(true);
    expect(
      Object.keys(await settingsOf(id))
        .filter((name) => name.startsWith('note'))
        .sort(),
    ).toEqual(done.sort());
  });
});
