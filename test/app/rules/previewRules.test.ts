import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { changeRules } from '../../../src/app/rules/changeRules';
import { previewRules } from '../../../src/app/rules/previewRules';
import { DEFAULT_IDENTITY_RULES, type IdentityRule, IdentityRules } from '../../../src/identity/rules';
import { aTrack, createWorld, type World } from '../processing/world';

// A database for each run.
jest.setTimeout(120_000);

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 300) / 15;

function preview(world: World, rules: IdentityRules, budgetMs?: number) {
  const options = { pool: world.database.app, clock: Date.now, newId: randomUUID, ...(budgetMs !== undefined && { budgetMs }) };
  return previewRules(options, 1, rules);
}

/** What is on each profile, living or not. */
async function holdings(world: World): Promise<Map<string, string[]>> {
  const rows = await world.query<{ profile_id: string; held: string[] }>(
    `select profile_id, array_remove(array_agg(i.identifier_id::text), null) as held from profile p left join identifier i using (workspace_id, profile_id)
     where p.merged_into is null group by profile_id`,
  );
  return new Map(rows.map(({ profile_id: id, held }) => [id, held]));
}

function everything(world: World): Promise<unknown[]> {
  const tables = ['profile', 'identifier', 'link', 'profile_merge', 'lane', 'rule_change', 'workspace'];
  return Promise.all(tables.map((table) => world.query(`select t::text as text from ${table} t order by 1`)));
}

const rulesArbitrary = fc
  .tuple(
    fc.shuffledSubarray(['user_id', 'email', 'device_id', '*'], { minLength: 4 }),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean()), { minLength: 4, maxLength: 4 }),
  )
  .map(
    ([types, settings]) =>
      new IdentityRules(
        types.map((type, index): IdentityRule => {
          const [limitPerProfile, isLatest] = settings[index]!;
          return { type, limitPerProfile, keep: isLatest ? 'LATEST' : 'EARLIEST', blockedPatterns: [] };
        }),
      ),
  );

const visitsArbitrary = fc.array(
  fc.record({
    user: fc.option(fc.integer({ min: 1, max: 8 })),
    anonymous: fc.integer({ min: 1, max: 10 }),
    email: fc.option(fc.integer({ min: 1, max: 6 })),
    at: fc.integer({ min: 1, max: 50 }),
  }),
  { minLength: 5, maxLength: 40 },
);

it('tells how many profiles merge and part before they do, and changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(visitsArbitrary, rulesArbitrary, rulesArbitrary, async (visits, first, second) => {
      const world = await createWorld();
      try {
        await world.database.owner.query(`update workspace set settings = jsonb_build_object('identityRules', $1::jsonb)`, [
          JSON.stringify(first.toJson()),
        ]);
        await world.send(
          visits.map(({ user, anonymous, email, at }, n) =>
            aTrack({
              messageId: `m${n}`,
              at,
              anonymousId: `a${anonymous}`,
              ...(user && { userId: `u${user}` }),
              context: { traits: email ? { email: `e${email}@x.com` } : {} },
            }),
          ),
        );
        await world.drain(world.newLane());
        const [before, stored] = [await holdings(world), await everything(world)];
        const { profilesMerging, profilesParting } = await preview(world, second);
        expect(await everything(world)).toEqual(stored);
        await changeRules(world.database.app, 1, second, { actor: 'test', auditId: randomUUID(), atMs: Date.now() });
        await world.drain(world.newLane());
        const after = await holdings(world);
        const placeOf = new Map([...after].flatMap(([profileId, held]) => held.map((id) => [id, profileId] as const)));
        const parted = [...before.values()].filter((held) => new Set(held.map((id) => placeOf.get(id))).size > 1);
        const merged = [...before.keys()].filter((profileId) => !after.has(profileId));
        expect({ profilesMerging, profilesParting }).toEqual({ profilesMerging: merged.length, profilesParting: parted.length });
      } finally {
        await world.close();
      }
    }),
    { numRuns: Math.ceil(RUNS) },
  );
});

it('stops when its time is over, and says how many it has looked at', async () => {
  const world = await createWorld();
  await world.send([aTrack({ messageId: 'm1', userId: 'u1' })]);
  await world.drain(world.newLane());
  const rules = new IdentityRules([...DEFAULT_IDENTITY_RULES.list].reverse());
  expect(await preview(world, rules, 0)).toEqual({ profilesMerging: 0, profilesParting: 0, profilesExamined: 0 });
  expect(await preview(world, rules)).toEqual({ profilesMerging: 0, profilesParting: 0, profilesExamined: 1 });
  await world.close();
});

it('examines nobody where the rules are those in force', async () => {
  const world = await createWorld();
  expect(await preview(world, DEFAULT_IDENTITY_RULES)).toEqual({ profilesMerging: 0, profilesParting: 0, profilesExamined: 0 });
  await world.close();
});
