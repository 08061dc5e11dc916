import type { GraphQLObjectType } from 'graphql';
import { buildSchema } from '../../src/api/schema';
import { SCOPES } from '../../src/kernel/vocabulary';
import { Listener } from '../api/streams/listeners';
import { exampleCalls } from './exampleCalls';
import { type Filled, fillWorkspace } from './filledWorkspace';
import { MARKER, PERSON, PERSONAL } from './personalMessages';
import { type Calls, leavesOf, nameOf, selectionOf, type Way, waysFrom } from './schemaWalk';

jest.setTimeout(300_000);

/** Beside each other; the server has as much to do. */
const ASKED_AT_ONCE = 4;
const WAYS_TO_A_TYPE = 6;
const schema = buildSchema();

const PREVIEW = 'query ($definition: JSONObject!) { previewSegment(definition: $definition) { size } }';
const FUNNEL = `query ($where: JSONObject) {
  funnel(steps: [{ name: "Products Searched", where: $where }], withinHours: 1, from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z") { steps { customers } }
}`;

/** What a workspace that was filled a moment ago has nothing of. */
const NOT_FILLED = [
  'BrokenAuditEntry',
  'DepartmentInfluence',
  'EndingModel',
  'OrderingModel',
  'ReplacedSecret',
  'RevenueChurn',
  'RuleChange',
  'SampleRatio',
  'SpendingModel',
  'ValueModel',
];
/** Where personal values show to those who may see them. */
const MARKED = [
  'Account.externalId',
  'Account.name',
  'Account.traits',
  'AgentContext.recentProducts',
  'AgentContext.recentSearches',
  'AttributionCredit.label',
  'AuditEntry.detail',
  'ComputedTrait.definition',
  'Consent.purpose',
  'Conversation.externalId',
  'Conversation.subject',
  'DeadLetter.message',
  'DirectlyFollows.from',
  'DirectlyFollows.to',
  'FieldComparison.left',
  'FieldComparison.right',
  'FrictionSignal.message',
  'Identifier.value',
  'IdentityLink.explanation',
  'Interaction.messageId',
  'Interaction.name',
  'Interaction.properties',
  'Interaction.summary',
  'InteractionSubject.externalId',
  'JourneyLink.from',
  'JourneyLink.to',
  'JourneyNode.id',
  'JourneyNode.label',
  'Order.externalId',
  'PathVariant.labels',
  'Profile.computedTraits',
  'Profile.displayName',
  'Profile.email',
  'Profile.phone',
  'Profile.traits',
  'RefusedLink.explanation',
  'Segment.definition',
  'Segment.description',
  'Segment.name',
  'SegmentMembership.reason',
  'Suggestion.text',
  'Trait.value',
  'TraitValue.value',
];

let filled: Filled;
let calls: Calls;
/** With every scope but pii:read. */
let blind: string;

beforeAll(async () => {
  process.env['WEBHOOK_ALLOW_PRIVATE'] = 'true';
  filled = await fillWorkspace();
  calls = exampleCalls(filled);
  const create = 'mutation ($scopes: [String!]!) { createApiKey(input: { name: "blind", scopes: $scopes }) { key } }';
  const { data } = await filled.system.graphql(create, { scopes: SCOPES.filter((scope) => scope !== 'pii:read') });
  blind = data.createApiKey.key;
});
afterAll(() => filled?.system.stop());

/** Also what is written in base64, as ids and cursors are. */
function showsMarker(answer: unknown): boolean {
  const text = JSON.stringify(answer) ?? '';
  const tokens = text.match(/[A-Za-z0-9_+/-]{8,}/g) ?? [];
  return MARKER.test(text) || tokens.some((token) => MARKER.test(Buffer.from(token, 'base64').toString('latin1')));
}

async function askAll<Answer>(ways: readonly Way[], ask: (way: Way) => Promise<Answer>): Promise<Answer[]> {
  const waiting = ways.map((way, place) => ({ way, place }));
  const answers: Answer[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) answers[next.place] = await ask(next.way);
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, work));
  return answers;
}

const queryOf = (way: Way) => `{ ${selectionOf(way, leavesOf(way.type, calls))} }`;
const queryWays = () => waysFrom(schema, schema.getQueryType() as GraphQLObjectType, calls);

it('shows no personal value to a key without pii:read, by whatever way through the schema', async () => {
  const shown: string[] = [];
  await askAll(queryWays(), async (way) => {
    const answer = await filled.system.graphql(queryOf(way), {}, { key: blind });
    if (showsMarker(answer)) shown.push(`${nameOf(way)}: ${JSON.stringify(answer)}`);
  });
  expect(shown).toEqual([]);
});

it('walks to every type, and would notice: with pii:read the same fields show personal values', async () => {
  const reached = new Set<string>();
  const marked = new Set<string>();
  await askAll(shortestWays(queryWays()), async (way) => {
    const { data } = await filled.system.graphql(queryOf(way));
    for (const object of endsOf(data, way)) {
      reached.add(way.type.name);
      for (const [field, value] of Object.entries(object)) if (MARKER.test(JSON.stringify(value))) marked.add(`${way.type.name}.${field}`);
    }
  });
  const types = new Set(queryWays().map((way) => way.type.name));
  expect([...types].filter((type) => !reached.has(type) && !NOT_FILLED.includes(type))).toEqual([]);
  expect(MARKED.filter((field) => !marked.has(field))).toEqual([]);
});

it.each(['ndjson', 'csv'])('exports no personal value to a key without pii:read (%s)', async (format) => {
  const fields = [
    ...['id', 'email', 'phone', 'displayName', 'language', 'identifiers', 'enteredAt', 'reason', 'lifecycleStage', 'computed.last_search'],
    ...['traits.firstName', 'traits.address', 'traits.address.street', 'traits.contact', 'traits.birthday', 'traits.comment'],
  ];
  const url = `${filled.system.address}/exports/segments/marked.${format}?fields=${fields.join(',')}`;
  const textFor = async (key: string) => (await fetch(url, { headers: { authorization: `Bearer ${key}` } })).text();
  const masked = await textFor(blind);
  expect(masked.split('\n').length).toBeGreaterThan(3);
  expect(showsMarker(masked)).toBe(false);
  for (const value of [PERSONAL.email, PERSONAL.phone, 'zzqsearch', 'Zzqstreet 12', 'email contains zzq']) {
    expect(await textFor(filled.system.apiKey)).toContain(value);
  }
});

it.each(['interactionAdded', 'profileChanged', 'segmentMembershipChanged', 'frictionDetected'])(
  'tells no personal value to a key without pii:read by the subscription %s',
  async (field) => {
    const root = schema.getSubscriptionType() as GraphQLObjectType;
    const ways = waysFrom(schema, root, calls).filter(({ fields }) => fields[0]?.name === field && fields.length <= 3);
    const query = ([first, ...further]: readonly Way[]) => {
      const inside = further.map((way) => selectionOf({ ...way, fields: way.fields.slice(1) }, leavesOf(way.type, calls)));
      return `subscription { ${selectionOf(first as Way, [...leavesOf((first as Way).type, calls), ...inside])} }`;
    };
    const hear = (key: string) => Listener.onEvents(`${filled.system.address}/graphql`, key, query(ways));
    const listeners = [await hear(blind), await hear(filled.system.apiKey)] as const;
    await filled.system.take(newsOf(field));
    for (const listener of listeners) await listener.hears(1);
    expect(listeners.map(({ heard }) => showsMarker(heard.map(({ data }) => data)))).toEqual([false, true]);
    expect(listeners.flatMap(({ codes }) => codes)).toEqual([]);
    for (const listener of listeners) listener.stop();
  },
);

/** Messages that the subscription tells of. */
function newsOf(field: string): object[] {
  const userId = `${PERSON.userId}-${field}`;
  const said = { channel: 'email', ticket_id: `t-${field}-${PERSONAL.email}`, comment: PERSONAL.text, message: PERSONAL.text };
  switch (field) {
    case 'profileChanged':
      return [{ type: 'identify', userId: PERSON.userId, traits: { comment: PERSONAL.text } }];
    case 'segmentMembershipChanged':
      return [{ type: 'identify', userId, traits: { email: `zzq-${field}@zzqmail.example`, name: PERSONAL.name } }];
    case 'frictionDetected':
      return ['Ticket Created', 'Ticket Solved', 'Ticket Reopened'].map((event) => ({ type: 'track', userId, event, properties: said }));
    default:
      return [{ type: 'track', userId, event: `Wrote to ${PERSONAL.email}`, properties: said }];
  }
}

it('answers changes without personal values to a key without pii:read', async () => {
  const mutations = Object.keys(calls).filter((name) => name.startsWith('Mutation.'));
  const root = schema.getMutationType() as GraphQLObjectType;
  const answered: string[] = [];
  for (const name of mutations) {
    const ways = waysFrom(schema, root, calls).filter(
      ({ fields: [first, ...further] }) => `Mutation.${first?.name}` === name && further.length <= 2,
    );
    const [first, ...further] = ways as [Way, ...Way[]];
    const inside = further.map((way) => selectionOf({ ...way, fields: way.fields.slice(1) }, leavesOf(way.type, calls)));
    const query = `mutation { ${selectionOf(first, [...leavesOf(first.type, calls), ...inside])} }`;
    const answer = await filled.system.graphql(query, {}, { key: blind });
    expect([name, showsMarker(answer)]).toEqual([name, false]);
    if (answer.codes.length === 0) answered.push(name);
  }
  expect(answered.length).toBeGreaterThan(5);
});

describe('a key without pii:read can not find out a personal value by trying:', () => {
  const asked = (query: string, variables: object) => filled.system.graphql(query, variables, { key: blind });
  const personal = { all: [{ trait: 'email', op: 'startsWith', value: 'z' }] };
  const counted = {
    aggregate: 'count',
    event: { name: 'Products Searched', where: [{ property: 'query', op: 'startsWith', value: 'z' }] },
  };

  it.each<[string, string, object]>([
    ['searching what was said', 'query ($text: String!) { searchConversations(text: $text) { nodes { id } } }', { text: 'zzqtext' }],
    ['a segment by a trait', PREVIEW, { definition: personal }],
    [
      'a segment by an address, whatever the trait is called',
      PREVIEW,
      { definition: { all: [{ trait: 'contact', op: 'eq', value: PERSONAL.email }] } },
    ],
    ['a segment by a computed trait', PREVIEW, { definition: { all: [{ computed: 'last_search', op: 'startsWith', value: 'z' }] } }],
    [
      'a computed trait by a property',
      'mutation ($d: JSONObject!) { createComputedTrait(input: { key: "z", name: "Z", definition: $d }) { key } }',
      { d: counted },
    ],
    ['a funnel by a property', FUNNEL, { where: { query: { startsWith: 'z' } } }],
    ['a funnel by an address', FUNNEL, { where: { to: PERSONAL.email } }],
  ])('%s', async (_what, query, variables) => {
    expect((await asked(query, variables)).codes).toEqual(['FORBIDDEN']);
    expect((await filled.system.graphql(query, variables)).codes).toEqual([]);
  });

  it('a search box by the beginning of a value', async () => {
    const query = 'query ($text: String!) { searchProfiles(text: $text) { nodes { id } } }';
    const found = async (text: string, key: string) =>
      (await filled.system.graphql(query, { text }, { key })).data.searchProfiles.nodes.length;
    for (let length = 2; length < PERSONAL.email.length; length++) expect(await found(PERSONAL.email.slice(0, length), blind)).toBe(0);
    expect(await found(PERSONAL.email.slice(0, -1), filled.system.apiKey)).toBeGreaterThan(0);
  });

  it('a timeline by its text or by masked names', async () => {
    const query = `query ($id: ID!, $filter: TimelineFilter) { profile(id: $id) { timeline(filter: $filter) { totalCount } } }`;
    const count = async (filter: object, key: string) =>
      (await filled.system.graphql(query, { id: filled.ada, filter }, { key })).data.profile.timeline.totalCount;
    for (const filter of [{ text: 'zzqtext' }, { text: PERSONAL.email }, { names: [`Wrote to ${PERSONAL.email}`] }]) {
      expect(await count(filter, blind)).toBe(0);
      expect(await count(filter, filled.system.apiKey)).toBeGreaterThan(0);
    }
  });
});

/** Objects that the way leads to in an answer. */
function endsOf(data: unknown, { fields }: Way): Record<string, unknown>[] {
  const step = (values: unknown[], name: string) =>
    values.flatMap((value) => (value as Record<string, unknown> | null)?.[name] ?? []) as unknown[];
  return fields.reduce((values, { name }) => step(values, name), [data]) as Record<string, unknown>[];
}

/** The first few to each type. */
function shortestWays(ways: readonly Way[]): readonly Way[] {
  const byType = new Map<string, number>();
  return [...ways]
    .sort((left, right) => left.fields.length - right.fields.length)
    .filter(({ type }) => {
      const count = byType.get(type.name) ?? 0;
      byType.set(type.name, count + 1);
      return count < WAYS_TO_A_TYPE;
    });
}
