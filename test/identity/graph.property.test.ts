import fc from 'fast-check';
import { DEFAULT_IDENTITY_RULES, IdentityRules } from '../../src/identity/rules';
import { HUB_LIMIT, rulesArbitrary, saidArbitrary } from './arbitraries';
import { anId, type Said, Workspace } from './builders';

// Thousands of runs: seconds on an idle machine, longer beside other suites.
jest.setTimeout(120_000);

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 400);
/** Batches of messages, some repeated, each with its own interaction id. */
const batchesArbitrary = fc
  .tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 40 }))
  .chain(([values, times]) =>
    fc.array(fc.array(saidArbitrary(values, times), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 }),
  );

/** Mostly aliases of one type, which limits of other types refuse. */
const aliasBatchesArbitrary = fc.array(
  fc.array(
    fc
      .record({
        type: fc.constantFrom('a', 'b'),
        one: fc.integer({ min: 1, max: 5 }),
        other: fc.integer({ min: 1, max: 5 }),
        with: fc.option(fc.constantFrom('a:1', 'a:2', 'a:3', 'b:1', 'b:2', 'b:3', 'c:1', 'c:2')),
        isAlias: fc.boolean(),
        atMs: fc.integer({ min: 1, max: 12 }),
      })
      .map(({ type, one, other, with: third, isAlias, atMs }): Said => {
        const pair = [`${type}:${one}`, `${type}:${isAlias ? other : one}`] as const;
        return { identifiers: [...new Set([...pair, ...(third ? [third] : [])])], atMs, aliases: isAlias ? [pair] : [] };
      }),
    { minLength: 1, maxLength: 4 },
  ),
  { minLength: 1, maxLength: 20 },
);

describe('the identity graph', () => {
  it('equals the rule where ids that are one by alias are kept apart by a limit', async () => {
    await fc.assert(
      fc.asyncProperty(rulesArbitrary, aliasBatchesArbitrary, async (rules, batches) => {
        const workspace = new Workspace(rules, { lags: true, hubLimit: HUB_LIMIT });
        for (const batch of batches) {
          await workspace.hear(...batch);
          workspace.store.assertConsistent(workspace.said, HUB_LIMIT);
          expect(workspace.store.groups()).toEqual(workspace.oracle(HUB_LIMIT));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    { lags: false, trims: false },
    { lags: true, trims: false },
    { lags: true, trims: true },
  ])('equals the rule replayed over all links after every batch ($lags, $trims)', async ({ lags, trims }) => {
    await fc.assert(
      fc.asyncProperty(rulesArbitrary, batchesArbitrary, async (rules, batches) => {
        const workspace = new Workspace(rules, { lags, hubLimit: HUB_LIMIT });
        for (const batch of batches) {
          await workspace.hear(...batch);
          workspace.store.assertConsistent(workspace.said, HUB_LIMIT);
          expect(workspace.store.groups()).toEqual(workspace.oracle(HUB_LIMIT));
          if (trims) workspace.graph.trim(3);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

/** A company's traffic: people with their own ids, who share devices and addresses. */
const trafficArbitrary = fc.array(
  fc
    .record({
      user: fc.integer({ min: 1, max: 25 }),
      hasUser: fc.boolean(),
      anonymous: fc.integer({ min: 1, max: 40 }),
      device: fc.option(fc.integer({ min: 1, max: 8 })),
      email: fc.option(fc.integer({ min: 1, max: 10 })),
      atMs: fc.integer({ min: 1, max: 100_000 }),
    })
    .map(
      ({ user, hasUser, anonymous, device, email, atMs }): Said => ({
        identifiers: [
          ...(hasUser ? [`user_id:u${user}`] : []),
          `anonymous_id:a${anonymous}`,
          ...(device ? [`device_id:d${device}`] : []),
          ...(email ? [`email:e${email}@example.com`] : []),
        ],
        atMs,
      }),
    ),
  { minLength: 50, maxLength: 200 },
);

/** The defaults, with limits that traffic of this size meets. */
const TIGHT_DEFAULTS = new IdentityRules(
  DEFAULT_IDENTITY_RULES.list.map((rule) => ({ ...rule, limitPerProfile: Math.min(rule.limitPerProfile, 3) })),
);

describe('a company that shares devices and addresses', () => {
  it('gets the same profiles and links in any order and any batches, and after everything was forgotten', async () => {
    await fc.assert(
      fc.asyncProperty(
        trafficArbitrary,
        fc.infiniteStream(fc.integer({ min: 1, max: 60 })),
        fc.infiniteStream(fc.nat()),
        async (traffic, sizes, keys) => {
          const messages = traffic.map((said, index) => ({ ...said, interactionId: anId(index + 1) }));
          const keyed = messages.map((said) => ({ said, key: keys.next().value as number }));
          const shuffled = keyed.sort((left, right) => left.key - right.key).map(({ said }) => said);
          const inOrder = new Workspace(TIGHT_DEFAULTS, { hubLimit: 6 });
          await inOrder.hear(...messages);
          const other = new Workspace(TIGHT_DEFAULTS, { hubLimit: 6, lags: true });
          for (let at = 0; at < shuffled.length; ) {
            const size = sizes.next().value as number;
            await other.hear(...shuffled.slice(at, at + size));
            at += size;
            if (size % 5 === 0) other.graph.trim(20);
          }
          other.store.assertConsistent(other.said, 6);
          expect(other.store.groups()).toEqual(inOrder.oracle(6));
          expect(inOrder.store.groups()).toEqual(other.store.groups());
          expect(linksIn(other)).toEqual(linksIn(inOrder));
          expect(ownersIn(other)).toEqual(ownersIn(inOrder));
        },
      ),
      { numRuns: Math.ceil(RUNS / 20) },
    );
  });

  it('gets the same profiles and links when messages are seen twice', async () => {
    await fc.assert(
      fc.asyncProperty(trafficArbitrary, async (traffic) => {
        const workspace = new Workspace(TIGHT_DEFAULTS, { hubLimit: 6 });
        await workspace.hear(...traffic);
        const before = { groups: workspace.store.groups(), links: linksIn(workspace), profiles: workspace.store.profiles };
        const changes = await workspace.hear(...traffic);
        expect({ groups: workspace.store.groups(), links: linksIn(workspace), profiles: workspace.store.profiles }).toEqual(before);
        expect([changes.links, changes.profiles, changes.merges]).toEqual([[], [], []]);
      }),
      { numRuns: Math.ceil(RUNS / 20) },
    );
  });
});

function linksIn(workspace: Workspace) {
  return [...workspace.store.links].sort((left, right) =>
    left.lowId === right.lowId ? compare(left.highId, right.highId) : compare(left.lowId, right.lowId),
  );
}

/** What each identifier owns. */
function ownersIn(workspace: Workspace) {
  return workspace.store.identifiers
    .map(({ type, value, interactions, strongerLinks }) => `${type}:${value} ${interactions} ${strongerLinks}`)
    .sort();
}

function compare(left: bigint, right: bigint): number {
  return left < right ? -1 : Number(left > right);
}
