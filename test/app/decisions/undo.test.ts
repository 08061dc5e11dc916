import { aMessage, anIdentify, DecisionWorld, email, withoutIds } from './decisionWorld';

jest.setTimeout(60_000);

let at: DecisionWorld;
beforeEach(async () => {
  at = await DecisionWorld.start();
});
afterEach(() => at.stop());

/** Two customers with pasts, one of whom was two before. */
function twoCustomers(): object[] {
  return [
    anIdentify(1, 'ada', { email: 'ada@example.com', name: 'Ada Lovelace', plan: 'pro', phone: '+12025550143' }),
    aMessage(2, { anonymousId: 'laptop', event: 'Product Viewed' }),
    aMessage(3, { userId: 'ada', anonymousId: 'laptop' }),
    aMessage(4, { type: 'group', userId: 'ada', groupId: 'engines', traits: { name: 'Analytical Engines' } }),
    ...[5, 6, 7, 8].map((minute) => aMessage(minute, { userId: 'ada', event: `Ada ${minute}` })),
    aMessage(9, { anonymousId: 'tablet' }),
    aMessage(10, {
      type: 'identify',
      anonymousId: 'tablet',
      traits: { email: 'a.lovelace@work.example', plan: 'free', name: 'A. Lovelace' },
    }),
    ...[11, 12].map((minute) => aMessage(minute, { anonymousId: 'tablet', event: `Tablet ${minute}` })),
  ];
}

const ada = () => at.idOf('user_id', 'ada');
const tablet = () => at.idOf('anonymous_id', 'tablet');

describe('a merge and its undoing', () => {
  it('leave every field, every page of the timeline, every id and everything that is found as it was, byte by byte', async () => {
    await at.hear(...twoCustomers());
    const before = await at.dump();
    const { survivorId, mergeIds } = await at.merge([await ada(), await tablet()]);
    expect(await tablet()).toBe(survivorId);
    expect(await at.dump()).not.toBe(before);
    await at.undo(mergeIds[0]!);
    expect(await at.dump()).toBe(before);
  });

  it('leave what stands when the smaller and younger side was chosen to go on', async () => {
    await at.hear(...twoCustomers());
    const before = await at.dump();
    const survivorId = await tablet();
    const merged = await at.merge([await ada(), survivorId], { survivorId });
    expect(merged.survivorId).toBe(survivorId);
    expect(await ada()).toBe(survivorId);
    await at.undo(merged.mergeIds[0]!);
    expect(await at.dump()).toBe(before);
  });

  it('leave what the messages alone would have made, where some came between them', async () => {
    const between = [
      aMessage(20, { userId: 'ada', event: 'Between' }),
      aMessage(21, { anonymousId: 'tablet', event: 'Between, too' }),
      anIdentify(22, 'ada', { plan: 'enterprise', nickname: 'Countess' }),
      aMessage(23, { userId: 'grace', ...email('grace@example.com') }),
      aMessage(24, { userId: 'ada', anonymousId: 'new phone' }),
    ];
    const said = twoCustomers();
    await at.hear(...said);
    const { mergeIds } = await at.merge([await ada(), await tablet()]);
    await at.hear(...between);
    await at.undo(mergeIds[0]!);
    const undecided = await DecisionWorld.start();
    await undecided.hear(...said);
    await undecided.hear(...between);
    expect(withoutIds(await at.dump())).toBe(withoutIds(await undecided.dump()));
    await undecided.stop();
  });

  it('are inverses once more, and each merge can be undone once', async () => {
    await at.hear(...twoCustomers());
    const before = await at.dump();
    for (let round = 0; round < 3; round++) {
      const { mergeIds } = await at.merge([await ada(), await tablet()]);
      await at.undo(mergeIds[0]!);
      expect(await at.dump()).toBe(before);
      const again = await at.ask('mutation ($i: UndoMergeInput!) { undoMerge(input: $i) { profiles { id } } }', {
        i: { mergeId: mergeIds[0] },
      });
      expect(again.codes).toEqual(['MERGE_UNDONE']);
    }
    const { profile } = await at.do('query ($id: ID!) { profile(id: $id) { merges { rule actor undoneAt absorbedId } } }', {
      id: await ada(),
    });
    const byPeople = profile.merges.filter((merge: { rule: string }) => merge.rule === 'person');
    expect(byPeople).toHaveLength(3);
    for (const merge of byPeople)
      expect(merge).toEqual({ rule: 'person', actor: 'Ada of support', undoneAt: expect.any(String), absorbedId: await tablet() });
  });

  it('can be in another order: the last one stands', async () => {
    await at.hear(
      ...twoCustomers(),
      aMessage(30, { userId: 'grace', ...email('grace@example.com') }),
      aMessage(31, { anonymousId: 'kiosk' }),
    );
    const grace = await at.idOf('user_id', 'grace');
    const kiosk = await at.idOf('anonymous_id', 'kiosk');
    const before = await at.dump();
    const first = await at.merge([await tablet(), kiosk]);
    const second = await at.merge([first.survivorId, await ada()]);
    expect(await at.idOf('anonymous_id', 'kiosk')).toBe(await ada());
    expect((await at.undo(first.mergeIds[0]!)).sort()).toEqual([await ada(), kiosk].sort());
    expect(await at.idOf('anonymous_id', 'kiosk')).toBe(kiosk);
    expect(await tablet()).toBe(await ada());
    await at.undo(second.mergeIds[0]!);
    expect(await at.dump()).toBe(before);
    expect(await at.idOf('user_id', 'grace')).toBe(grace);
  });

  it('of several at once are one merge each', async () => {
    await at.hear(...twoCustomers(), aMessage(30, { userId: 'grace', anonymousId: 'grace phone' }), aMessage(31, { anonymousId: 'kiosk' }));
    await at.hear(aMessage(40, { anonymousId: 'grace phone', ...email('grace@example.com') }));
    const before = await at.dump();
    const { mergeIds } = await at.merge([await ada(), await tablet(), await at.idOf('anonymous_id', 'kiosk')]);
    expect(mergeIds).toHaveLength(2);
    for (const mergeId of mergeIds) await at.undo(mergeId);
    expect(await at.dump()).toBe(before);
  });
});

describe('a merge that messages brought about', () => {
  it('is undone for good: what came before and since stands where it belongs, and no later message joins them', async () => {
    await at.hear(...twoCustomers());
    const absorbed = await tablet();
    await at.hear(aMessage(15, { userId: 'ada', anonymousId: 'tablet' }));
    expect(await tablet()).toBe(await ada());
    await at.hear(
      aMessage(16, { userId: 'ada', anonymousId: 'new phone' }),
      aMessage(17, { anonymousId: 'tablet', context: { device: { id: 'pad-1', type: 'ios' } } }),
    );
    await at.undo(await at.lastMergeOf(await ada()));
    expect(await tablet()).toBe(absorbed);
    expect(await at.idOf('anonymous_id', 'new phone')).toBe(await ada());
    expect(await at.idOf('device_id', 'pad-1')).toBe(absorbed);
    await at.hear(
      aMessage(18, { userId: 'ada', anonymousId: 'tablet' }),
      aMessage(19, { userId: 'ada', ...email('a.lovelace@work.example') }),
    );
    expect(await tablet()).toBe(absorbed);
    expect(await at.idOf('email', 'a.lovelace@work.example')).toBe(absorbed);
    expect(absorbed).not.toBe(await ada());
  });

  it('may be made again by a person, whose undoing brings the parting back', async () => {
    await at.hear(...twoCustomers());
    await at.hear(aMessage(15, { userId: 'ada', anonymousId: 'tablet' }));
    await at.undo(await at.lastMergeOf(await ada()));
    const parted = await at.dump();
    const { mergeIds } = await at.merge([await ada(), await tablet()]);
    expect(await tablet()).toBe(await ada());
    await at.undo(mergeIds[0]!);
    expect(await at.dump()).toBe(parted);
  });
});

describe('a split', () => {
  it('takes identifiers out with the interactions that came with them, and no later message brings them back', async () => {
    await at.hear(...twoCustomers());
    const before = await ada();
    const { remaining, separated } = await at.split(
      before,
      { type: 'anonymous_id', value: 'laptop' },
      { type: 'email', value: ' ADA@example.com' },
    );
    expect(remaining).toBe(before);
    expect(await at.idOf('anonymous_id', 'laptop')).toBe(separated);
    expect(await at.idOf('email', 'ada@example.com')).toBe(separated);
    const { profile } = await at.do('query ($id: ID!) { profile(id: $id) { timeline { nodes { name } } } }', { id: separated });
    expect(profile.timeline.nodes.map(({ name }: { name: string }) => name)).toEqual(['Product Viewed']);
    await at.hear(aMessage(50, { userId: 'ada', anonymousId: 'laptop', ...email('ada@example.com') }));
    expect(await at.idOf('anonymous_id', 'laptop')).toBe(separated);
    expect(await at.idOf('email', 'ada@example.com')).toBe(separated);
  });

  it('gives way to a person who merges both again, and comes back when that is undone', async () => {
    await at.hear(...twoCustomers());
    const { remaining, separated } = await at.split(await ada(), { type: 'anonymous_id', value: 'laptop' });
    const split = await at.dump();
    const { mergeIds } = await at.merge([remaining, separated]);
    expect(await at.idOf('anonymous_id', 'laptop')).toBe(remaining);
    await at.hear(aMessage(50, { userId: 'ada', anonymousId: 'laptop' }));
    await at.undo(mergeIds[0]!);
    expect(await at.idOf('anonymous_id', 'laptop')).toBe(separated);
    const { mergeIds: again } = await at.merge([remaining, separated]);
    await at.undo(again[0]!);
    expect(JSON.parse(split).answers).toEqual(JSON.parse(await at.dump()).answers);
  });

  it('of what held the rest together leaves the rest together', async () => {
    await at.hear(aMessage(1, { userId: 'ada', anonymousId: 'laptop' }), aMessage(2, { userId: 'ada', anonymousId: 'tablet' }));
    const { remaining, separated } = await at.split(await ada(), { type: 'user_id', value: 'ada' });
    expect(await at.idOf('anonymous_id', 'laptop')).toBe(remaining);
    expect(await tablet()).toBe(remaining);
    expect(await ada()).toBe(separated);
  });
});

describe('decisions', () => {
  it('give the same customers however the messages before and after them are batched, also where these are sent again', async () => {
    const visits = Array.from({ length: 120 }, (_, n) =>
      aMessage(n, {
        userId: `u${(n * 7) % 10}`,
        anonymousId: `a${(n * 3) % 16}`,
        ...(n % 3 === 0 ? email(`e${(n * 5) % 8}@example.com`) : {}),
      }),
    );
    const partitions: string[][][] = [];
    for (const batchMessages of [1, 7, 2000]) {
      const world = await DecisionWorld.start();
      await world.world.send(visits.slice(0, 60));
      await world.world.drain(world.world.newLane({ batchMessages }));
      await decideSomething(world);
      await world.world.send(visits);
      await world.world.drain(world.world.newLane({ batchMessages }));
      partitions.push(await world.world.partition());
      await world.stop();
    }
    expect(partitions[1]).toEqual(partitions[0]);
    expect(partitions[2]).toEqual(partitions[0]);
  });
});

async function decideSomething(world: DecisionWorld): Promise<void> {
  await world.split(await world.idOf('user_id', 'u1'), { type: 'user_id', value: 'u1' });
  const refused = await world.ask('mutation ($i: MergeProfilesInput!) { mergeProfiles(input: $i) { profile { id } } }', {
    i: { profileIds: [await world.idOf('user_id', 'u2'), await world.idOf('user_id', 'u3')] },
  });
  expect(refused.codes).toEqual(['MERGE_REFUSED']);
}

describe('a worker that remembers profiles', () => {
  it('sees what was decided between two of its batches', async () => {
    const lane = at.world.newLane();
    await at.world.send(twoCustomers());
    await at.world.drain(lane);
    const { survivorId, mergeIds } = await at.merge([await ada(), await tablet()]);
    await at.world.send([aMessage(30, { anonymousId: 'tablet', ...email('later@example.com') })]);
    await at.world.drain(lane);
    expect(await at.idOf('email', 'later@example.com')).toBe(survivorId);
    await at.undo(mergeIds[0]!);
    await at.world.send([aMessage(31, { anonymousId: 'tablet', context: { device: { id: 'pad-1', type: 'ios' } } })]);
    await at.world.drain(lane);
    expect(await at.idOf('device_id', 'pad-1')).toBe(await tablet());
    expect(await tablet()).not.toBe(survivorId);
  });

  it('decides its batch anew where somebody decided while it was at work', async () => {
    const visitors = Array.from({ length: 30 }, (_, n) => `visitor-${n}`);
    await at.hear(...visitors.map((anonymousId) => aMessage(1, { anonymousId })));
    const lane = at.world.newLane({ batchMessages: 5 });
    for (let round = 0; round < 20; round++) {
      await at.world.send(visitors.slice(0, 10).map((anonymousId, n) => aMessage(round + 2, { anonymousId, userId: `user-${n}` })));
    }
    const merging = (async () => {
      for (let n = 10; n < 30; n += 2) {
        await at.merge([await at.idOf('anonymous_id', `visitor-${n}`), await at.idOf('anonymous_id', `visitor-${n + 1}`)]);
      }
    })();
    await Promise.all([merging, at.world.drain(lane)]);
    const pairs = [
      ...visitors.slice(0, 10).map((visitor, n) => [`anonymous_id:${visitor}`, `user_id:user-${n}`]),
      ...Array.from({ length: 10 }, (_, n) => [`anonymous_id:visitor-${10 + 2 * n}`, `anonymous_id:visitor-${11 + 2 * n}`]),
    ];
    expect(new Set((await at.world.partition()).map((members) => members.join()))).toEqual(new Set(pairs.map((pair) => pair.join())));
    expect(await at.world.query('select count(*)::int as n from interaction')).toEqual([{ n: 230 }]);
  });
});
