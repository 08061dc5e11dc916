import { SCOPES } from '../../src/kernel/vocabulary';
import { aMessage, anIdentify, DecisionWorld, email } from '../app/decisions/decisionWorld';

jest.setTimeout(60_000);

const MERGE =
  'mutation ($i: MergeProfilesInput!) { mergeProfiles(input: $i) { profile { id } merges { id rule actor survivorId absorbedId undoneAt } } }';
const UNDO = 'mutation ($i: UndoMergeInput!) { undoMerge(input: $i) { profiles { id } } }';
const SPLIT = 'mutation ($i: SplitProfileInput!) { splitProfile(input: $i) { remaining { id } separated { id } } }';
const PREVIEW = `query ($ids: [ID!]!) { previewMerge(profileIds: $ids) { survivorId refusals interactions conflicts { key values { value observedAt } } } }`;
const NOBODY = `prf_${'0'.repeat(32)}`;

let at: DecisionWorld;
beforeAll(async () => {
  at = await DecisionWorld.start();
  await at.hear(
    anIdentify(1, 'ada', { email: 'ada@example.com', name: 'Ada Lovelace', plan: 'pro' }),
    aMessage(2, { userId: 'ada', anonymousId: 'laptop' }),
    aMessage(3, { type: 'identify', anonymousId: 'tablet', traits: { email: 'a@work.example', name: 'A. Lovelace', plan: 'pro' } }),
    aMessage(4, { anonymousId: 'kiosk' }),
    anIdentify(5, 'grace', { email: 'grace@example.com' }),
    ...Array.from({ length: 3 }, (_, n) => aMessage(6, { userId: 'emmy', ...email(`emmy${n}@example.com`) })),
    ...Array.from({ length: 3 }, (_, n) => aMessage(7, { anonymousId: 'library', ...email(`library${n}@example.com`) })),
  );
});
afterAll(async () => {
  expect(at.api.bugs).toEqual([]);
  await at.stop();
});

const ada = () => at.idOf('user_id', 'ada');
const tablet = () => at.idOf('anonymous_id', 'tablet');
const merging = (profileIds: readonly string[], more: object = {}) => at.ask(MERGE, { i: { profileIds, ...more } });

/** Nothing that anybody can read, and no decision or entry, is another one afterwards. */
async function changingNothing(work: () => Promise<void>): Promise<void> {
  const counts = () =>
    at.world.query(
      'select (select count(*) from decision), (select count(*) from part_label), (select count(*) from audit_entry), (select count(*) from profile_merge)',
    );
  const before = [await at.dump(), await counts()];
  await work();
  expect([await at.dump(), await counts()]).toEqual(before);
}

describe('what is refused, changing nothing', () => {
  it('is a merge of a profile with itself, also by the id of one that was merged into it', async () => {
    const { survivorId, mergeIds } = await at.merge([await ada(), await at.idOf('anonymous_id', 'kiosk')]);
    const kiosk = (await at.do('query ($id: ID!) { profile(id: $id) { previousIds } }', { id: survivorId })).profile.previousIds[0];
    await changingNothing(async () => {
      expect((await merging([survivorId, survivorId])).codes).toEqual(['MERGE_WITH_ITSELF']);
      expect((await merging([survivorId, kiosk])).codes).toEqual(['MERGE_WITH_ITSELF']);
    });
    await at.undo(mergeIds[0]!);
  });

  it('is a merge with nobody, or with a profile of another workspace, which nobody can tell apart', async () => {
    const { rows } = await at.world.database.owner.query(`
      with other as (insert into workspace (name, created_at) values ('Other', now()) returning workspace_id)
      insert into profile (workspace_id, profile_id, contested, identifier_count, type_counts, first_seen_at, created_at)
      select workspace_id, gen_random_uuid(), false, 0, '{}', now(), now() from other returning 'prf_' || replace(profile_id::text, '-', '') as id`);
    await changingNothing(async () => {
      for (const id of [NOBODY, rows[0].id, 'src_1', 'prf_', '', '\0', '💥'])
        expect((await merging([await ada(), id])).codes).toEqual(['NOT_FOUND']);
      expect((await at.ask(PREVIEW, { ids: [await ada(), rows[0].id] })).codes).toEqual(['NOT_FOUND']);
      expect((await at.ask(UNDO, { i: { mergeId: `mrg_${'0'.repeat(32)}` } })).codes).toEqual(['NOT_FOUND']);
      const identifiers = [{ type: 'email', value: 'ada@example.com' }];
      expect((await at.ask(SPLIT, { i: { profileId: rows[0].id, identifiers } })).codes).toEqual(['NOT_FOUND']);
    });
  });

  it('is a merge of one, of none, of too many, or that is to survive as somebody else', async () => {
    await changingNothing(async () => {
      const id = await ada();
      expect((await merging([])).codes).toEqual(['INVALID_INPUT']);
      expect((await merging([id])).codes).toEqual(['INVALID_INPUT']);
      expect((await merging(Array(101).fill(id))).codes).toEqual(['INVALID_INPUT']);
      expect((await merging([id, await tablet()], { survivorId: await at.idOf('user_id', 'grace') })).codes).toEqual(['INVALID_INPUT']);
      expect((await merging([id, await tablet()], { reason: 'x'.repeat(2_001) })).codes).toEqual(['INVALID_INPUT']);
    });
  });

  it('is a merge that a limit forbids, named in the words of the rule, also where only some identifiers would not fit', async () => {
    await changingNothing(async () => {
      const users = await merging([await ada(), await at.idOf('user_id', 'grace')]);
      expect(users).toMatchObject({
        codes: ['MERGE_REFUSED'],
        messages: ['The merge breaks a limit. user_id: at most 1 on one profile, together they have 2.'],
      });
      const emails = await merging([await at.idOf('user_id', 'emmy'), await at.idOf('anonymous_id', 'library')]);
      expect(emails).toMatchObject({
        codes: ['MERGE_REFUSED'],
        messages: ['The merge breaks a limit. email: at most 5 on one profile, together they have 6.'],
      });
    });
  });

  it('is a split of all or none of the identifiers, or of those of somebody else', async () => {
    await changingNothing(async () => {
      const profileId = await ada();
      const splitting = async (...values: [string, string][]) =>
        (await at.ask(SPLIT, { i: { profileId, identifiers: values.map(([type, value]) => ({ type, value })) } })).codes;
      expect(await splitting()).toEqual(['SPLIT_REFUSED']);
      expect(await splitting(['user_id', 'ada'], ['email', 'ada@example.com'], ['anonymous_id', 'laptop'])).toEqual(['SPLIT_REFUSED']);
      expect(await splitting(['user_id', 'grace'])).toEqual(['IDENTIFIER_ELSEWHERE']);
      expect(await splitting(['user_id', 'ada'], ['email', 'nobody@example.com'])).toEqual(['IDENTIFIER_ELSEWHERE']);
      expect(await splitting(['email', 'no address'])).toEqual(['IDENTIFIER_ELSEWHERE']);
      expect(await splitting(['email', 'x'.repeat(1_001)])).toEqual(['INVALID_INPUT']);
    });
  });
});

describe('two people who decide on the same pair at once', () => {
  it('merge it once, and undo it once: the second one is told', async () => {
    const pair = [await ada(), await tablet()];
    const merges = await Promise.all([merging(pair), merging([...pair].reverse())]);
    expect(merges.flatMap(({ codes }) => codes)).toEqual(['MERGE_WITH_ITSELF']);
    const mergeId = merges.find(({ codes }) => codes.length === 0)?.data.mergeProfiles.merges[0].id;
    const undone = await Promise.all([at.ask(UNDO, { i: { mergeId } }), at.ask(UNDO, { i: { mergeId } })]);
    expect(undone.flatMap(({ codes }) => codes)).toEqual(['MERGE_UNDONE']);
    expect([await ada(), await tablet()]).toEqual(pair);
  });
});

describe('a preview', () => {
  it('names the survivor, what would conflict and how much would be on the timeline, and changes nothing', async () => {
    await changingNothing(async () => {
      const { previewMerge } = await at.do(PREVIEW, { ids: [await tablet(), await ada()] });
      expect(previewMerge).toEqual({
        survivorId: await ada(),
        refusals: [],
        interactions: 3,
        conflicts: [
          {
            key: 'email',
            values: [
              { value: 'a@work.example', observedAt: '2026-03-01T00:03:00.000Z' },
              { value: 'ada@example.com', observedAt: '2026-03-01T00:01:00.000Z' },
            ],
          },
          { key: 'name', values: [expect.objectContaining({ value: 'A. Lovelace' }), expect.objectContaining({ value: 'Ada Lovelace' })] },
        ],
      });
    });
  });

  it('names the limits that would refuse it', async () => {
    const { previewMerge } = await at.do(PREVIEW, { ids: [await at.idOf('user_id', 'emmy'), await at.idOf('anonymous_id', 'library')] });
    expect(previewMerge.refusals).toEqual(['The merge breaks a limit. email: at most 5 on one profile, together they have 6.']);
  });

  it('names as survivor who survives then', async () => {
    const pair = [await tablet(), await at.idOf('anonymous_id', 'kiosk')];
    const { previewMerge } = await at.do(PREVIEW, { ids: pair });
    const merged = await at.merge(pair);
    expect(merged.survivorId).toBe(previewMerge.survivorId);
    await at.undo(merged.mergeIds[0]!);
  });
});

describe('the audit log', () => {
  it('says who did what, to whom and why, the latest first, a page at a time', async () => {
    await at.addKey('support-key', 'Grace of support', SCOPES);
    const pair = [await ada(), await tablet()];
    const merged = await at.api.query('support-key', MERGE, { i: { profileIds: pair, reason: 'Called; it is her.\0 \ud800' } });
    expect(merged.codes).toEqual([]);
    const [{ id: mergeId, ...record }] = merged.data.mergeProfiles.merges;
    expect(record).toEqual({ rule: 'person', actor: 'Grace of support', survivorId: pair[0], absorbedId: pair[1], undoneAt: null });
    await at.undo(mergeId);
    const { separated } = await at.split(pair[0]!, { type: 'anonymous_id', value: 'laptop' });
    const page = (after: string | null) =>
      at.do(
        'query ($after: String) { auditLog(first: 2, after: $after) { totalCount pageInfo { endCursor } nodes { id at actor action target detail } } }',
        { after },
      );
    const first = (await page(null)).auditLog;
    expect(first.nodes).toMatchObject([
      { actor: 'Ada of support', action: 'splitProfile', target: pair[0], detail: { separatedId: separated, identifierCount: 1 } },
      { actor: 'Ada of support', action: 'undoMerge', target: mergeId, detail: { survivorId: pair[0], absorbedId: pair[1] } },
    ]);
    const second = (await page(first.pageInfo.endCursor)).auditLog;
    expect(second.nodes[0]).toMatchObject({
      id: expect.stringMatching(/^aud_[0-9a-f]{32}$/),
      actor: 'Grace of support',
      action: 'mergeProfiles',
      target: pair[0],
      detail: { profileIds: pair, mergeIds: [mergeId], reason: expect.stringContaining('Called; it is her.') },
    });
    expect(first.totalCount).toBeGreaterThan(2);
  });
});

describe('a key', () => {
  it('needs the scope profiles:write to decide, profiles:read to preview, admin to read the audit log', async () => {
    await at.addKey('reader', 'Reader', ['profiles:read', 'pii:read']);
    await at.addKey('writer', 'Writer', ['profiles:write']);
    const pair = [await ada(), await tablet()];
    await changingNothing(async () => {
      const asReader = async (query: string, i: object) => (await at.api.query('reader', query, { i })).codes;
      expect(await asReader(MERGE, { profileIds: pair })).toEqual(['FORBIDDEN']);
      expect(await asReader(UNDO, { mergeId: `mrg_${'0'.repeat(32)}` })).toEqual(['FORBIDDEN']);
      expect(await asReader(SPLIT, { profileId: pair[0], identifiers: [] })).toEqual(['FORBIDDEN']);
      expect((await at.api.query('reader', '{ auditLog { totalCount } }')).codes).toEqual(['FORBIDDEN']);
      expect((await at.api.query('reader', PREVIEW, { ids: pair })).codes).toEqual([]);
      expect((await at.api.query('writer', PREVIEW, { ids: pair })).codes).toEqual(['FORBIDDEN']);
    });
    const merged = await at.api.query('writer', MERGE, { i: { profileIds: pair } });
    expect(merged.codes).toEqual([]);
    await at.undo(merged.data.mergeProfiles.merges[0].id);
  });
});
