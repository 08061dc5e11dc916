import { BUYERS, CREATE, identify, order, SegmentApi } from './segmentApi';
import { WorkspaceBuilder } from './workspaceBuilder';

let api: SegmentApi;
beforeEach(async () => {
  api = await SegmentApi.start();
});
afterEach(() => api.stop());

const DAY_MS = 86_400_000;
const UPDATE =
  'mutation ($input: UpdateSegmentInput!) { updateSegment(input: $input) { segment { key name description definition status } } }';
const DELETE = 'mutation ($input: DeleteSegmentInput!) { deleteSegment(input: $input) { id } }';

describe('Defining a segment', () => {
  it('answers at once that it is being computed, and is live with everybody in it afterwards', async () => {
    await api.world.hear(order('ada', 3), order('bob', 4), order('eve', 60));
    const { createSegment } = await api.ask(CREATE, { input: { key: 'buyers', name: 'Buyers', definition: BUYERS } });
    const { id, ...created } = createSegment.segment;
    expect(created).toEqual({
      key: 'buyers',
      name: 'Buyers',
      description: null,
      definition: BUYERS,
      size: 0,
      status: 'COMPUTING',
      freshAt: null,
    });
    await api.world.compute();
    const { segment } = await api.ask(
      '{ segment(key: "buyers") { id size status failure freshAt members { totalCount nodes { identifiers { value } } } } }',
    );
    expect(segment).toMatchObject({ id, size: 2, status: 'LIVE', failure: null, members: { totalCount: 2 } });
    expect(segment.members.nodes.map((node: { identifiers: { value: string }[] }) => node.identifiers[0]?.value).sort()).toEqual([
      'ada',
      'bob',
    ]);
    expect(new Date(segment.freshAt).getTime()).toBeGreaterThanOrEqual(api.world.experience.nowMs);
  });

  it('says of a message that still waits since when memberships may be behind', async () => {
    await api.define('buyers', BUYERS);
    await api.world.experience.world.send([order('ada', 1)]);
    const { segment } = await api.ask('{ segment(key: "buyers") { freshAt } }');
    expect(new Date(segment.freshAt).getTime()).toBe(api.world.experience.nowMs);
  });

  it('is refused with the path of every fault, and changes nothing', async () => {
    const definition = {
      all: [{ trait: 'plan', op: 'is', value: 'pro' }, { event: { kind: 'ORDER_PLACED', where: [{ property: 'total', op: 'gte' }] } }],
    };
    const refusal = await api.refused(CREATE, { input: { key: 'x', name: 'X', definition } });
    expect(refusal).toMatch(/^SEGMENT_INVALID: .*all\[0\]\.op.*all\[1\]\.event\.where\[0\]\.value/s);
    expect((await api.ask('{ segments { totalCount } auditLog { totalCount } }')).segments.totalCount).toBe(0);
  });

  it('is refused where it names what is not there, where segments would name one another in a circle, and where the key is taken', async () => {
    expect(
      await api.refused(CREATE, {
        input: { key: 'x', name: 'X', definition: { all: [{ segment: 'vip' }, { computed: 'n', op: 'gt', value: 1 }] } },
      }),
    ).toMatch(/^SEGMENT_INVALID: .*all\[0\]\.segment.*all\[1\]\.computed/s);
    const buyers = await api.create('buyers', BUYERS);
    await api.create('others', { not: { segment: 'buyers' } });
    expect(await api.refused(UPDATE, { input: { id: buyers, definition: { segment: 'others' } } })).toMatch(
      /^SEGMENT_INVALID: .*buyers → others → buyers|^SEGMENT_INVALID: .*others → buyers → others/,
    );
    expect(await api.refused(CREATE, { input: { key: 'buyers', name: 'Again', definition: BUYERS } })).toMatch(/^CONFLICT: /);
    expect(await api.refused(DELETE, { input: { id: buyers } })).toMatch(/^CONFLICT: .*others/);
  });

  it.each([
    ['key', { key: 'Ünï', name: 'X' }],
    ['key', { key: '', name: 'X' }],
    ['name', { key: 'x', name: '  ' }],
    ['name', { key: 'x', name: 'a'.repeat(201) }],
    ['description', { key: 'x', name: 'X', description: 'a'.repeat(2_001) }],
  ])('is refused for a %s that can not be', async (argument, input) => {
    expect(await api.refused(CREATE, { input: { ...input, definition: BUYERS } })).toMatch(new RegExp(`^INVALID_INPUT: ${argument} `));
  });

  it('is refused for characters that no text may have, in the name and in the definition', async () => {
    const literal = (name: string, value: string) =>
      `mutation { createSegment(input: { key: "x", name: "${name}", definition: { trait: "a", op: "eq", value: "${value}" } }) { segment { id } } }`;
    expect(await api.refused(literal('a\\u0000b', 'b'))).toMatch(/^INVALID_INPUT: name /);
    expect(await api.refused(literal('a', 'b\\u0000'))).toMatch(/^SEGMENT_INVALID: value/);
  });

  it('takes names and values in whatever script', async () => {
    await api.world.hear(identify('ada', { rôle: 'ingénieure 👩‍🔬' }), identify('bob', { rôle: 'ingénieur' }));
    const definition = { trait: 'rôle', op: 'contains', value: '👩‍🔬' };
    const input = { key: 'u', name: '  顧客 🛍️ ', description: 'ένα', definition };
    const { createSegment } = await api.ask(CREATE, { input });
    expect(createSegment.segment).toMatchObject({ name: '顧客 🛍️', description: 'ένα', definition });
    await api.world.compute();
    expect(await api.world.members('u')).toEqual(['ada']);
  });

  it.each([
    ['too many conditions', { all: Array.from({ length: 101 }, () => BUYERS) }],
    ['too deep', Array.from({ length: 12 }).reduce<object>((inner) => ({ not: inner }), BUYERS)],
    ['deep beyond measure', Array.from({ length: 500 }).reduce<object>((inner) => ({ all: [inner] }), BUYERS)],
    ['a long list', { trait: 'a', op: 'in', value: Array.from({ length: 50_000 }, (_, index) => index) }],
    ['nothing in it', {}],
  ])('refuses with a code what has %s', async (_, definition) => {
    expect(await api.refused(CREATE, { input: { key: 'x', name: 'X', definition } })).toMatch(
      /^(SEGMENT_INVALID|INVALID_INPUT|QUERY_TOO_COMPLEX|BAD_USER_INPUT): /,
    );
    expect(
      await api.refused('query ($definition: JSONObject!) { previewSegment(definition: $definition) { size } }', { definition }),
    ).toMatch(/^(SEGMENT_INVALID|INVALID_INPUT|QUERY_TOO_COMPLEX|BAD_USER_INPUT): /);
    expect(api.api.bugs).toEqual([]);
  });

  it('can be changed: what is left out stays, another definition is computed anew', async () => {
    await api.world.hear(order('ada', 3, 10), order('bob', 3, 90));
    const id = await api.define('buyers', BUYERS);
    const { updateSegment } = await api.ask(UPDATE, { input: { id, description: 'Of late' } });
    expect(updateSegment.segment).toMatchObject({ name: 'All of buyers', description: 'Of late', status: 'LIVE' });
    const definition = { event: { name: 'Order Completed', where: [{ property: 'total', op: 'gte', value: 50 }] } };
    const changed = await api.ask(UPDATE, { input: { id, name: 'Big buyers', definition } });
    expect(changed.updateSegment.segment).toMatchObject({ name: 'Big buyers', description: 'Of late', definition, status: 'COMPUTING' });
    await api.world.compute();
    expect(await api.world.members('buyers')).toEqual(['bob']);
    expect((await api.ask(UPDATE, { input: { id, description: null } })).updateSegment.segment.description).toBeNull();
  });

  it('can be taken back, and is told of in the audit log', async () => {
    await api.world.hear(order('ada', 3));
    const id = await api.define('buyers', BUYERS);
    expect(await api.ask(DELETE, { input: { id } })).toEqual({ deleteSegment: { id } });
    const { segment, node, auditLog } = await api.ask(
      'query ($id: ID!) { segment(id: $id) { id } node(id: $id) { id } auditLog { nodes { action target } } }',
      { id },
    );
    expect([segment, node]).toEqual([null, null]);
    expect(auditLog.nodes).toEqual([
      { action: 'deleteSegment', target: id },
      { action: 'createSegment', target: id },
    ]);
    const { profiles } = await api.ask('{ profiles { nodes { segments { reason } } } }');
    expect(profiles.nodes).toEqual([{ segments: [] }]);
    expect(await api.refused(DELETE, { input: { id } })).toMatch(/^NOT_FOUND: /);
  });
});

describe('Finding segments', () => {
  it('by id, by key, as a node, and in pages by their keys', async () => {
    const ids = new Map<string, string>();
    for (const key of ['c', 'a', 'b-2', 'b_1', 'z9']) ids.set(key, await api.create(key, BUYERS));
    const { segment, node } = await api.ask('query ($id: ID!) { segment(id: $id) { key } node(id: $id) { ... on Segment { key } } }', {
      id: ids.get('c'),
    });
    expect([segment, node]).toEqual([{ key: 'c' }, { key: 'c' }]);
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const { segments } = await api.ask(
        'query ($after: String) { segments(first: 2, after: $after) { totalCount nodes { key } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      expect(segments.totalCount).toBe(5);
      seen.push(...segments.nodes.map(({ key }: { key: string }) => key));
      if (!segments.pageInfo.hasNextPage) break;
      after = segments.pageInfo.endCursor;
    }
    expect(new Set(seen)).toEqual(new Set(ids.keys()));
    expect(seen).toHaveLength(5);
    expect(await api.refused('{ segments(after: "!!") { totalCount } }')).toMatch(/^INVALID_CURSOR: /);
    expect(await api.refused('{ segments(first: 201) { totalCount } }')).toMatch(/^INVALID_INPUT: /);
  });

  it('answers nothing for what is no key, no id, or of another workspace', async () => {
    const id = await api.create('buyers', BUYERS);
    const other = await WorkspaceBuilder.create(api.world.experience.world.database.owner, 'Other');
    const stranger = await other.apiKey();
    for (const query of [`{ segment(id: "${id}") { key } }`, '{ segment(key: "buyers") { key } }']) {
      expect((await api.ask(query, {}, stranger)).segment).toBeNull();
    }
    expect(await api.refused(`{ profiles(segmentId: "${id}") { totalCount } }`, {}, stranger)).toMatch(/^NOT_FOUND: /);
    expect(await api.refused(DELETE, { input: { id } }, stranger)).toMatch(/^NOT_FOUND: /);
    for (const query of ['{ segment(key: "no\\u0000pe") { key } }', '{ segment(id: "seg_1") { key } }'])
      expect((await api.ask(query)).segment).toBeNull();
    expect(await api.refused('{ segment { key } }')).toMatch(/^INVALID_INPUT: /);
    expect(await api.refused(`{ segment(id: "${id}", key: "buyers") { key } }`)).toMatch(/^INVALID_INPUT: /);
  });
});

describe('Members', () => {
  const pageOf = async (field: 'segment' | 'profiles', id: string, after: string | null) => {
    const PAGE = 'nodes { identifiers { value } } pageInfo { hasNextPage endCursor }';
    const query =
      field === 'segment'
        ? `query ($id: ID!, $after: String) { segment(id: $id) { members(first: 2, after: $after) { ${PAGE} } } }`
        : `query ($id: ID!, $after: String) { profiles(segmentId: $id, first: 2, after: $after) { ${PAGE} } }`;
    const data = await api.ask(query, { id, after });
    const { nodes, pageInfo } = field === 'segment' ? data.segment.members : data.profiles;
    return { users: nodes.map((node: { identifiers: { value: string }[] }) => node.identifiers[0]?.value), ...pageInfo };
  };

  it.each(['segment', 'profiles'] as const)(
    'of %s come in pages that neither repeat nor leave out who is in throughout, however many come and go',
    async (field) => {
      const stay = ['ada', 'bob', 'cyd', 'dan', 'eve'];
      await api.world.hear(...stay.map((user) => order(user, 3)), order('old', 29.9), order('gone', 29.9));
      const id = await api.define('buyers', BUYERS);
      const seen: string[] = [];
      let come = 0;
      for (let after: string | null = null; ; ) {
        const page = await pageOf(field, id, after);
        seen.push(...page.users);
        if (!page.hasNextPage) break;
        after = page.endCursor;
        await api.world.hear(order(`late-${come++}`, 1));
        if (come === 1) await api.world.later(0.2 * DAY_MS);
      }
      for (const user of stay) expect(seen.filter((other) => other === user)).toHaveLength(1);
      expect(new Set(seen).size).toBe(seen.length);
    },
  );

  it('are counted by the size, and refused with a code for a cursor that is none', async () => {
    await api.world.hear(order('ada', 3));
    const id = await api.define('buyers', BUYERS);
    const { profiles } = await api.ask('query ($id: ID!) { profiles(segmentId: $id) { totalCount } }', { id });
    expect(profiles.totalCount).toBe(1);
    for (const query of [
      'profiles(segmentId: $id, after: "%%%") { totalCount }',
      'segment(id: $id) { members(after: "x") { totalCount } }',
    ]) {
      expect(await api.refused(`query ($id: ID!) { ${query} }`, { id })).toMatch(/^INVALID_CURSOR: /);
    }
    expect(await api.refused('query ($id: ID!) { segment(id: $id) { members(first: 501) { totalCount } } }', { id })).toMatch(
      /^INVALID_INPUT: /,
    );
    expect(await api.refused('{ profiles(segmentId: "seg_00000000000000000000000000000000") { totalCount } }')).toMatch(/^NOT_FOUND: /);
  });

  it('tell of themselves since when and why they are in, the latest first', async () => {
    await api.world.hear(order('ada', 3, 80), identify('ada', { plan: 'pro' }));
    await api.define('buyers', BUYERS);
    await api.define('pro', { trait: 'plan', op: 'eq', value: 'pro' });
    await api.world.hear(order('ada', 1, 5));
    const { profiles } = await api.ask('{ profiles { nodes { segments { enteredAt reason segment { key size } } } } }');
    const [{ segments }] = profiles.nodes;
    expect(segments.map(({ segment }: { segment: object }) => segment)).toEqual(
      expect.arrayContaining([
        { key: 'buyers', size: 1 },
        { key: 'pro', size: 1 },
      ]),
    );
    for (const { enteredAt, reason } of segments) {
      expect(new Date(enteredAt).getTime()).toBe(api.world.experience.nowMs);
      expect(reason).toMatch(/Order Completed|plan is pro/);
    }
  });
});

describe('History', () => {
  const history = async (id: string, fromDay: number, toDay: number, interval = 'DAY') => {
    const at = (days: number) => new Date(api.world.experience.nowMs + days * DAY_MS).toISOString();
    const query =
      'query ($id: ID!, $from: DateTime!, $to: DateTime!, $interval: Interval) { segment(id: $id) { history(from: $from, to: $to, interval: $interval) { at size entered left } } }';
    const { segment } = await api.ask(query, { id, from: at(fromDay), to: at(toDay), interval });
    return segment.history as { at: string; size: number; entered: number; left: number }[];
  };

  it('has a point for each day, with who entered and left and how many were in at its end, and none of days to come', async () => {
    await api.world.hear(order('ada', 3), order('bob', 29.5));
    const id = await api.define('buyers', BUYERS);
    await api.world.later(DAY_MS);
    api.api.passTime(DAY_MS);
    await api.world.hear(order('eve', 0), order('dan', 0));
    const points = await history(id, -3, 5);
    expect(points.map(({ size, entered, left }) => [size, entered, left])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [2, 2, 0],
      [3, 2, 1],
    ]);
    expect(points[0]?.at).toMatch(/T00:00:00.000Z$/);
    expect((await history(id, -400, 5, 'QUARTER')).at(-1)).toMatchObject({ size: 3, entered: 4, left: 1 });
    expect(await history(id, 2, 5)).toEqual([]);
  });

  it('as of days that are over is told without what came later', async () => {
    await api.world.hear(order('ada', 3));
    const id = await api.define('buyers', BUYERS);
    await api.world.later(3 * DAY_MS);
    api.api.passTime(3 * DAY_MS);
    await api.world.hear(order('bob', 0));
    const points = await history(id, -4, -1);
    expect(points.map(({ size, entered }) => [size, entered])).toEqual([
      [0, 0],
      [1, 1],
      [1, 0],
      [1, 0],
    ]);
  });

  it('is refused for more than a thousand points, and for an empty window', async () => {
    const id = await api.create('buyers', BUYERS);
    const ask = (from: string, to: string, interval: string) =>
      api.refused(`{ segment(id: "${id}") { history(from: "${from}", to: "${to}", interval: ${interval}) { size } } }`);
    expect(await ask('2020-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'HOUR')).toMatch(/^INVALID_INPUT: .*1000/);
    expect(await ask('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', 'DAY')).toMatch(/^INVALID_INPUT: /);
  });
});
