import { type GraphQLObjectType, getNamedType, isLeafType } from 'graphql';
import { buildSchema } from '../../src/api/schema';
import { SCOPES } from '../../src/kernel/vocabulary';
import { System } from '../journeys/system';
import { Keyring } from './keyring';
import { callOf } from './schemaWalk';
import { scopesByField } from './table';

jest.setTimeout(300_000);

const schema = buildSchema();
const ROOTS = { Query: schema.getQueryType(), Mutation: schema.getMutationType(), Subscription: schema.getSubscriptionType() };
const TABLE = scopesByField('scopes');

let system: System;
let keys: Keyring;

beforeAll(async () => {
  system = await System.start();
  keys = new Keyring(system);
});
afterAll(() => system.stop());

it('has a row for each query, mutation and subscription, and for nothing else', () => {
  const fields = Object.entries(ROOTS).flatMap(([name, root]) => Object.keys(root?.getFields() ?? {}).map((field) => `${name}.${field}`));
  expect([...TABLE.keys()].sort()).toEqual(fields.sort());
});

it('names no scope that there is not', () => {
  const named = new Set([...TABLE.values()].flat());
  expect([...named].filter((scope) => !SCOPES.some((known) => known === scope))).toEqual([]);
});

describe.each([...TABLE])('%s', (field, scopes) => {
  it(`is for ${scopes.join(' and ')} alone`, async () => {
    expect(await codesOf(field, null)).toEqual(['UNAUTHENTICATED']);
    expect(await codesOf(field, 'tl_api_nobody')).toEqual(['UNAUTHENTICATED']);
    expect(await codesOf(field, system.writeKey)).toEqual(['FORBIDDEN']);
    const single = await Promise.all(SCOPES.map(async (scope) => [scope, await isAllowed(field, [scope])] as const));
    expect(single.filter(([, allowed]) => allowed).map(([scope]) => scope)).toEqual(scopes.length === 1 ? scopes : []);
    expect(await isAllowed(field, scopes)).toBe(true);
    for (const missing of scopes)
      expect(
        await isAllowed(
          field,
          SCOPES.filter((scope) => scope !== missing),
        ),
      ).toBe(false);
  });
});

/** Refused is who hears FORBIDDEN and nothing else; whoever is allowed may hear that what they ask for is not there. */
async function isAllowed(field: string, scopes: readonly string[]): Promise<boolean> {
  const codes = await codesOf(field, await keys.with(scopes));
  if (codes.includes('FORBIDDEN')) expect(codes).toEqual(['FORBIDDEN']);
  expect(codes).not.toContain('UNAUTHENTICATED');
  return !codes.includes('FORBIDDEN');
}

/** By arguments made up for it. */
async function codesOf(field: string, key: string | null): Promise<readonly string[]> {
  const [root = '', name = ''] = field.split('.');
  const type = ROOTS[root as keyof typeof ROOTS] as GraphQLObjectType;
  const definition = type.getFields()[name];
  if (!definition) throw new Error(`There is no field ${field}.`);
  const call = callOf(type, definition, {});
  const selection = isLeafType(getNamedType(definition.type)) ? '' : '{ __typename }';
  const query = `${root.toLowerCase()} { ${call} ${selection} }`;
  const abort = new AbortController();
  const answer = await fetch(`${system.address}/graphql${root === 'Subscription' ? '/stream' : ''}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== null && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ query }),
    signal: abort.signal,
  });
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    abort.abort();
    return [];
  }
  const { errors = [] } = (await answer.json()) as { errors?: { extensions: { code: string } }[] };
  return errors.map(({ extensions }) => extensions.code);
}
