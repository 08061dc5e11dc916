import { aMessage, DecisionWorld } from './decisionWorld';

jest.setTimeout(180_000);

/** Limits that leave a customer as many devices as there are. */
const SETTINGS = {
  identityRules: [
    { type: 'user_id', limitPerProfile: 1, keep: 'EARLIEST' },
    { type: 'anonymous_id', limitPerProfile: 100_000, keep: 'LATEST' },
  ],
};

async function aGiant(devices: number): Promise<DecisionWorld> {
  const at = await DecisionWorld.start(SETTINGS);
  for (let from = 0; from < devices; from += 1_000) {
    const count = Math.min(1_000, devices - from);
    await at.world.send(Array.from({ length: count }, (_, n) => aMessage(n % 50, { userId: 'giant', anonymousId: `device-${from + n}` })));
  }
  await at.hear(aMessage(51, { anonymousId: 'kiosk' }), aMessage(52, { anonymousId: 'tablet' }));
  return at;
}

/** How many statements it takes to merge, undo, undo what messages merged, and split. */
async function statementsAt(devices: number): Promise<number[]> {
  const at = await aGiant(devices);
  const counted = async <Result>(work: () => Promise<Result>): Promise<[Result, number]> => {
    const before = at.statements;
    return [await work(), at.statements - before];
  };
  const giant = await at.idOf('user_id', 'giant');
  const kiosk = await at.idOf('anonymous_id', 'kiosk');
  const [{ mergeIds, survivorId }, merging] = await counted(() => at.merge([kiosk, giant]));
  expect(survivorId).toBe(giant);
  const [, undoing] = await counted(() => at.undo(mergeIds[0]!));
  expect(await at.idOf('anonymous_id', 'kiosk')).toBe(kiosk);
  await at.hear(aMessage(60, { userId: 'giant', anonymousId: 'tablet' }));
  const automatic = await at.lastMergeOf(giant);
  const [, parting] = await counted(() => at.undo(automatic));
  expect(await at.idOf('anonymous_id', 'tablet')).not.toBe(giant);
  const [{ separated }, splitting] = await counted(() => at.split(giant, { type: 'anonymous_id', value: 'device-1' }));
  expect(await at.idOf('anonymous_id', 'device-1')).toBe(separated);
  const [rest, withoutHead] = await counted(() => at.split(giant, { type: 'user_id', value: 'giant' }));
  expect(rest.remaining).toBe(giant);
  expect(await at.idOf('anonymous_id', 'device-3')).toBe(giant);
  const { profile } = await at.do('query ($id: ID!) { profile(id: $id) { identifiers { type } } }', { id: giant });
  expect(profile.identifiers).toHaveLength(devices - 1);
  await at.stop();
  return [merging, undoing, parting, splitting, withoutHead];
}

it('takes as many statements to decide about a giant as about a small customer', async () => {
  const small = await statementsAt(5);
  expect(Math.max(...small)).toBeLessThan(40);
  expect(await statementsAt(Number(process.env['GIANT_DEVICES'] ?? 3_000))).toEqual(small);
});

it('keeps a thousand merges into one profile apart: any of them can be undone', async () => {
  const at = await DecisionWorld.start(SETTINGS);
  await at.hear(
    aMessage(1, { userId: 'ada', anonymousId: 'laptop' }),
    ...Array.from({ length: 1_000 }, (_, n) => aMessage(2, { anonymousId: `device-${n}` })),
  );
  const ada = await at.idOf('user_id', 'ada');
  const rows = await at.world.query<{ id: string; value: string }>(
    `select 'prf_' || replace(profile_id::text, '-', '') as id, value from identifier where value like 'device-%' order by value`,
  );
  const mergeIds: string[] = [];
  const ids = rows.map(({ id }) => id);
  while (ids.length > 0) mergeIds.push(...(await at.merge([ada, ...ids.splice(0, 50)])).mergeIds);
  expect(mergeIds).toHaveLength(1_000);
  const middle = rows[500]!;
  const [{ id: mergeId }] = (await at.world.query<{ id: string }>(
    `select 'mrg_' || replace(merge_id::text, '-', '') as id from profile_merge where 'prf_' || replace(absorbed_id::text, '-', '') = $1`,
    [middle.id],
  )) as [{ id: string }];
  await at.undo(mergeId);
  expect(await at.idOf('anonymous_id', middle.value)).toBe(middle.id);
  const { profile } = await at.do('query ($id: ID!) { profile(id: $id) { previousIds identifiers { type } } }', { id: ada });
  expect(profile.identifiers).toHaveLength(1_001);
  expect(new Set(profile.previousIds)).toEqual(new Set(rows.map(({ id }) => id).filter((id) => id !== middle.id)));
  await at.stop();
});

it('changes nothing at all where a statement of it is timed out half way, and is done when it is asked for again', async () => {
  const at = await DecisionWorld.start(SETTINGS, 2_000);
  await at.hear(aMessage(1, { userId: 'ada', anonymousId: 'laptop' }), aMessage(2, { userId: 'ada', anonymousId: 'tablet' }));
  const ada = await at.idOf('user_id', 'ada');
  const before = await at.dump();
  const blocker = await at.world.database.owner.connect();
  await blocker.query('begin; lock table identifier in share mode');
  const split = at.ask('mutation ($i: SplitProfileInput!) { splitProfile(input: $i) { separated { id } } }', {
    i: { profileId: ada, identifiers: [{ type: 'anonymous_id', value: 'tablet' }] },
  });
  expect((await split).codes).toEqual(['STATEMENT_TIMEOUT']);
  expect(await at.world.query('select from part_label')).toEqual([]);
  await blocker.query('rollback');
  blocker.release();
  expect(await at.dump()).toBe(before);
  const { separated } = await at.split(ada, { type: 'anonymous_id', value: 'tablet' });
  expect(await at.idOf('anonymous_id', 'tablet')).toBe(separated);
  await at.stop();
});
