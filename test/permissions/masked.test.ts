import type { GraphQLObjectType } from 'graphql';
import { buildSchema } from '../../src/api/schema';
import { SCOPES } from '../../src/kernel/vocabulary';
import { exampleCalls } from './exampleCalls';
import { type Filled, fillWorkspace } from './filledWorkspace';
import { MARKER } from './personalMessages';
import { type Calls, leavesOf, nameOf, selectionOf, type Way, waysFrom } from './schemaWalk';

jest.setTimeout(170_000);

/** Beside each other; the server has as much to do. */
const ASKED_AT_ONCE = 4;
const schema = buildSchema();

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
