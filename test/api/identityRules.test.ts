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

const RULE = 'type limitPerProfile keep blockedPatterns';
const set = (rules: readonly object[], withKey = key) =>
  api.query(withKey, `mutation ($input: SetIdentityRulesInput!) { setIdentityRules(input: $input) { rules { ${RULE} } } }`, {
    input: { rules },
  });
const rules = async () => (await api.query(key, `{ identityRules { ${RULE} } }`)).data.identityRules;

const aRule = (type: string, fields: object = {}) => ({ type, limitPerProfile: 5, keep: 'EARLIEST', blockedPatterns: [], ...fields });

describe('identityRules', () => {
  it('are the defaults at first, strongest first', async () => {
    expect(await rules()).toEqual([
      aRule('user_id', { limitPerProfile: 1 }),
      aRule('*'),
      aRule('email'),
      aRule('phone'),
      aRule('device_id', { limitPerProfile: 100, keep: 'LATEST' }),
      aRule('anonymous_id', { limitPerProfile: 100, keep: 'LATEST' }),
    ]);
  });

  it('are what was set, with * last where it was not named, patterns in lower case', async () => {
    const asked = [
      aRule('crm.user_id', { limitPerProfile: 1 }),
      { type: 'email', limitPerProfile: 3, keep: 'LATEST', blockedPatterns: ['Info@*'] },
    ];
    const wanted = [asked[0], aRule('email', { limitPerProfile: 3, keep: 'LATEST', blockedPatterns: ['info@*'] }), aRule('*')];
    const { data, codes } = await set(asked);
    expect(codes).toEqual([]);
    expect(data.setIdentityRules.rules).toEqual(wanted);
    expect(await rules()).toEqual(wanted);
  });

  it('are those of this workspace only', async () => {
    const other = await WorkspaceBuilder.create(api.database.owner, 'Other');
    await set([aRule('email')], await other.apiKey());
    expect((await rules())[0]).toEqual(aRule('user_id', { limitPerProfile: 1 }));
  });
});

describe('setIdentityRules', () => {
  it.each([
    ['two rules for one type', [aRule('email'), aRule('email')], ['There are two rules for email']],
    [
      'a limit of nothing and one beyond all',
      [aRule('email', { limitPerProfile: 0 }), aRule('phone', { limitPerProfile: 1_000_001 })],
      ['Rule 1: limitPerProfile', 'Rule 2: limitPerProfile'],
    ],
    ['names that are no types', [aRule('E-Mail'), aRule(''), aRule('part:1')], ['Rule 1: type', 'Rule 2: type', 'Rule 3: type']],
    [
      'patterns that are blank or too long',
      [aRule('email', { blockedPatterns: [' '] }), aRule('phone', { blockedPatterns: ['x'.repeat(201)] })],
      ['Rule 1: blockedPatterns', 'Rule 2: blockedPatterns'],
    ],
    [
      'too many patterns',
      [aRule('email', { blockedPatterns: Array.from({ length: 101 }, (_, n) => `p${n}`) })],
      ['Rule 1: blockedPatterns'],
    ],
    ['no rules', [], ['1 to 100 rules']],
    ['too many rules', Array.from({ length: 101 }, (_, n) => aRule(`t${n}`)), ['1 to 100 rules']],
  ])('refuses %s, naming every fault, and changes nothing', async (_, asked, faults) => {
    const { codes, messages } = await set(asked);
    expect(codes).toEqual(['INVALID_INPUT']);
    for (const fault of faults) expect(messages[0]).toContain(fault);
    expect((await rules())[0].type).toBe('user_id');
    expect(api.bugs).toEqual([]);
  });

  it('needs the scope admin, as the preview does; reading the rules needs profiles:read', async () => {
    const reader = await acme.apiKey('profiles:read');
    expect((await set([aRule('email')], reader)).codes).toEqual(['FORBIDDEN']);
    const preview = `{ previewIdentityRules(rules: [{ type: "email", limitPerProfile: 1, keep: LATEST }]) { profilesMerging } }`;
    expect((await api.query(reader, preview)).codes).toEqual(['FORBIDDEN']);
    expect((await api.query(reader, '{ identityRules { type } }')).codes).toEqual([]);
    expect((await api.query(await acme.apiKey('segments:read'), '{ identityRules { type } }')).codes).toEqual(['FORBIDDEN']);
  });

  it('notes who changed what in the audit log, once; the same rules again are no change', async () => {
    const entries = async () =>
      (
        await api.database.owner.query(
          'select e.action, n.note from audit_entry e join audit_note n using (workspace_id, audit_id) where workspace_id = $1',
          [acme.workspaceId],
        )
      ).rows;
    await set([aRule('email')]);
    expect(await entries()).toEqual([
      { action: 'setIdentityRules', note: { before: expect.anything(), after: [aRule('email'), aRule('*')] } },
    ]);
    await set([aRule('email')]);
    expect(await entries()).toHaveLength(1);
  });

  it('shows in ingestion that profiles are to be resolved anew', async () => {
    const status = async () =>
      (await api.query(key, '{ ingestion { ruleChange { startedAt profilesExamined profilesTotal finishedAt } } }')).data.ingestion
        .ruleChange;
    await acme.profile({ identifiers: [{ type: 'email', value: 'ada@example.com' }], interactions: [] });
    expect(await status()).toBeNull();
    await set([aRule('email')]);
    expect(await status()).toEqual({ startedAt: expect.any(String), profilesExamined: 0, profilesTotal: 1, finishedAt: null });
  });

  it('answers every one of many changes at once, and the last one stands', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => set([aRule('email', { limitPerProfile: n + 1 })])));
    expect(answers.flatMap(({ codes }) => codes)).toEqual([]);
    const { rows } = await api.database.owner.query('select version from rule_change where workspace_id = $1', [acme.workspaceId]);
    expect(rows).toEqual([{ version: 10 }]);
  });
});

describe('previewIdentityRules', () => {
  const PREVIEW = `query ($rules: [IdentityRuleInput!]!) { previewIdentityRules(rules: $rules) { profilesMerging profilesParting profilesExamined profilesTotal } }`;

  it('counts, and changes nothing', async () => {
    await acme.profile({ identifiers: [{ type: 'email', value: 'ada@example.com' }], interactions: [] });
    const { data, codes } = await api.query(key, PREVIEW, { rules: [aRule('email', { limitPerProfile: 1 })] });
    expect(codes).toEqual([]);
    expect(data.previewIdentityRules).toEqual({ profilesMerging: 0, profilesParting: 0, profilesExamined: 1, profilesTotal: 1 });
    expect((await rules())[0].type).toBe('user_id');
  });

  it('refuses faulty rules as setIdentityRules does, and more than a few at once', async () => {
    expect((await api.query(key, PREVIEW, { rules: [aRule('email'), aRule('email')] })).codes).toEqual(['INVALID_INPUT']);
    const answers = await Promise.all(Array.from({ length: 5 }, () => api.query(key, PREVIEW, { rules: [aRule('email')] })));
    const codes = answers.flatMap((answer) => answer.codes);
    expect(codes.length).toBeGreaterThan(0);
    expect(new Set(codes)).toEqual(new Set(['CONFLICT']));
    expect((await api.query(key, PREVIEW, { rules: [aRule('email')] })).codes).toEqual([]);
  });
});
