import type { GraphQLObjectType } from 'graphql';
import { buildSchema } from '../../src/api/schema';
import { SCOPES } from '../../src/kernel/vocabulary';
import { exampleCalls } from './exampleCalls';
import { type Filled, fillWorkspace } from './filledWorkspace';
import { Keyring } from './keyring';
import { MARKER } from './personalMessages';
import { type Calls, leavesOf, nameOf, selectionOf, type Way, waysFrom } from './schemaWalk';
import { scopesByField, tableOf } from './table';

jest.setTimeout(300_000);

const schema = buildSchema();
const ROOT_SCOPES = scopesByField('scopes');
const ALSO = scopesByField('also');

let filled: Filled;
let calls: Calls;
let keys: Keyring;

beforeAll(async () => {
  process.env['WEBHOOK_ALLOW_PRIVATE'] = 'true';
  filled = await fillWorkspace();
  calls = exampleCalls(filled);
  keys = new Keyring(filled.system);
});
afterAll(() => filled?.system.stop());

const queryType = () => schema.getQueryType() as GraphQLObjectType;
const mutationType = () => schema.getMutationType() as GraphQLObjectType;
/** What it needs goes by the id: the rows of arguments say so. */
const isNode = ({ fields: [first] }: Way) => first?.name === 'node';

it('names fields that there are, and none of a root', () => {
  const fields = [...ALSO.keys()].filter((field) => {
    const [type = '', name = ''] = field.split('.');
    return (schema.getType(type) as GraphQLObjectType | undefined)?.getFields()[name] === undefined || ROOT_SCOPES.has(field);
  });
  expect(fields).toEqual([]);
});

it('shows all that is within a field to whoever may ask for the field, but for what the table says needs more', async () => {
  const refused: string[] = [];
  for (const way of shortestToEachField(waysFrom(schema, queryType(), calls).filter((one) => !isNode(one)))) {
    const key = await keys.with(scopesOf(way));
    const query = `{ ${selectionOf(
      way,
      leavesOf(way.type, calls, (field) => ALSO.has(field)),
    )} }`;
    const { codes } = await filled.system.graphql(query, {}, { key });
    if (codes.length > 0) refused.push(`${nameOf(way)}: ${codes.join()}`);
  }
  expect(refused).toEqual([]);
});

it.each([...ALSO].map(([field, scopes]) => [field, scopes.join(' and '), scopes] as const))(
  '%s needs %s, whatever way leads to it',
  async (field, _said, scopes) => {
    const ways = waysFrom(schema, queryType(), calls).filter((way) => !isNode(way) && endsIn(way, field));
    // A way that needs the scope itself can not be gone without it.
    const telling = ways.filter((way) => !scopesOf(wayTo(way)).some((scope) => scopes.includes(scope)));
    expect(telling.length).toBeGreaterThan(0);
    for (const way of telling) {
      const { codes } = await filled.system.graphql(`{ ${selectionOf(way, [])} }`, {}, { key: await keys.with(scopesOf(wayTo(way))) });
      expect([nameOf(way), [...new Set(codes)]]).toEqual([nameOf(way), ['FORBIDDEN']]);
    }
  },
);

describe('arguments', () => {
  const personal = '{ all: [{ trait: "email", op: "eq", value: "x" }] }';
  const counted = '{ aggregate: "count", event: { kind: "SEARCHED", where: [{ property: "query", op: "eq", value: "x" }] } }';
  const window = 'from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z"';
  const asked: Record<string, () => string> = {
    'Query.node, the id of a segment': () => `{ node(id: "${filled.segment}") { id } }`,
    'Query.node, the id of a destination': () => `{ node(id: "${filled.destination}") { id } }`,
    'Query.profiles, segmentId': () => `{ profiles(segmentId: "${filled.segment}") { nodes { id } } }`,
    'Query.previewSegment, personal values compared': () => `{ previewSegment(definition: ${personal}) { size } }`,
    'Query.funnel, personal values compared': () =>
      `{ funnel(steps: [{ kind: SEARCHED, where: { query: "x" } }], withinHours: 1, ${window}) { steps { customers } } }`,
    'Mutation.createSegment, personal values compared': () =>
      `mutation { createSegment(input: { key: "tried", name: "Tried", definition: ${personal} }) { segment { id } } }`,
    'Mutation.updateSegment, personal values compared': () =>
      `mutation { updateSegment(input: { id: "${filled.segment}", definition: ${personal} }) { segment { id } } }`,
    'Mutation.createComputedTrait, events told apart by personal values': () =>
      `mutation { createComputedTrait(input: { key: "tried", name: "Tried", definition: ${counted} }) { key } }`,
    'Mutation.createApiKey, scopes': () => 'mutation { createApiKey(input: { name: "more", scopes: ["reports:read"] }) { id } }',
    'Mutation.rotateApiKey, the id of a key': () => `mutation { rotateApiKey(input: { id: "${filled.reportsKey}" }) { id } }`,
  };
  const rows = tableOf('argument', 'scopes').map(([argument = '', scopes = '']) => [argument, scopes] as const);

  it('have a case for each row', () => {
    expect(Object.keys(asked)).toEqual(rows.map(([argument]) => argument));
  });

  it.each(rows)('%s: %s', async (argument, said) => {
    const scopes = said.split(', ').map((scope) => (scope.startsWith('and every scope') ? 'reports:read' : scope));
    const codesWith = async (asking: readonly string[]) =>
      (await filled.system.graphql(asked[argument]?.() ?? '', {}, { key: await keys.with(asking) })).codes;
    for (const missing of scopes) {
      expect([missing, await codesWith(SCOPES.filter((scope) => scope !== missing))]).toEqual([missing, ['FORBIDDEN']]);
    }
    expect(await codesWith(scopes)).toEqual([]);
  });
});

describe('a key of another workspace, with every scope', () => {
  let foreign: string;
  beforeAll(async () => {
    foreign = (await filled.system.addWorkspace('globex', SCOPES)).apiKey;
  });

  it('is shown nothing by any query, whatever ids it names', async () => {
    const shown: string[] = [];
    for (const way of waysFrom(schema, queryType(), calls).filter(({ fields }) => fields.length <= 3)) {
      const answer = await filled.system.graphql(`{ ${selectionOf(way, leavesOf(way.type, calls))} }`, {}, { key: foreign });
      if (MARKER.test(JSON.stringify(answer)) || idsOf(filled).some((id) => JSON.stringify(answer.data).includes(id)))
        shown.push(nameOf(way));
    }
    expect(shown).toEqual([]);
  });

  it('is told of nothing by any subscription', async () => {
    for (const name of ['profileChanged', 'segmentMembershipChanged']) {
      const query = `subscription { ${name}${calls[`Subscription.${name}`]} { __typename } }`;
      const answer = await fetch(`${filled.system.address}/graphql/stream`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${foreign}` },
        body: JSON.stringify({ query }),
      });
      expect([name, (await answer.json()).errors[0].extensions.code]).toEqual([name, 'NOT_FOUND']);
    }
  });

  it('exports nothing', async () => {
    const answer = await fetch(`${filled.system.address}/exports/segments/marked.ndjson`, {
      headers: { authorization: `Bearer ${foreign}` },
    });
    expect(answer.status).toBe(404);
  });

  it('changes nothing', async () => {
    const { system, ada } = filled;
    const state = `{ profile(id: "${ada}") { traits consents { purpose } suppressed merges { id undoneAt } identifiers { value } } segments { nodes { key description } }
      apiKeys { id } sources { id name } destinations { id url } deadLetters { totalCount } matchCandidates { nodes { id status } } }`;
    const before = await system.graphql(state);
    for (const name of Object.keys(calls).filter((call) => call.startsWith('Mutation.') && call !== 'Mutation.createSegment')) {
      const field = name.slice('Mutation.'.length);
      const { codes } = await system.graphql(`mutation { ${field}${calls[name]} { __typename } }`, {}, { key: foreign });
      expect([name, codes]).toEqual([name, ['NOT_FOUND']]);
    }
    expect(await system.graphql(state)).toEqual(before);
  });
});

it('answers a change whole to a key with the scope of the change alone', async () => {
  for (const [name, scopes] of ROOT_SCOPES) {
    if (!name.startsWith('Mutation.') || calls[name] === undefined) continue;
    const [first, ...further] = waysFrom(schema, mutationType(), calls).filter(
      ({ fields: [root, ...rest] }) => `Mutation.${root?.name}` === name && rest.length <= 1,
    ) as [Way, ...Way[]];
    const inside = further.map((way) => selectionOf({ ...way, fields: way.fields.slice(1) }, []));
    const query = `mutation { ${selectionOf(first, [...leavesOf(first.type, calls), ...inside])} }`;
    const { codes } = await filled.system.graphql(query, {}, { key: await keys.with(scopes) });
    expect([name, codes.includes('FORBIDDEN')]).toEqual([name, false]);
  }
});

function idsOf({ system: _system, reportsKey: _key, ...ids }: Filled): readonly string[] {
  // Sources are numbered in each workspace anew.
  return Object.values(ids).filter((id) => !id.startsWith('src_'));
}

/** What is needed to go the whole way. */
function scopesOf({ fields }: Pick<Way, 'fields'>): readonly string[] {
  return fields.flatMap(({ owner, name }, place) => (place === 0 ? ROOT_SCOPES : ALSO).get(`${owner}.${name}`) ?? []);
}

/** To the object that the last field is of. */
function wayTo({ fields }: Way): Pick<Way, 'fields'> {
  return { fields: fields.slice(0, -1) };
}

function endsIn({ fields }: Way, field: string): boolean {
  const last = fields.at(-1);
  return `${last?.owner}.${last?.name}` === field;
}

/** One way to each field that leads to an object. */
function shortestToEachField(ways: readonly Way[]): readonly Way[] {
  const byField = new Map<string, Way>();
  for (const way of [...ways].sort((left, right) => left.fields.length - right.fields.length)) {
    const last = way.fields.at(-1);
    const field = `${last?.owner}.${last?.name}`;
    if (!byField.has(field)) byField.set(field, way);
  }
  return [...byField.values()];
}
