import { LaneDecisionDesk } from '../../../src/app/decisions/decisionDesk';
import { newUuidV7 } from '../../../src/kernel/uuid';
import { noted, takeNotes } from '../processing/asking';
import { aTrack, createWorld, RECEIVED_AT_MS, type World } from '../processing/world';

let world: World;
let desk: LaneDecisionDesk;
let messages = 0;
beforeEach(async () => {
  world = await createWorld();
  desk = new LaneDecisionDesk({ pool: world.pool, clock: () => RECEIVED_AT_MS, newId: () => newUuidV7(Date.now()) });
  await hear('ada', 'bob', 'cyd');
});
afterEach(() => world.close());

async function hear(...anonymousIds: string[]): Promise<void> {
  await world.send(anonymousIds.map((anonymousId) => aTrack({ messageId: `m${messages++}`, anonymousId })));
  await world.drain(world.newLane());
  await takeNotes(world);
}

const author = () => ({ actor: 'a test', auditId: newUuidV7(Date.now()), atMs: RECEIVED_AT_MS });
const merge = (...profileIds: string[]) => desk.mergeProfiles(1, { profileIds, survivorId: profileIds[0] ?? null, reason: null }, author());
async function idOf(anonymousId: string): Promise<string> {
  const [row] = await world.query<{ profile_id: string }>('select profile_id from identifier where value = $1', [anonymousId]);
  if (!row) throw new Error(`There is no ${anonymousId}.`);
  return row.profile_id;
}

it('of a merge is due who survives and who does not, and the merge is told', async () => {
  const [ada, bob] = [await idOf('ada'), await idOf('bob')];
  const { mergeIds } = await merge(ada, bob);
  expect(await takeNotes(world)).toEqual([
    {
      profileIds: [ada],
      dueIds: [ada, bob].sort(),
      doerIds: [],
      events: [{ type: 'profile.merged', profileId: ada, data: { mergeId: mergeIds[0], absorbedId: bob, rule: 'person' } }],
    },
  ]);
});

it('of an undone merge are due both that there are again, and it is told by its name, who was absorbed since then notwithstanding', async () => {
  const [ada, bob, cyd] = [await idOf('ada'), await idOf('bob'), await idOf('cyd')];
  const { mergeIds } = await merge(ada, bob);
  await merge(cyd, ada);
  await takeNotes(world);
  await desk.undoMerge(1, mergeIds[0] as string, author());
  const { dueIds, events } = await noted(world);
  expect(dueIds).toEqual([bob, cyd].sort());
  expect(events).toEqual([{ type: 'profile.split', profileId: cyd, data: { separatedId: bob, mergeId: mergeIds[0] } }]);
  expect(await idOf('bob')).toBe(bob);
});

it('of a split are due who remains and who is separated, and it is told', async () => {
  const [ada, bob] = [await idOf('ada'), await idOf('bob')];
  await merge(ada, bob);
  await takeNotes(world);
  const { remainingId, separatedId } = await desk.splitProfile(
    1,
    { profileId: ada, identifiers: [{ type: 'anonymous_id', value: 'bob' }] },
    author(),
  );
  const { profileIds, dueIds, events } = await noted(world);
  expect(profileIds).toEqual([remainingId, separatedId].sort());
  expect(dueIds).toEqual([remainingId, separatedId].sort());
  expect(events).toEqual([{ type: 'profile.split', profileId: remainingId, data: { separatedId } }]);
});

it('that is refused notes nothing', async () => {
  const ada = await idOf('ada');
  await expect(desk.splitProfile(1, { profileId: ada, identifiers: [{ type: 'anonymous_id', value: 'ada' }] }, author())).rejects.toThrow();
  expect(await takeNotes(world)).toEqual([]);
});
