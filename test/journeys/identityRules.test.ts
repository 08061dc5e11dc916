import scenarios from '../fixtures/identity/scenarios.json';
import { eventually } from './eventually';
import { System } from './system';

jest.setTimeout(150_000);

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

interface Scenario {
  readonly id: string;
  readonly follows: string;
  readonly title: string;
  readonly config: {
    readonly priority: readonly string[];
    readonly limits?: Readonly<Record<string, number | undefined>>;
    readonly unique?: readonly string[];
  };
  readonly events: readonly (readonly string[])[];
  readonly expected: readonly (readonly string[])[];
}

interface Keys {
  readonly apiKey: string;
  readonly writeKey: string;
}

const UNLIMITED = 1_000_000;
const START_MS = Date.UTC(2026, 0, 1);
/** A value that identifies nobody: messages need one id of the protocol, and some scenarios know none. */
const NOBODY = 'anonymous';

/** Some scenarios have words where we only take an address. */
function identifierOf(text: string): { readonly type: string; readonly value: string } {
  const type = text.slice(0, text.indexOf(':'));
  const value = text.slice(type.length + 1);
  return { type, value: type === 'email' && /^[a-z]+$/.test(value) && value.length === 6 ? `${value}@example.com` : value };
}

function messageOf(event: readonly string[], index: number): object {
  const identifiers = event.map(identifierOf);
  const idOf = (type: string) => identifiers.find((identifier) => identifier.type === type)?.value;
  const others = identifiers.filter(({ type }) => type !== 'user_id' && type !== 'anonymous_id');
  return {
    type: 'track',
    event: 'Seen',
    messageId: `seen-${index}`,
    timestamp: new Date(START_MS + index * 60_000).toISOString(),
    userId: idOf('user_id'),
    anonymousId: idOf('anonymous_id') ?? NOBODY,
    context: { externalIds: others.map(({ type, value }) => ({ id: value, type, collection: 'users', encoding: 'none' })) },
  };
}

function rulesOf({ follows, config }: Scenario): object[] {
  const rule = (type: string) =>
    follows === 'Segment'
      ? { type, limitPerProfile: config.limits?.[type] ?? config.limits?.['*'] ?? 5, keep: 'EARLIEST' }
      : { type, limitPerProfile: config.unique?.includes(type) ? 1 : UNLIMITED, keep: 'LATEST' };
  return [...config.priority.map(rule), rule('*')];
}

async function setRules(rules: readonly object[], { apiKey }: { readonly apiKey: string }): Promise<void> {
  const mutation = 'mutation ($input: SetIdentityRulesInput!) { setIdentityRules(input: $input) { rules { type } } }';
  const { codes } = await system.graphql(mutation, { input: { rules } }, { key: apiKey });
  expect(codes).toEqual([]);
}

async function ruleChange({ apiKey }: { readonly apiKey: string }) {
  const { data } = await system.graphql('{ ingestion { ruleChange { profilesExamined profilesTotal finishedAt } } }', {}, { key: apiKey });
  return data.ingestion.ruleChange;
}

const resolved = (keys: { readonly apiKey: string }) =>
  eventually('all profiles are resolved anew', async () => (await ruleChange(keys)).finishedAt !== null);

/** The profile of each identifier, as a client reads it. */
async function groupsOf({ expected }: Scenario, { apiKey }: Keys): Promise<string[]> {
  const groups = new Set<string>();
  for (const text of expected.flat()) {
    const { data } = await system.graphql(
      'query ($identifier: IdentifierInput!) { profile(identifier: $identifier) { identifiers { type value } } }',
      { identifier: identifierOf(text) },
      { key: apiKey },
    );
    groups.add(asText(data.profile.identifiers));
  }
  return [...groups].sort();
}

function asText(identifiers: readonly { type: string; value: string }[]): string {
  return identifiers
    .map(({ type, value }) => `${type}:${value}`)
    .sort()
    .join(' + ');
}

describe.each(scenarios as readonly Scenario[])('$id, as $follows documents it: $title', (scenario) => {
  const messages = scenario.events.map(messageOf);
  const expected = scenario.expected.map((group) => asText(group.map(identifierOf))).sort();

  it('comes out of messages in the order of the file', async () => {
    const keys = await system.addWorkspace(`${scenario.id}-in-order`);
    await setRules(rulesOf(scenario), keys);
    await system.take(messages, keys.writeKey);
    expect(await groupsOf(scenario, keys)).toEqual(expected);
  });

  it('comes out of messages that come one by one and shuffled', async () => {
    const keys = await system.addWorkspace(`${scenario.id}-shuffled`);
    await setRules(rulesOf(scenario), keys);
    const shuffled = messages.map((message, index) => ({ message, key: (index * 5 + 3) % 7 })).sort((left, right) => right.key - left.key);
    for (const { message } of shuffled) await system.take([message], keys.writeKey);
    expect(await groupsOf(scenario, keys)).toEqual(expected);
  });

  it('comes out where the rules are set after the messages came', async () => {
    const keys = await system.addWorkspace(`${scenario.id}-after`);
    await system.take(messages, keys.writeKey);
    await setRules(rulesOf(scenario), keys);
    await resolved(keys);
    expect(await groupsOf(scenario, keys)).toEqual(expected);
  });
});

it('goes on resolving profiles after the worker was killed in the middle, while messages are still processed', async () => {
  const keys = await system.addWorkspace('killed');
  const visit = (user: string, device: string, minute: number) => ({
    type: 'track',
    event: 'Visited',
    messageId: `${user}-${device}`,
    userId: user,
    anonymousId: device,
    timestamp: new Date(START_MS + minute * 60_000).toISOString(),
  });
  const count = 6_000;
  for (let at = 0; at < count; at += 1_000) {
    const numbers = Array.from({ length: 1_000 }, (_, n) => at + n);
    await system.accept(
      numbers.flatMap((n) => [visit(`first-${n}`, `device-${n}`, 1), visit(`second-${n}`, `device-${n}`, 2)]),
      keys.writeKey,
    );
  }
  await system.settled();
  await setRules([{ type: 'user_id', limitPerProfile: 2, keep: 'EARLIEST' }], keys);
  await eventually('some are resolved', async () => (await ruleChange(keys)).profilesExamined > 0);
  await system.kill('worker');
  const midway = await ruleChange(keys);
  expect(midway).toMatchObject({ profilesTotal: 2 * count, finishedAt: null });
  const position = await system.accept([visit('first-1', 'device-2', 3)], keys.writeKey);
  await system.restart('worker');
  await system.graphql('{ ingestion { processed } }', {}, { key: keys.apiKey, position });
  await resolved(keys);
  expect((await ruleChange(keys)).profilesExamined).toBeGreaterThan(midway.profilesExamined);
  const [{ profiles, largest } = { profiles: 0, largest: 0 }] = await system.ask<{ profiles: number; largest: number }>(
    `select count(*)::int as profiles, max(i.members)::int as largest from (
       select count(*) as members from identifier i where i.value like 'first-%' or i.value like 'second-%' or i.value like 'device-%' group by i.profile_id
     ) i`,
  );
  // Two users a device; first-1 came to device-2 too late to be its third.
  expect({ profiles, largest }).toEqual({ profiles: count, largest: 3 });
});
