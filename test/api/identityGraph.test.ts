import { randomUUID } from 'node:crypto';
import { keyHash } from '../../src/app/bootstrap';
import { createWorld, type World } from '../app/processing/world';
import { ApiUnderTest } from './apiUnderTest';

// Thousands of messages go through a lane first.
jest.setTimeout(60_000);

const SEES_ALL = 'tl_api_all';
const SEES_NOBODY = 'tl_api_masked';
const GIANT_DEVICES = 1_500;
const HUB_USERS = 1_001;

let world: World;
let api: ApiUnderTest;

beforeAll(async () => {
  world = await createWorld();
  await speak();
  await world.drain(world.newLane());
  api = await ApiUnderTest.start({ database: world.database });
  await addKey(SEES_ALL, ['profiles:read', 'pii:read']);
  await addKey(SEES_NOBODY, ['profiles:read']);
});
afterAll(async () => {
  await world.pool.end();
  await api.stop();
});

function addKey(key: string, scopes: readonly string[]): Promise<unknown> {
  return world.query(
    `insert into credential (key_hash, workspace_id, credential_id, source_id, name, scopes, created_at) values ($1, 1, $2, null, 'test', $3, now())`,
    [keyHash(key), randomUUID(), scopes],
  );
}

let messages = 0;
/** `day` such as 03-05. */
const seen = (day: string, fields: object) => ({
  type: 'track',
  event: 'Seen',
  messageId: `m${++messages}`,
  timestamp: `2026-${day}T12:00:00.000Z`,
  ...fields,
});
const email = (address: string) => ({ context: { traits: { email: address } } });

async function speak(): Promise<void> {
  await world.send([seen('03-03', { userId: '42', ...email('ada@x.org') })]);
  await world.send([seen('04-05', { userId: '42', ...email('ada@x.org') })], 2);
  await world.send([
    seen('04-06', { userId: '43', ...email('ada@x.org') }),
    { type: 'alias', messageId: 'alias', userId: 'new', previousId: 'old', timestamp: '2026-03-04T12:00:00.000Z' },
    seen('03-07', { userId: 'grace', anonymousId: 'visitor' }),
  ]);
  for (let at = 0; at < GIANT_DEVICES; at += 500) {
    await world.send(Array.from({ length: 500 }, (_, n) => seen('05-01', { userId: 'giant', anonymousId: `device-${at + n}` })));
  }
  await world.send(Array.from({ length: HUB_USERS }, (_, n) => seen('05-02', { userId: `staff-${n}`, ...email('info@x.org') })));
}

const GRAPH = `identityGraph {
  totalLinks
  links { from { type value } to { type value } rule linkedAt firstSeenAt lastSeenAt explanation evidence { occurredAt source { name } } }
  totalRefusedLinks
  refusedLinks { from { type value } to { type value } otherProfileId rule reason limits { type limitPerProfile together } firstSeenAt explanation evidence { id } }
}`;

async function graphOf(type: string, value: string, key = SEES_ALL) {
  const query = `query ($type: String!, $value: String!) { profile(identifier: { type: $type, value: $value }) { id ${GRAPH} } }`;
  const { data, codes } = await api.query(key, query, { type, value });
  expect(codes).toEqual([]);
  return data.profile.identityGraph;
}

it('says of each link who came together, when, from where, and by which rule', async () => {
  const { links, totalLinks } = await graphOf('user_id', '42');
  expect(totalLinks).toBe(1);
  expect(links).toEqual([
    {
      from: { type: 'user_id', value: '42' },
      to: { type: 'email', value: 'ada@x.org' },
      rule: 'email',
      linkedAt: '2026-03-03T12:00:00.000Z',
      firstSeenAt: '2026-03-03T12:00:00.000Z',
      lastSeenAt: '2026-04-05T12:00:00.000Z',
      explanation:
        'The user id 42 and the e-mail address ada@x.org came in one message, first on 3 March 2026 from Website, last on 5 April 2026 from App.',
      evidence: [
        { occurredAt: '2026-03-03T12:00:00.000Z', source: { name: 'Website' } },
        { occurredAt: '2026-04-05T12:00:00.000Z', source: { name: 'App' } },
      ],
    },
  ]);
});

it('says of an alias that it is one', async () => {
  const { links } = await graphOf('user_id', 'new');
  expect(links).toMatchObject([
    {
      rule: 'alias',
      explanation: 'The user id new and the user id old were declared to be one by an alias call on 4 March 2026 from Website.',
    },
  ]);
});

it('names the limit that keeps two customers apart, from either side', async () => {
  const other = (await api.query(SEES_ALL, '{ profile(identifier: { type: "user_id", value: "43" }) { id } }')).data.profile.id;
  const together = 'came in one message on 6 April 2026 from Website.';
  const because = 'This joins nobody: one customer may have one user id, and both together would have 2.';
  expect((await graphOf('user_id', '42')).refusedLinks).toEqual([
    {
      from: { type: 'email', value: 'ada@x.org' },
      to: { type: 'user_id', value: '43' },
      otherProfileId: other,
      rule: 'email',
      reason: 'LIMIT',
      limits: [{ type: 'user_id', limitPerProfile: 1, together: 2 }],
      firstSeenAt: '2026-04-06T12:00:00.000Z',
      explanation: `The e-mail address ada@x.org and the user id 43 ${together} ${because}`,
      evidence: [{ id: expect.stringMatching(/^int_/) }],
    },
  ]);
  expect((await graphOf('user_id', '43')).refusedLinks).toMatchObject([
    { reason: 'LIMIT', explanation: `The user id 43 and the e-mail address ada@x.org ${together} ${because}` },
  ]);
});

it('says that a hub joins nobody, and why', async () => {
  const { refusedLinks, totalRefusedLinks } = await graphOf('user_id', 'staff-7');
  expect(totalRefusedLinks).toBe(1);
  expect(refusedLinks[0]).toMatchObject({ reason: 'HUB', limits: [] });
  expect(refusedLinks[0].explanation).toMatch(
    /This joins nobody: the e-mail address info@x.org came with more than 1,000 others and tells nobody apart\.$/,
  );
  expect(await graphOf('email', 'info@x.org')).toMatchObject({ totalLinks: 0, totalRefusedLinks: HUB_USERS });
});

it('bounds what it answers of a giant, and says how many there are', async () => {
  const { links, totalLinks, refusedLinks, totalRefusedLinks } = await graphOf('user_id', 'giant');
  expect({ totalLinks, totalRefusedLinks }).toEqual({ totalLinks: 100, totalRefusedLinks: GIANT_DEVICES - 100 });
  expect([links.length, refusedLinks.length]).toEqual([100, 1_000]);
});

/** Keys and settings are read anew every few seconds, whatever is asked for. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  return (await api.statementsOf(work)).filter((name) => name !== 'find_credential' && name !== 'read_workspace');
}

it('runs the same few statements for a giant as for anybody, and reads no link where none is selected', async () => {
  const small = await statementsOf(() => graphOf('user_id', '42'));
  const large = await statementsOf(() => graphOf('user_id', 'giant'));
  const wanted = ['find_interactions', 'list_sources', 'read_inner_links', 'read_outer_links', 'read_profiles_by_identifier'];
  expect([...new Set(small)].sort()).toEqual(wanted);
  expect([...new Set(large)].sort()).toEqual(wanted);
  // Messages behind links in and links out may be looked up apart.
  expect(Math.max(small.length, large.length)).toBeLessThanOrEqual(wanted.length + 1);
  const none = await statementsOf(() =>
    api.query(SEES_ALL, '{ profile(identifier: { type: "user_id", value: "giant" }) { identityGraph { nodes { type } } } }'),
  );
  expect(none).toEqual(['read_profiles_by_identifier']);
});

it('shows no personal value without pii:read, in words neither', async () => {
  const graph = await graphOf('user_id', '42', SEES_NOBODY);
  expect(graph.links[0].explanation).toBe(
    'The user id 4*** and the e-mail address a***@x***.org came in one message, first on 3 March 2026 from Website, last on 5 April 2026 from App.',
  );
  expect(JSON.stringify(graph)).not.toMatch(/ada@|"42"|"43"| 43 /);
});

it('tells what people and matches decided, also where no message ever had both', async () => {
  const decide = (rule: string) =>
    world.query(
      `update link set decided_at = '2026-05-20', decided_rule = $1, first_seen_at = null, last_seen_at = null, first_interaction_id = null,
         last_interaction_id = null
       where (low_id, high_id) in (
         select least(a.identifier_id, b.identifier_id), greatest(a.identifier_id, b.identifier_id)
         from identifier a, identifier b where a.value = 'grace' and b.value = 'visitor')`,
      [rule],
    );
  await decide('person');
  expect((await graphOf('user_id', 'grace')).links).toMatchObject([
    {
      rule: 'person',
      linkedAt: '2026-05-20T00:00:00.000Z',
      firstSeenAt: null,
      evidence: [],
      explanation: 'A person said on 20 May 2026 that the user id grace and the anonymous id visitor are one customer.',
    },
  ]);
  await decide('match');
  expect((await graphOf('user_id', 'grace')).links).toMatchObject([
    { rule: 'match', explanation: 'The user id grace and the anonymous id visitor were matched as one customer on 20 May 2026.' },
  ]);
});

it('says that a person parted two customers', async () => {
  await world.query(
    `update profile set type_counts = profile.type_counts || jsonb_build_object('part:1', case i.value when '42' then 1 else 2 end)
     from identifier i where i.profile_id = profile.profile_id and i.value in ('42', '43')`,
  );
  const [link] = (await graphOf('user_id', '42')).refusedLinks;
  expect(link.reason).toBe('DECISION');
  expect(link.explanation).toMatch(/This joins nobody: a person said that they are not one customer\.$/);
});

it('names values that the rules block now, and links that a change of rules has not come to yet', async () => {
  const rules = (fields: object) => [{ type: 'user_id', limitPerProfile: 2, keep: 'EARLIEST', ...fields }];
  const settle = async (fields: object) => {
    await world.query(`update workspace set settings = $1`, [{ identityRules: rules(fields) }]);
    await world.query(`update profile set type_counts = type_counts - 'part:1'`);
    api.passTime(10_000);
    return (await graphOf('user_id', '42')).refusedLinks[0];
  };
  expect(await settle({})).toMatchObject({ reason: 'PENDING', limits: [] });
  const blocked = await settle({ blockedPatterns: ['43'] });
  expect(blocked.reason).toBe('BLOCKED');
  expect(blocked.explanation).toMatch(/This joins nobody: by the rules, the user id 43 identifies nobody\.$/);
});
