import { buildSchema } from '../../src/api/schema';
import { AuditSealing } from '../../src/app/audit/auditSealing';
import { publicId } from '../../src/kernel/ids';
import { eventually } from '../journeys/eventually';
import type { Answer } from './apiUnderTest';
import { ApiUnderTest } from './apiUnderTest';
import { AUDITED_MUTATIONS, MARK } from './auditedMutations';
import { NOON_MS, WorkspaceBuilder } from './workspaceBuilder';

jest.setTimeout(60_000);

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;
beforeAll(async () => {
  const door = { accept: () => Promise.resolve({ accepted: 1, position: null }), check: () => null };
  api = await ApiUnderTest.start({ door, auditReadsOneIn: 1, webhookAllowPrivate: true });
});
afterAll(async () => {
  await api.stop();
  expect([...api.bugs, ...api.faults]).toEqual([]);
});
beforeEach(async () => {
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
});

const ENTRY = 'id actor action target detail sequence';
const log = (args = '', as = key): Promise<Answer> =>
  api.query(as, `{ auditLog${args} { totalCount nodes { ${ENTRY} } pageInfo { hasNextPage endCursor } } }`);
// biome-ignore lint/suspicious/noExplicitAny: JSON that a test looks into
const entries = async (args = ''): Promise<any[]> => (await log(args)).data.auditLog.nodes;
const person = async (name: string): Promise<string> =>
  publicId(
    'Profile',
    await acme.profile({
      identifiers: [{ type: 'email', value: `${name}@example.com` }],
      interactions: [{ atMs: NOON_MS, kind: 'CONVERSATION_REPLIED', properties: { comment: 'Where is my grinder?' } }],
    }),
  );
/** The entries of reads, as soon as so many were written. */
// biome-ignore lint/suspicious/noExplicitAny: JSON that a test looks into
async function reads(count: number): Promise<any[]> {
  const all = async () => [...(await entries('(action: "read")')), ...(await entries('(action: "export")'))];
  await eventually(`${count} reads are in the log`, async () => (await all()).length >= count);
  return all();
}
const seal = () => new AuditSealing({ pool: api.database.app, clock: Date.now }).run();

describe('who changed what', () => {
  it('is in the log for every mutation there is, with nothing in it that a customer is known by', async () => {
    const mutations = Object.keys(buildSchema().getMutationType()?.getFields() ?? {});
    expect(AUDITED_MUTATIONS.map(({ name }) => name).sort()).toEqual(mutations.sort());
    const answers: Record<string, unknown> = {};
    for (const { name, selection, input } of AUDITED_MUTATIONS) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const variables = { input: await input({ api, acme, answers }) };
      const { data, messages } = await api.query(key, `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`, variables);
      expect([name, messages]).toEqual([name, []]);
      answers[name] = data[name];
      expect(await entries(`(action: "${name}")`)).toHaveLength(1);
    }
    await seal();
    const { rows } = await api.database.owner.query('select e::text as text from audit_entry e where e.workspace_id = $1', [
      acme.workspaceId,
    ]);
    expect(rows.length).toBeGreaterThanOrEqual(mutations.length);
    for (const { text } of rows) expect(text).not.toContain(MARK);
  });

  it('shows what was written in free words, until that is forgotten, and stays intact then', async () => {
    const id = await person('ada');
    const reason = 'She called: stop it.';
    await api.query(key, 'mutation ($i: SuppressProfileInput!) { suppressProfile(input: $i) { profile { id } } }', {
      i: { profileId: id, suppressed: true, reason },
    });
    await seal();
    expect(await entries(`(action: "suppressProfile")`)).toMatchObject([{ target: id, detail: { suppressed: true, reason } }]);
    await api.database.owner.query('delete from audit_note where workspace_id = $1', [acme.workspaceId]);
    expect(await entries(`(action: "suppressProfile")`)).toMatchObject([{ target: id, detail: { suppressed: true, noteForgotten: true } }]);
    expect((await api.query(key, '{ auditVerification { isIntact } }')).data.auditVerification).toEqual({ isIntact: true });
  });
});

describe('who saw what', () => {
  it('is in the log for a profile, with the fields that were read of it, and not what it was looked for by', async () => {
    const id = await person('grace');
    await api.query(
      key,
      '{ mine: profile(identifier: { type: "email", value: "grace@example.com" }) { id called: email timeline { nodes { summary } } } }',
    );
    expect(await reads(1)).toEqual([
      expect.objectContaining({
        actor: 'test',
        action: 'read',
        target: id,
        detail: { fields: ['profile'], profileFields: ['email', 'id', 'timeline'] },
      }),
    ]);
  });

  it('is in the log for lists, searches, conversations and single interactions, by the profiles that were shown', async () => {
    const ids = [await person('ada'), await person('bob')];
    await api.query(key, '{ profiles { nodes { displayName } } }');
    await api.query(key, '{ searchProfiles(text: "ada@example.com") { nodes { displayName } } }');
    const found = await api.query(key, '{ searchConversations(text: "grinder") { nodes { id } } }');
    await api.query(key, 'query ($id: ID!) { node(id: $id) { id } }', { id: found.data.searchConversations.nodes[0].id });
    const all = await reads(4);
    // biome-ignore lint/suspicious/noExplicitAny: JSON that a test looks into
    const shown = Object.fromEntries(all.map(({ target, detail }: any) => [detail.fields[0], (detail.profileIds ?? [target]).sort()]));
    expect(shown).toMatchObject({ profiles: [...ids].sort(), searchProfiles: [ids[0]], searchConversations: [...ids].sort() });
    expect(ids).toContain(shown['node'][0]);
  });

  it('says nothing where nobody was shown', async () => {
    await person('ada');
    await api.query(key, '{ profile(identifier: { type: "email", value: "nobody@example.com" }) { id } }');
    await api.query(key, '{ profiles { nodes { id } } }');
    expect(await reads(1)).toHaveLength(1);
  });

  it('takes no statement of the request', async () => {
    await person('ada');
    const names = await api.statementsOf(() => api.query(key, '{ profiles { nodes { id } } }'));
    expect(names.filter((name) => /audit|reads/.test(name))).toEqual([]);
    expect(await reads(1)).toHaveLength(1);
  });

  it('names the segment that was exported and the columns', async () => {
    const segmentId = '018f0000-0000-7000-8000-000000000001';
    await api.database.owner.query(
      `insert into segment (workspace_id, segment_id, key, name, definition, status, size, created_at, updated_at) values ($1, $2, 'all', 'All', '{}', 'LIVE', 0, now(), now())`,
      [acme.workspaceId, segmentId],
    );
    const address = api.url.replace('/graphql', '/exports/segments/all.ndjson?fields=id,traits.plan');
    expect((await fetch(address, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
    expect(await reads(1)).toEqual([
      expect.objectContaining({
        action: 'export',
        target: publicId('Segment', segmentId),
        detail: { fields: ['exports'], profileFields: ['id', 'traits.plan'] },
      }),
    ]);
  });
});

describe('the log', () => {
  it('is filtered by actor, action, what it is about, and time; pages and counts go by that', async () => {
    const [ada, bob] = [await person('ada'), await person('bob')];
    const merge = (ids: readonly string[]) =>
      api.query(key, 'mutation ($i: MergeProfilesInput!) { mergeProfiles(input: $i) { merges { id } } }', { i: { profileIds: ids } });
    await merge([ada as string, bob as string]);
    await api.query(key, 'mutation { setMatchSettings(input: { reviewFrom: 0.7 }) { settings { reviewFrom } } }');
    const actions = async (args: string) => (await entries(args)).map(({ action }) => action).filter((action) => action !== 'read');
    expect(await actions(`(target: "${ada}")`)).toEqual(['mergeProfiles']);
    expect(await actions(`(target: "${bob}")`)).toEqual(['mergeProfiles']);
    expect(await actions(`(target: "prf_${'0'.repeat(32)}")`)).toEqual([]);
    expect(await actions('(action: "setMatchSettings", actor: "test")')).toEqual(['setMatchSettings']);
    expect(await actions('(actor: "nobody")')).toEqual([]);
    expect(await actions('(from: "2100-01-01T00:00:00Z")')).toEqual([]);
    expect(await actions('(to: "2100-01-01T00:00:00Z")')).toEqual(['setMatchSettings', 'mergeProfiles']);
    const page = (await log('(first: 1, to: "2100-01-01T00:00:00Z", action: "mergeProfiles")')).data.auditLog;
    expect(page).toMatchObject({ totalCount: 1, pageInfo: { hasNextPage: false } });
  });

  it('can be asked for any time there is and any text', async () => {
    for (const args of ['(from: "0001-01-01T00:00:00Z")', '(to: "9999-12-31T23:59:59Z")', '(actor: "Zoë 💥")', '(target: "")']) {
      expect([args, (await log(args)).codes]).toEqual([args, []]);
    }
    expect((await log('(actor: "\\u0000")')).codes).toEqual(['INVALID_INPUT']);
    for (const time of ['0000-12-31T23:59:59Z', '0001-01-01T00:00:00+00:01', '9999-12-31T23:59:59-00:01'])
      expect([time, (await log(`(from: "${time}")`)).codes]).toEqual([time, ['GRAPHQL_VALIDATION_FAILED']]);
  });

  it('shows to who may not see personal values what was written masked', async () => {
    const id = await person('ada');
    await api.query(key, 'mutation ($i: SuppressProfileInput!) { suppressProfile(input: $i) { profile { id } } }', {
      i: { profileId: id, suppressed: true, reason: 'Write to ada@example.com' },
    });
    const masked = await log('(action: "suppressProfile")', await acme.apiKey('admin'));
    expect(JSON.stringify(masked.data)).not.toContain('ada@example.com');
  });

  it('needs the scope admin, as its verification does', async () => {
    const other = await acme.apiKey('profiles:read', 'pii:read', 'reports:read');
    expect((await log('', other)).codes).toEqual(['FORBIDDEN']);
    expect((await api.query(other, '{ auditVerification { isIntact } }')).codes).toEqual(['FORBIDDEN']);
  });

  it('says whether it is intact, of this workspace alone, and where it is not', async () => {
    const verification = async () =>
      (await api.query(key, '{ auditVerification { isIntact checked unsealed head { sequence hash } firstBroken { sequence id fault } } }'))
        .data.auditVerification;
    expect(await verification()).toEqual({ isIntact: true, checked: 0, unsealed: 0, head: { sequence: '0', hash: '' }, firstBroken: null });
    await api.query(key, 'mutation { setMatchSettings(input: { reviewFrom: 0.7 }) { settings { reviewFrom } } }');
    expect(await verification()).toMatchObject({ isIntact: true, checked: 0, unsealed: 1 });
    await seal();
    const { id, sequence } = (await entries())[0];
    expect(sequence).toBe('1');
    expect(await verification()).toMatchObject({ isIntact: true, checked: 1, unsealed: 0, head: { sequence: '1' } });
    await api.database.owner.query('alter table audit_entry disable trigger user');
    await api.database.owner.query(`update audit_entry set actor = 'Ida' where workspace_id = $1`, [acme.workspaceId]);
    await api.database.owner.query('alter table audit_entry enable trigger user');
    expect(await verification()).toMatchObject({ isIntact: false, firstBroken: { sequence: '1', id, fault: 'CHANGED' } });
    expect((await api.query(key, '{ auditVerification(latest: 0) { isIntact } }')).codes).toEqual(['INVALID_INPUT']);
  });
});
