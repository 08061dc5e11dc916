import { identifierId } from '../../src/identity/identifierId';
import type { JsonObject } from '../../src/kernel/json';
import { toInteraction } from '../../src/timeline/toInteraction';
import { aMessage } from '../timeline/messages';
import { ApiUnderTest } from './apiUnderTest';
import { type BuiltIdentifier, NOON_MS, WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;

const EMAIL = { type: 'email', value: 'ada@example.com' };
const USER = { type: 'user_id', value: 'ada' };
const MINUTE_MS = 60_000;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  const survivorship = { plan: { rule: 'MOST_FREQUENT' }, constructor: { rule: 'MOST_FREQUENT' }, size: { rule: 'FIRST_SEEN' } };
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme', { survivorship });
  key = await acme.apiKey();
  await api.database.owner.query('truncate profile, identifier, interaction, trait_state');
  await acme.profile({ identifiers: [EMAIL, USER], interactions: [{ atMs: NOON_MS }] });
});

/** Identify messages, one minute after the other, and what the last of each identifier leaves in its trait state. */
async function identified(...messages: readonly (readonly [BuiltIdentifier, JsonObject])[]): Promise<void> {
  const last = new Map<BuiltIdentifier, { readonly traits: JsonObject; readonly atMs: number }>();
  for (const [index, [identifier, traits]] of messages.entries()) {
    const { kind, name } = toInteraction(aMessage({ call: 'identify', traits }), { department: 'SALES', type: 'segment' });
    const owner = String(identifierId(identifier.type, identifier.value));
    const atMs = NOON_MS + index * MINUTE_MS;
    await acme.interaction(owner, { atMs, kind, name, properties: traits });
    last.set(identifier, { traits, atMs });
  }
  for (const [identifier, { traits, atMs }] of last) await acme.traits(identifier, traits, { atMs });
}

const ask = (fields: string) => api.query(key, `{ profile(identifier: { type: "user_id", value: "ada" }) { ${fields} } }`);
const plan = async () =>
  (await ask('trait(key: "plan") { value rule observedAt source { name } alternatives { value } }')).data.profile.trait;

it('answers the value that the most messages said, counted over all identifiers', async () => {
  await identified([EMAIL, { plan: 'free' }], [USER, { plan: 'free' }], [EMAIL, { plan: 'pro' }], [USER, { plan: 'basic' }]);
  expect(await plan()).toEqual({
    value: 'free',
    rule: 'MOST_FREQUENT',
    observedAt: new Date(NOON_MS + MINUTE_MS).toISOString(),
    source: { name: 'Website' },
    alternatives: [{ value: 'basic' }, { value: 'pro' }],
  });
});

it('answers the one said last of those said equally often', async () => {
  await identified([USER, { plan: 'pro' }], [EMAIL, { plan: 'free' }], [USER, { plan: 'free' }], [EMAIL, { plan: 'pro' }]);
  expect(await plan()).toMatchObject({ value: 'pro' });
});

it('still knows a value that ten others have pushed out of what is kept', async () => {
  const others = Array.from({ length: 12 }, (_, index) => [USER, { plan: `other ${index}` }] as const);
  await identified([USER, { plan: 'free' }], [USER, { plan: 'free' }], ...others);
  expect(await plan()).toMatchObject({ value: 'free' });
});

it('takes objects for the same whatever the order of their keys', async () => {
  await identified([USER, { plan: { a: 1, b: [2] } }], [USER, { plan: 'x' }], [EMAIL, { plan: { b: [2], a: 1 } }]);
  expect(await plan()).toMatchObject({ value: { a: 1, b: [2] } });
});

it('leaves a trait out that was most often taken away', async () => {
  await identified([USER, { plan: null }], [USER, { plan: 'x' }], [EMAIL, { plan: null }]);
  expect(await plan()).toBeNull();
});

it('does not count what other calls hold under the name of the trait', async () => {
  await identified([USER, { plan: 'free' }]);
  const owner = String(identifierId(USER.type, USER.value));
  const previously = { department: 'SALES', type: 'segment' } as const;
  const alias = toInteraction(aMessage({ call: 'alias', previousId: 'x' }), previously);
  for (const { kind, name } of [alias, { kind: 'CUSTOM', name: 'Identify' } as const]) {
    for (let index = 0; index < 3; index++)
      await acme.interaction(owner, { atMs: NOON_MS + index, kind, name, properties: { plan: 'pro' } });
  }
  expect(await plan()).toMatchObject({ value: 'free' });
});

it('takes one statement more, and only where traits are asked for', async () => {
  await identified([USER, { plan: 'free' }]);
  await ask('id');
  const names = await api.statementsOf(() => ask('id traits email displayName timeline(first: 50) { nodes { id source { name } } }'));
  expect([...names].sort()).toEqual(['list_sources', 'read_most_said', 'read_profiles_by_identifier', 'read_timelines_from_the_newest']);
  expect(await api.statementsOf(() => ask('id identifiers { type }'))).toEqual(['read_profiles_by_identifier']);
});
