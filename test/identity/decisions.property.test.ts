import fc from 'fast-check';
import { mergeProfiles } from '../../src/identity/decideMerge';
import { partProfiles, splitProfile } from '../../src/identity/decideSplit';
import { undoMerge } from '../../src/identity/decideUndo';
import type { DecisionChanges } from '../../src/identity/decisionStore';
import type { MergeRecord } from '../../src/identity/identityStore';
import { Refusal } from '../../src/kernel/refusals';
import { batchArbitrary, HUB_LIMIT, rulesArbitrary } from './arbitraries';
import type { Workspace as Built, Said } from './builders';
import { Workspace } from './builders';

jest.setTimeout(240_000);

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 400);

type Deed =
  | { readonly do: 'hear'; readonly batch: readonly Said[] }
  | { readonly do: 'merge'; readonly places: readonly number[]; readonly wished: number | null; readonly rule: 'person' | 'match' }
  | { readonly do: 'undo'; readonly place: number }
  | { readonly do: 'split'; readonly place: number; readonly chosen: readonly boolean[] }
  | { readonly do: 'part'; readonly places: readonly [number, number] };

const place = fc.nat({ max: 1_000 });
const deedArbitrary: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: batchArbitrary.map((batch): Deed => ({ do: 'hear', batch })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.array(place, { minLength: 2, maxLength: 3 }), fc.option(fc.nat({ max: 1 })), fc.constantFrom('person', 'match'))
      .map(([places, wished, rule]): Deed => ({ do: 'merge', places, wished, rule })),
  },
  { weight: 3, arbitrary: place.map((at): Deed => ({ do: 'undo', place: at })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(place, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }))
      .map(([at, chosen]): Deed => ({ do: 'split', place: at, chosen })),
  },
  { weight: 1, arbitrary: fc.tuple(place, place).map((places): Deed => ({ do: 'part', places })) },
);

/** Carries a deed out; null where it was refused, or there was nothing to do it to. Nothing but a refusal may go wrong. */
async function carryOut(deed: Deed, workspace: Built): Promise<DecisionChanges | null> {
  try {
    return await attempt(deed, workspace);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

async function attempt(deed: Deed, workspace: Built): Promise<DecisionChanges | null> {
  const { store } = workspace;
  const ids = store.profiles.map(({ profileId }) => profileId).sort();
  const pick = (at: number) => ids[at % ids.length] as string;
  if (deed.do !== 'hear' && ids.length === 0) return null;
  switch (deed.do) {
    case 'hear':
      await workspace.hear(...deed.batch);
      return null;
    case 'merge': {
      const profileIds = deed.places.map(pick);
      const survivorId = deed.wished === null ? null : (profileIds[deed.wished] ?? null);
      return workspace.decide((deciding) => mergeProfiles(deciding, { profileIds, survivorId, rule: deed.rule, probability: null }));
    }
    case 'undo': {
      const merge = store.mergeRows[deed.place % Math.max(store.mergeRows.length, 1)];
      return merge ? workspace.decide((deciding) => undoMerge(deciding, merge.mergeId)) : null;
    }
    case 'split': {
      const profileId = store.answers().get(pick(deed.place)) as string;
      const members = store.identifiers.filter((identifier) => identifier.profileId === profileId);
      const identifiers = members.filter((_, index) => deed.chosen[index % deed.chosen.length]);
      return workspace.decide((deciding) => splitProfile(deciding, { profileId, identifiers }));
    }
    case 'part':
      return workspace.decide((deciding) => partProfiles(deciding, [pick(deed.places[0]), pick(deed.places[1])]));
  }
}

interface Seen {
  /** By identifier, the profile that it is on. */
  readonly holders: Readonly<Record<string, string>>;
  /** By retired id, who answers for it. */
  readonly answers: Readonly<Record<string, string>>;
}

/** Everything of profiles that anybody can see: who holds what, and which id answers whom. Ids that came since `earlier` are left out: they never die. */
function seen({ store }: Built, earlier?: Seen): Seen {
  const holders = Object.fromEntries(store.identifiers.map(({ type, value, profileId }) => [`${type}:${value}`, profileId]));
  const isKnown = (id: string) => earlier === undefined || id in earlier.answers;
  return { holders, answers: Object.fromEntries([...store.answers()].filter(([id, living]) => id !== living && isKnown(id))) };
}

/** Whether nothing was moved but the identifiers of the profile that was absorbed. */
function movesNobodyElse({ holders }: Seen, now: Seen, { absorbedId, survivorId }: MergeRecord): boolean {
  const moved = Object.keys(holders).filter((identifier) => holders[identifier] !== now.holders[identifier]);
  return moved.every((identifier) => holders[identifier] === absorbedId && now.holders[identifier] === survivorId);
}

function assertWhole(workspace: Built): void {
  workspace.store.assertConsistent(workspace.said, HUB_LIMIT);
  expect(workspace.store.groups()).toEqual(workspace.oracle(HUB_LIMIT));
}

describe('people who decide', () => {
  it.each([
    { lags: false, trims: false },
    { lags: true, trims: true },
  ])('get what the rule makes of all links and decisions, in any order ($lags, $trims)', async ({ lags, trims }) => {
    await fc.assert(
      fc.asyncProperty(rulesArbitrary, fc.array(deedArbitrary, { minLength: 3, maxLength: 18 }), async (rules, deeds) => {
        const workspace = new Workspace(rules, { lags, hubLimit: HUB_LIMIT });
        for (const deed of deeds) {
          await carryOut(deed, workspace);
          assertWhole(workspace);
          if (trims) workspace.graph.trim(3);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('have every merge and its undoing as inverses, on every profile, whatever it drew in', async () => {
    await fc.assert(
      fc.asyncProperty(
        rulesArbitrary,
        fc.array(deedArbitrary, { minLength: 2, maxLength: 12 }),
        place,
        place,
        async (rules, deeds, one, other) => {
          const workspace = new Workspace(rules, { hubLimit: HUB_LIMIT });
          for (const deed of deeds) await carryOut(deed, workspace);
          const before = seen(workspace);
          const merged = await carryOut({ do: 'merge', places: [one, other], wished: null, rule: 'person' }, workspace);
          fc.pre(merged !== null);
          const [join] = merged.joins;
          const isOwn = ({ evidence }: MergeRecord) => evidence.lowId === join?.lowId && evidence.highId === join.highId;
          const [own, ...more] = merged.identity.merges.filter(isOwn);
          expect(more).toEqual([]);
          const isPlain = movesNobodyElse(before, seen(workspace), own!);
          await workspace.decide((deciding) => undoMerge(deciding, own!.mergeId));
          const after = seen(workspace, before);
          expect(after.holders).toEqual(before.holders);
          // Where limits moved others to and fro, a retired id may answer another of them (docs/decisions/people-decide.md).
          if (isPlain) expect(after.answers).toEqual(before.answers);
          for (const { mergeId } of merged.identity.merges) {
            await expect(workspace.decide((deciding) => undoMerge(deciding, mergeId))).rejects.toMatchObject({ code: 'MERGE_UNDONE' });
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('find what a merge joined on two profiles once it is undone, whatever came since', async () => {
    await fc.assert(
      fc.asyncProperty(rulesArbitrary, fc.array(deedArbitrary, { minLength: 4, maxLength: 18 }), place, async (rules, deeds, at) => {
        const workspace = new Workspace(rules, { hubLimit: HUB_LIMIT });
        for (const deed of deeds) await carryOut(deed, workspace);
        const merges = workspace.store.mergeRows.filter(({ undoneAtMs }) => undoneAtMs === null);
        fc.pre(merges.length > 0);
        const { mergeId, evidence } = merges[at % merges.length]!;
        await workspace.decide((deciding) => undoMerge(deciding, mergeId));
        const profileOf = (id: bigint) => workspace.store.identifiers.find(({ identifierId }) => identifierId === id)?.profileId;
        expect(profileOf(evidence.lowId)).not.toBe(profileOf(evidence.highId));
        await expect(workspace.decide((deciding) => undoMerge(deciding, mergeId))).rejects.toMatchObject({ code: 'MERGE_UNDONE' });
      }),
      { numRuns: RUNS },
    );
  });
});
