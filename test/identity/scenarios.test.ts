import { type IdentityRule, IdentityRules } from '../../src/identity/rules';
import scenarios from '../fixtures/identity/scenarios.json';
import { type Said, Workspace } from './builders';
import { asTexts } from './memoryStore';

// Thousands of runs: seconds on an idle machine, longer beside other suites.
jest.setTimeout(120_000);

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

const UNLIMITED = 1_000_000;
const BASE_MS = Date.UTC(2026, 0, 1);

function rulesOf({ follows, config }: Scenario): IdentityRules {
  const rule = (type: string): IdentityRule =>
    follows === 'Segment'
      ? { type, limitPerProfile: config.limits?.[type] ?? config.limits?.['*'] ?? 5, keep: 'EARLIEST', blockedPatterns: [] }
      : { type, limitPerProfile: config.unique?.includes(type) ? 1 : UNLIMITED, keep: 'LATEST', blockedPatterns: [] };
  return new IdentityRules([...config.priority.map(rule), { ...rule('*'), type: '*' }]);
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]));
}

describe.each(scenarios as readonly Scenario[])('$id, as $follows documents it: $title', (scenario) => {
  const rules = rulesOf(scenario);
  const expected = asTexts(scenario.expected);
  const messages: Said[] = scenario.events.map((identifiers, index) => ({ identifiers, atMs: BASE_MS + index }));

  it('comes out of the rule replayed over all links', async () => {
    const workspace = new Workspace(rules);
    await workspace.hear(...messages);
    expect(workspace.oracle()).toEqual(expected);
  });

  it('comes out of the graph, message by message, in every order of arrival', async () => {
    for (const order of permutations(messages)) {
      const workspace = new Workspace(rules);
      for (const message of order) await workspace.hear(message);
      workspace.store.assertConsistent(workspace.said);
      expect(workspace.store.groups()).toEqual(expected);
    }
  });

  it('comes out of the graph in one batch, in every order of arrival', async () => {
    for (const order of permutations(messages)) {
      const workspace = new Workspace(rules);
      await workspace.hear(...order);
      expect(workspace.store.groups()).toEqual(expected);
    }
  });
});
