import { anEvent } from '../app/experience/experienceWorld';
import { asVisitor, BUYERS, CREATE, identify, order, SegmentApi, visitorOf } from './segmentApi';

let api: SegmentApi;
beforeEach(async () => {
  api = await SegmentApi.start();
});
afterEach(() => api.stop());

const DAY_MS = 86_400_000;
const TRAIT = 'mutation ($input: CreateComputedTraitInput!) { createComputedTrait(input: $input) { key definition } }';
const PREVIEW =
  'query ($definition: JSONObject!) { previewSegment(definition: $definition) { size isExact low high profiles lookedAt sample { email identifiers { value } } } }';
const SPENT = { aggregate: 'sum', event: { name: 'Order Completed' }, property: 'total', within: '90d' };

describe('A preview', () => {
  it('says how many would be in and shows some of them, and leaves nothing behind', async () => {
    await api.world.hear(order('ada', 3), order('bob', 3), order('eve', 60));
    const { previewSegment } = await api.ask(PREVIEW, { definition: BUYERS });
    expect(previewSegment).toMatchObject({ size: 2, isExact: true, low: 2, high: 2, profiles: 3, lookedAt: 3 });
    expect(previewSegment.sample.map(({ identifiers }: { identifiers: { value: string }[] }) => identifiers[0]?.value).sort()).toEqual([
      'ada',
      'bob',
    ]);
    expect((await api.ask('{ segments { totalCount } }')).segments.totalCount).toBe(0);
  });

  it('is refused with the path of every fault', async () => {
    expect(await api.refused(PREVIEW, { definition: { any: [{ trait: 'plan' }, { segment: 'none' }] } })).toMatch(
      /^SEGMENT_INVALID: .*any\[0\]\.op/,
    );
    expect(
      await api.refused(PREVIEW, { definition: { any: [{ segment: 'none' }, { computed: 'none', op: 'exists', value: true }] } }),
    ).toMatch(/^SEGMENT_INVALID: .*any\[0\]\.segment.*any\[1\]\.computed/s);
  });
});

describe('Computed traits', () => {
  it('are on profiles once they are defined, counting what came before, and can be taken back', async () => {
    await api.world.hear(order('ada', 3, 10), order('ada', 5, 2.5), order('ada', 100, 99), order('bob', 100, 1), anEvent('eve', 'Seen', 1));
    const { createComputedTrait } = await api.ask(TRAIT, { input: { key: 'spent_90d', name: 'Spent of late', definition: SPENT } });
    expect(createComputedTrait).toEqual({ key: 'spent_90d', definition: SPENT });
    await api.ask(TRAIT, {
      input: { key: 'orders', name: 'Orders', definition: { aggregate: 'count', event: { name: 'Order Completed' } } },
    });
    const { computedTraits } = await api.ask('{ computedTraits { key name definition } }');
    expect(computedTraits[1]).toEqual({ key: 'spent_90d', name: 'Spent of late', definition: SPENT });
    const read = async () => {
      const { profiles } = await api.ask('{ profiles { nodes { identifiers { value } computedTraits } } }');
      return Object.fromEntries(
        profiles.nodes.map((node: { identifiers: { value: string }[]; computedTraits: object }) => [
          node.identifiers[0]?.value,
          node.computedTraits,
        ]),
      );
    };
    const expected = { ada: { orders: 3, spent_90d: 12.5 }, bob: { orders: 1 }, eve: { orders: 0 } };
    expect(await read()).toEqual(expected);
    await api.world.compute();
    expect(await read()).toEqual(expected);
    const remove = 'mutation { deleteComputedTrait(input: { key: "orders" }) { key } }';
    expect(await api.ask(remove)).toEqual({ deleteComputedTrait: { key: 'orders' } });
    expect((await read()).eve).toEqual({});
    expect(await api.refused(remove)).toMatch(/^NOT_FOUND: /);
  });

  it('may be named by segments, and then stay', async () => {
    await api.world.hear(order('ada', 3, 10), order('bob', 3, 90));
    await api.ask(TRAIT, { input: { key: 'spent', name: 'Spent', definition: SPENT } });
    await api.define('spenders', { computed: 'spent', op: 'gt', value: 50 });
    expect(await api.world.members('spenders')).toEqual(['bob']);
    expect(await api.refused('mutation { deleteComputedTrait(input: { key: "spent" }) { key } }')).toMatch(/^CONFLICT: .*spenders/);
    expect(await api.refused(TRAIT, { input: { key: 'spent', name: 'Again', definition: SPENT } })).toMatch(/^CONFLICT: /);
    expect(await api.refused(TRAIT, { input: { key: 'odd', name: 'Odd', definition: { ...SPENT, aggregate: 'median' } } })).toMatch(
      /^SEGMENT_INVALID: .*aggregate/,
    );
  });

  it('stood as what had happened by then', async () => {
    await api.world.hear(order('ada', 3, 10), order('ada', 5, 2));
    await api.ask(TRAIT, { input: { key: 'spent', name: 'Spent', definition: SPENT } });
    const at = new Date(api.world.experience.nowMs - 4 * DAY_MS).toISOString();
    const { profile } = await api.ask(`{ profile(identifier: { type: "user_id", value: "ada" }, asOf: "${at}") { computedTraits } }`);
    expect(profile.computedTraits).toEqual({ spent: 2 });
  });
});

describe('A profile as of a time', () => {
  const keysAt = async (userId: string, atMs: number | null) => {
    const asOf = atMs === null ? '' : `, asOf: "${new Date(atMs).toISOString()}"`;
    const { profile } = await api.ask(
      `{ profile(identifier: { type: "user_id", value: "${userId}" }${asOf}) { segments { segment { key } enteredAt reason } } }`,
    );
    return (profile.segments as { segment: { key: string } }[]).map(({ segment }) => segment.key).sort();
  };

  it('is in the segments that it was in then: none before there were any, those that it has left since, none that it entered later', async () => {
    await api.world.hear(order('ada', 29, 10));
    const startMs = api.world.experience.nowMs;
    await api.define('buyers', BUYERS);
    await api.define('many', { event: { name: 'Order Completed' }, count: { op: 'gte', value: 2 } });
    await api.world.later(2 * DAY_MS);
    expect(await keysAt('ada', null)).toEqual([]);
    await api.world.hear(order('ada', 0.01, 10));
    expect(await keysAt('ada', null)).toEqual(['buyers', 'many']);
    expect(await keysAt('ada', startMs - 1)).toEqual([]);
    expect(await keysAt('ada', startMs)).toEqual(['buyers']);
    expect(await keysAt('ada', startMs + DAY_MS)).toEqual(['buyers']);
    expect(await keysAt('ada', startMs + 2 * DAY_MS)).toEqual(['buyers', 'many']);
  });

  it('was in what those were in that have been merged into it since', async () => {
    await api.world.hear(order('ada', 3), asVisitor(anEvent('bob', 'Seen', 5)));
    await api.define('buyers', { all: [BUYERS, { not: { event: { name: 'Seen' } } }] });
    const startMs = api.world.experience.nowMs;
    await api.world.later(DAY_MS);
    await api.world.experience.merge(await api.world.profileOf('ada'), await visitorOf(api, 'bob'));
    await api.world.follow();
    expect(await keysAt('ada', null)).toEqual([]);
    expect(await keysAt('ada', startMs)).toEqual(['buyers']);
  });
});

describe('Statements', () => {
  const statements = async (query: string) => {
    const names = await api.api.statementsOf(() => api.ask(query));
    return [...names].sort();
  };
  const people = (count: number) => Array.from({ length: count }, (_, index) => order(`user-${index}`, 3, index));

  beforeEach(async () => {
    await api.world.hear(...people(50));
    await api.define('buyers', BUYERS);
    await api.define('big', { event: { name: 'Order Completed', where: [{ property: 'total', op: 'gte', value: 25 }] } });
    await api.ask(TRAIT, { input: { key: 'spent', name: 'Spent', definition: SPENT } });
    await api.world.compute();
    await api.ask('{ ingestion { processed } }');
  });

  it('of fifty profiles with their segments and computed traits are as many as of one', async () => {
    const fields = 'id segments { enteredAt reason segment { key name size } } computedTraits';
    const fifty = await statements(`{ profiles(first: 50) { nodes { ${fields} } } }`);
    expect(fifty).toEqual(['', 'find_segments', 'list_computed_traits', 'list_profiles', 'read_memberships', 'read_profiles_by_id']);
    expect(await statements(`{ profiles(first: 1) { nodes { ${fields} } } }`)).toEqual(fifty);
  });

  it('of segments with their members, freshness and history are as many as of one', async () => {
    const period = 'from: "2026-05-20T00:00:00Z", to: "2026-06-20T00:00:00Z"';
    const fields = `key size freshAt members(first: 10) { nodes { id } } history(${period}) { size }`;
    const all = await statements(`{ segments { nodes { ${fields} } } }`);
    expect(all).toEqual(['list_members', 'list_segments', 'read_freshness', 'read_profiles_by_id', 'read_segment_moves']);
    expect(await statements(`{ segment(key: "big") { ${fields} } }`)).toEqual(
      ['find_segment_by_key', ...all.filter((name) => name !== 'list_segments')].sort(),
    );
  });
});

describe('Without the scope pii:read', () => {
  const MAIL = { trait: 'email', op: 'eq', value: 'ada@example.com' };

  it('members, definitions and reasons come masked', async () => {
    await api.world.hear(identify('ada', { email: 'ada@example.com', name: 'Ada Lovelace', team: 'ops@example.com' }), order('ada', 3));
    await api.define('ada', {
      all: [MAIL, { trait: 'name', op: 'eq', value: 'Ada Lovelace' }, { trait: 'team', op: 'eq', value: 'ops@example.com' }, BUYERS],
    });
    const key = await api.keyWith('profiles:read', 'segments:read');
    const query = '{ segment(key: "ada") { definition members { nodes { email displayName segments { reason } } } } }';
    const text = JSON.stringify(await api.ask(query, {}, key));
    expect(text).not.toMatch(/ada@example|Lovelace|ops@example/);
    expect(text).toMatch(/meets the definition/);
    await api.define('buyers', BUYERS);
    expect(JSON.stringify(await api.ask(query.replace('"ada"', '"buyers"'), {}, key))).toMatch(/reason":"[^"]*Order Completed/);
    expect(JSON.stringify(await api.ask(query))).toMatch(/ada@example.*Lovelace/);
  });

  it('nobody finds out personal values by trying definitions; whether there is one may be asked', async () => {
    await api.world.hear(identify('ada', { email: 'ada@example.com', plan: 'pro' }));
    const key = await api.keyWith('profiles:read', 'segments:read', 'segments:write');
    const personal = [
      MAIL,
      { not: { trait: 'address.city', op: 'startsWith', value: 'L' } },
      { event: { name: 'Seen', where: [{ property: 'name', op: 'eq', value: 'Ada' }] } },
    ];
    for (const definition of personal) {
      expect(await api.refused(PREVIEW, { definition }, key)).toMatch(/^FORBIDDEN: .*pii:read/);
      expect(await api.refused(CREATE, { input: { key: 'x', name: 'X', definition } }, key)).toMatch(/^FORBIDDEN: .*pii:read/);
      expect((await api.ask(PREVIEW, { definition })).previewSegment.profiles).toBe(1);
    }
    for (const definition of [
      { trait: 'email', op: 'exists', value: true },
      { trait: 'plan', op: 'eq', value: 'pro' },
    ]) {
      expect((await api.ask(PREVIEW, { definition }, key)).previewSegment.size).toBe(1);
    }
  });

  it('computed traits of personal properties come masked, numbers of others plain', async () => {
    await api.world.hear(order('ada', 3, 10, { phone: '+44 20 7946 0000', name: 'Ada' }));
    const last = (property: string) => ({ aggregate: 'last', event: { name: 'Order Completed' }, property });
    for (const property of ['name', 'phone', 'total'])
      await api.ask(TRAIT, { input: { key: `last_${property}`, name: property, definition: last(property) } });
    const key = await api.keyWith('profiles:read');
    const { profiles } = await api.ask('{ profiles { nodes { computedTraits } } }', {}, key);
    expect(profiles.nodes[0].computedTraits).toEqual({ last_name: 'A***', last_phone: '+***', last_total: 10 });
  });
});

it('asks for the scope that each field needs', async () => {
  const id = await api.create('buyers', BUYERS);
  const [none, reading, writing] = [
    await api.keyWith('reports:read'),
    await api.keyWith('segments:read'),
    await api.keyWith('segments:write'),
  ];
  const profilesOnly = await api.keyWith('profiles:read');
  await api.world.hear(order('ada', 1));
  const asked: [string, string, string][] = [
    ['{ segment(key: "buyers") { id } }', none, 'segments:read'],
    ['{ segments { totalCount } }', profilesOnly, 'segments:read'],
    [`{ node(id: "${id}") { id } }`, profilesOnly, 'segments:read'],
    ['{ computedTraits { key } }', none, 'segments:read'],
    ['{ segment(key: "buyers") { members { totalCount } } }', reading, 'profiles:read'],
    [`{ profiles(segmentId: "${id}") { totalCount } }`, profilesOnly, 'segments:read'],
    ['{ profiles { nodes { segments { reason } } } }', profilesOnly, 'segments:read'],
    ['{ previewSegment(definition: { trait: "a", op: "exists", value: true }) { size } }', reading, 'profiles:read'],
    ['mutation { createSegment(input: { key: "x", name: "X", definition: {} }) { segment { id } } }', reading, 'segments:write'],
    [`mutation { updateSegment(input: { id: "${id}" }) { segment { id } } }`, reading, 'segments:write'],
    [`mutation { deleteSegment(input: { id: "${id}" }) { id } }`, reading, 'segments:write'],
    ['mutation { createComputedTrait(input: { key: "x", name: "X", definition: {} }) { key } }', reading, 'segments:write'],
    ['mutation { deleteComputedTrait(input: { key: "x" }) { key } }', reading, 'segments:write'],
  ];
  for (const [query, key, scope] of asked)
    expect([query, await api.refused(query, {}, key)]).toEqual([query, expect.stringMatching(`^FORBIDDEN: .*${scope}`)]);
  expect(await api.ask('{ segment(key: "buyers") { key } }', {}, reading)).toEqual({ segment: { key: 'buyers' } });
  expect(
    (await api.ask(`mutation { updateSegment(input: { id: "${id}", name: "B" }) { segment { name } } }`, {}, writing)).updateSegment.segment
      .name,
  ).toBe('B');
});
