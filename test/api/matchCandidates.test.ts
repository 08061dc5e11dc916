import { randomUUID } from 'node:crypto';
import { identifierId } from '../../src/identity/identifierId';
import { publicId } from '../../src/kernel/ids';
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
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme', { matching: { review: 0.8, join: null } });
  key = await acme.apiKey();
});

let people = 0;

/** Two profiles and a candidate of both, as a step of comparing leaves them behind; answers its public id. */
async function pair(weight = 6, type = 'email'): Promise<string> {
  const values = [`p${people++}@example.com`, `p${people++}@example.com`];
  for (const value of values) await acme.profile({ identifiers: [{ type, value }], traits: { name: 'Ada Lovelace' } });
  const ids = values.map((value) => identifierId(type, value)).sort((one, other) => (one < other ? -1 : 1));
  const candidateId = randomUUID();
  const comparisons = [
    { field: 'firstName', left: 'ada', right: 'ada', level: 'same', matchWeight: 6.5 },
    { field: 'phone', left: '442071234567', right: null, level: 'unknown', matchWeight: 0 },
  ];
  await api.database.owner.query(
    `insert into match_candidate (workspace_id, candidate_id, low_id, high_id, weight, probability, comparisons, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'PENDING', now())`,
    [acme.workspaceId, candidateId, String(ids[0]), String(ids[1]), weight, 1 / (1 + 2 ** -weight), JSON.stringify(comparisons)],
  );
  return publicId('MatchCandidate', candidateId);
}

const NODE = 'id probability matchWeight status left { id displayName } right { id } comparisons { field left right level matchWeight }';
const list = (args = '', as = key) =>
  api.query(as, `{ matchCandidates${args} { totalCount nodes { ${NODE} } edges { cursor } pageInfo { hasNextPage endCursor } } }`);
const decide = (candidateId: string, accept: boolean, as = key) =>
  api.query(
    as,
    `mutation ($input: DecideMatchInput!) { decideMatch(input: $input) { candidate { ${NODE} decidedBy } profile { id identifiers { value } } } }`,
    { input: { candidateId, accept } },
  );

it('says of a pair that a limit keeps apart why nobody can accept it, and accepts none the less what fits', async () => {
  const apart = await pair(6, 'user_id');
  const fitting = await pair(5);
  const { nodes } = (await api.query(key, '{ matchCandidates { nodes { id refusals } } }')).data.matchCandidates;
  expect(nodes).toEqual([
    { id: apart, refusals: ['user_id: at most 1 on one profile, together they have 2'] },
    { id: fitting, refusals: [] },
  ]);
  const refused = await decide(apart, true);
  expect(refused.codes).toEqual(['MERGE_REFUSED']);
  expect(refused.messages[0]).toContain('user_id: at most 1 on one profile, together they have 2');
  expect((await decide(fitting, true)).data.decideMatch.candidate.status).toBe('ACCEPTED');
  expect((await decide(apart, false)).data.decideMatch.candidate.status).toBe('REJECTED');
});

it('lists what waits, the most likely first, in pages that stay stable when more come', async () => {
  const [weak, strong, middle] = [await pair(3), await pair(9), await pair(5)];
  const first = (await list('(first: 2)')).data.matchCandidates;
  expect(first.nodes.map(({ id }: { id: string }) => id)).toEqual([strong, middle]);
  expect(first.totalCount).toBe(3);
  expect(first.pageInfo.hasNextPage).toBe(true);
  await pair(12);
  const second = (await list(`(first: 2, after: "${first.pageInfo.endCursor}")`)).data.matchCandidates;
  expect(second.nodes.map(({ id }: { id: string }) => id)).toEqual([weak]);
  expect((await list('(minProbability: 0.99)')).data.matchCandidates.totalCount).toBe(2);
});

it('lists many with a fixed number of statements', async () => {
  await pair();
  // Keys and settings are remembered between requests.
  await list();
  const few = await api.statementsOf(() => list());
  for (let n = 0; n < 15; n++) await pair(n);
  expect(await api.statementsOf(() => list())).toHaveLength(few.length);
});

it('says why, field by field; masked for a key without pii:read', async () => {
  await pair();
  const [seen] = (await list()).data.matchCandidates.nodes;
  expect(seen.comparisons[0]).toEqual({ field: 'firstName', left: 'ada', right: 'ada', level: 'same', matchWeight: 6.5 });
  const blind = await list('', await acme.apiKey('profiles:read'));
  const [masked] = blind.data.matchCandidates.nodes;
  expect(masked.comparisons).toEqual([
    { field: 'firstName', left: 'a***', right: 'a***', level: 'same', matchWeight: 6.5 },
    { field: 'phone', left: '+***', right: null, level: 'unknown', matchWeight: 0 },
  ]);
  expect(JSON.stringify(blind.data)).not.toMatch(/Lovelace|4420/);
});

it('makes one of an accepted pair, which undoing its merge rejects', async () => {
  const id = await pair();
  const { data, codes } = await decide(id, true);
  expect(codes).toEqual([]);
  expect(data.decideMatch.candidate).toMatchObject({ id, status: 'ACCEPTED', decidedBy: expect.any(String) });
  expect(data.decideMatch.profile.identifiers).toHaveLength(2);
  expect(data.decideMatch.candidate.left.id).toBe(data.decideMatch.candidate.right.id);
  expect((await list()).data.matchCandidates.totalCount).toBe(0);
  expect((await list('(status: ACCEPTED)')).data.matchCandidates.nodes).toHaveLength(1);
  const graph = await api.query(key, `{ profile(id: "${data.decideMatch.profile.id}") { identityGraph { links { rule probability } } } }`);
  expect(graph.data.profile.identityGraph.links).toContainEqual({ rule: 'match', probability: data.decideMatch.candidate.probability });
  const merges = await api.query(key, `{ profile(id: "${data.decideMatch.profile.id}") { merges { id rule } } }`);
  expect(merges.data.profile.merges).toEqual([{ id: expect.any(String), rule: 'match' }]);
  const undone = await api.query(key, 'mutation ($input: UndoMergeInput!) { undoMerge(input: $input) { profiles { id } } }', {
    input: { mergeId: merges.data.profile.merges[0].id },
  });
  expect(undone.data.undoMerge.profiles).toHaveLength(2);
  expect((await list('(status: ACCEPTED)')).data.matchCandidates.totalCount).toBe(0);
  expect((await list('(status: REJECTED)')).data.matchCandidates.nodes).toMatchObject([{ id, status: 'REJECTED' }]);
  expect((await decide(id, true)).codes).toEqual(['MATCH_DECIDED']);
});

it('keeps the two of a rejected pair apart and out of the queue', async () => {
  const id = await pair();
  const { data } = await decide(id, false);
  expect(data.decideMatch).toMatchObject({ candidate: { id, status: 'REJECTED' }, profile: null });
  expect((await list()).data.matchCandidates.nodes).toEqual([]);
  expect((await list('(status: REJECTED)')).data.matchCandidates.totalCount).toBe(1);
  expect((await decide(id, true)).codes).toEqual(['MATCH_DECIDED']);
  const log = await api.query(key, '{ auditLog { nodes { action target detail } } }');
  expect(log.data.auditLog.nodes).toEqual([{ action: 'decideMatch', target: id, detail: expect.objectContaining({ accept: false }) }]);
});

it('asks nobody about two that are one by now', async () => {
  const id = await pair();
  const [{ left, right }] = (await list()).data.matchCandidates.nodes;
  await api.query(key, 'mutation ($input: MergeProfilesInput!) { mergeProfiles(input: $input) { profile { id } } }', {
    input: { profileIds: [left.id, right.id] },
  });
  expect((await list()).data.matchCandidates).toMatchObject({ totalCount: 0, nodes: [] });
  expect((await decide(id, true)).codes).toEqual(['MERGE_WITH_ITSELF']);
  expect((await decide(id, false)).codes).toEqual(['MERGE_WITH_ITSELF']);
});

it('is behind the scopes and the wall between workspaces', async () => {
  const id = await pair();
  expect((await decide(id, true, await acme.apiKey('profiles:read', 'pii:read'))).codes).toEqual(['FORBIDDEN']);
  expect((await list('', await acme.apiKey('reports:read'))).codes).toEqual(['FORBIDDEN']);
  const other = await WorkspaceBuilder.create(api.database.owner, 'Other');
  const theirs = await other.apiKey();
  expect((await list('', theirs)).data.matchCandidates).toMatchObject({ totalCount: 0, nodes: [] });
  expect((await decide(id, true, theirs)).codes).toEqual(['NOT_FOUND']);
  expect((await list()).data.matchCandidates.totalCount).toBe(1);
});

it.each([
  ['(after: "nonsense")', 'INVALID_CURSOR'],
  ['(after: "")', 'INVALID_CURSOR'],
  ['(first: 101)', 'INVALID_INPUT'],
  ['(first: -1)', 'INVALID_INPUT'],
  ['(minProbability: 1.5)', 'INVALID_INPUT'],
])('refuses %s with %s', async (args, code) => {
  expect((await list(args)).codes).toEqual([code]);
});

it.each(['', 'mch_', 'prf_00000000000000000000000000000000', 'mch_00000000000000000000000000000000', '\u0000', '__proto__'])(
  'knows no candidate %j',
  async (id) => {
    expect((await decide(id, true)).codes).toEqual(['NOT_FOUND']);
    expect(api.bugs).toEqual([]);
  },
);

describe('the settings', () => {
  const set = (input: object, as = key) =>
    api.query(as, 'mutation ($input: SetMatchSettingsInput!) { setMatchSettings(input: $input) { settings { reviewFrom joinFrom } } }', {
      input,
    });

  it('switch matching on and off, and are in the audit log', async () => {
    const { data } = await set({ reviewFrom: 0.9, joinFrom: 0.99 });
    expect(data.setMatchSettings.settings).toEqual({ reviewFrom: 0.9, joinFrom: 0.99 });
    expect((await api.query(key, '{ matchSettings { reviewFrom joinFrom } }')).data.matchSettings).toEqual({
      reviewFrom: 0.9,
      joinFrom: 0.99,
    });
    const workers = () =>
      api.database.owner.query('select from match_model where workspace_id = $1 and not is_examined', [acme.workspaceId]);
    expect((await workers()).rowCount).toBe(1);
    expect((await set({ reviewFrom: null })).data.setMatchSettings.settings).toEqual({ reviewFrom: null, joinFrom: null });
    expect((await workers()).rowCount).toBe(0);
    const log = await api.query(key, '{ auditLog { nodes { action } } }');
    expect(log.data.auditLog.nodes).toEqual([{ action: 'setMatchSettings' }, { action: 'setMatchSettings' }]);
  });

  it.each([
    { reviewFrom: 0.4 },
    { reviewFrom: 1.1 },
    { joinFrom: 0.99 },
    { reviewFrom: 0.95, joinFrom: 0.9 },
    { reviewFrom: 0.6, joinFrom: 0.7 },
  ])('refuse %j', async (input) => {
    expect((await set(input)).codes).toEqual(['INVALID_INPUT']);
  });

  it('need the scope admin', async () => {
    expect((await set({ reviewFrom: 0.8 }, await acme.apiKey('profiles:write'))).codes).toEqual(['FORBIDDEN']);
  });
});
