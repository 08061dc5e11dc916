import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from './eventually';
import { System } from './system';

jest.setTimeout(150_000);

const ADMIN = join(__dirname, '..', '..', 'dist', 'src', 'app', 'admin', 'main.js');

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

async function admin(...args: string[]): Promise<string> {
  const env = { ...process.env, NODE_ENV: 'development', DATABASE_URL: system.database.url };
  return (await promisify(execFile)(process.execPath, [ADMIN, ...args], { env })).stdout;
}

/** The number of the workspace and its first key. */
async function createWorkspace(name: string): Promise<{ number: string; key: string }> {
  const said = await admin('create-workspace', name, '--country', 'DE');
  return { number: /^Workspace {2}(\d+)/.exec(said)?.[1] as string, key: /tl_api_\S+/.exec(said)?.[0] as string };
}

it('makes a workspace that running processes serve at once: messages, profiles, segments', async () => {
  const { number, key } = await createWorkspace('Globex');
  const asked = (query: string, variables: object = {}) => system.graphql(query, variables, { key });
  const created = await asked(
    'mutation { createSource(input: { name: "Website", type: "segment", department: MARKETING }) { source { id writeKey } } }',
  );
  expect(created.codes).toEqual([]);
  const { id, writeKey } = created.data.createSource.source;
  await asked(
    `mutation ($definition: JSONObject!) { createSegment(input: { key: "pro", name: "Pro", definition: $definition }) { segment { id } } }`,
    { definition: { all: [{ trait: 'plan', op: 'eq', value: 'pro' }] } },
  );
  await system.take([{ type: 'identify', userId: 'bob', traits: { plan: 'pro', phone: '030 23125901' } }], writeKey);
  expect((await asked('{ profile(identifier: { type: "user_id", value: "bob" }) { phone } }')).data.profile).toEqual({
    phone: '+493023125901',
  });
  await eventually('the segment has its member', async () => (await asked('{ segment(key: "pro") { size } }')).data.segment.size === 1);
  expect(await admin('list-sources', number)).toBe(`${id}  Website  segment  MARKETING\n`);
});

it('shows nobody in a new workspace anything of another, nor the other way', async () => {
  const { key } = await createWorkspace('Initech');
  await system.take([{ type: 'identify', userId: 'ada', traits: { name: 'Ada' } }]);
  expect((await system.graphql('{ profiles { nodes { id } } sources { id } apiKeys { name } }', {}, { key })).data).toEqual({
    profiles: { nodes: [] },
    sources: [],
    apiKeys: [{ name: 'administration' }],
  });
});

it('lists workspaces, and makes another key where all are lost', async () => {
  const { number } = await createWorkspace('Hooli');
  expect(await admin('list-workspaces')).toMatch(
    new RegExp(`^${number}  Hooli  DE  since \\d{4}-\\d\\d-\\d\\d  0 sources  1 API keys$`, 'm'),
  );
  const said = await admin('create-key', number, 'Reader', '--scopes', 'profiles:read,admin', '--days', '30');
  const key = /tl_api_\S+/.exec(said)?.[0] as string;
  const { data } = await system.graphql('{ apiKeys { name scopes expiresAt } }', {}, { key });
  expect(data.apiKeys).toContainEqual({ name: 'Reader', scopes: ['profiles:read', 'admin'], expiresAt: expect.any(String) });
});

it('stores no key, only what can not be turned back into one', async () => {
  const { key } = await createWorkspace('Umbrella');
  const [stored] = await system.ask<{ text: string }>(`select string_agg(c::text, ' ') as text from credential c`);
  expect(stored?.text).not.toContain(key);
});

it.each([
  ['a workspace that is not there', ['create-key', '999999', 'Reader'], /^NOT_FOUND: There is no workspace 999999\.\n$/],
  ['a scope that there is not', ['create-key', '1', 'Reader', '--scopes', 'everything'], /^INVALID_INPUT: --scopes are among/],
  ['no name', ['create-workspace', ' '], /^INVALID_INPUT: Give a name/],
  ['a country that is none', ['create-workspace', 'X', '--country', 'Germany'], /^INVALID_INPUT: --country/],
  ['a command that there is not', ['drop-everything'], /^INVALID_INPUT: There is no command/],
])('refuses %s with a coded line, and changes nothing', async (_what, args, line) => {
  const before = await admin('list-workspaces');
  await expect(admin(...args)).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(line) });
  expect(await admin('list-workspaces')).toBe(before);
});
