import fc from 'fast-check';
import { backfillNext } from '../../../src/app/segments/trackedEventBackfill';
import type { Json, JsonObject } from '../../../src/kernel/json';
import { INTERACTION_KINDS } from '../../../src/kernel/vocabulary';
import { matchesEvent } from '../../../src/segments/matchesEvent';
import type { TrackedEvent } from '../../../src/segments/trackedEvent';
import { valueAt } from '../../../src/segments/valueAt';
import { ask } from './asking';
import { aTrack, createWorld, RECEIVED_AT_MS, type World } from './world';

const NAMES = ['Order Completed', 'Product Viewed', 'Grüße 🙂', 'Odd'] as const;
const VALUES: readonly Json[] = [0, 12.5, 50, '50', 'pro', true, null, [50, 'pro'], { a: 1 }, '2026-05-01', ''];
const CONDITIONS: readonly JsonObject[] = [
  { op: 'gte', value: 50 },
  { op: 'eq', value: 'pro' },
  { op: 'neq', value: 50 },
  { op: 'in', value: [50, true] },
  { op: 'contains', value: 'pro' },
  { op: 'exists', value: false },
  { op: 'before', value: '2026-06-01' },
];

const value = fc.constantFrom(...VALUES);
const message = fc.record({
  userId: fc.constantFrom('u1', 'u2', 'u3'),
  anonymousId: fc.option(fc.constantFrom('a1', 'a2', 'a3'), { nil: undefined }),
  event: fc.constantFrom(...NAMES),
  at: fc.integer({ min: 0, max: 5_000 }),
  properties: fc.dictionary(fc.constantFrom('total', 'plan', 'deep', '__proto__x'), fc.oneof(value, fc.record({ in: value })), {
    maxKeys: 3,
  }),
});
const place = fc.constantFrom('total', 'plan', 'deep.in');
const where = fc.array(fc.record({ property: place, condition: fc.constantFrom(...CONDITIONS) }), { maxLength: 2 });
const event = fc
  .record({
    kind: fc.option(fc.constantFrom('ORDER_PLACED', 'PRODUCT_VIEWED', 'CUSTOM')),
    name: fc.option(fc.constantFrom(...NAMES)),
    where,
  })
  .filter(({ kind, name }) => kind !== null || name !== null)
  .map(
    ({ kind, name, where: conditions }): JsonObject => ({
      ...(kind !== null && { kind }),
      ...(name !== null && { name }),
      ...(conditions.length > 0 && { where: conditions.map(({ property, condition }) => ({ property, ...condition })) }),
    }),
  );
/** What happens in a workspace: messages, also repeated, somebody who begins to ask, and the noting of what came before. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('hear' as const),
      messages: fc.array(message, { minLength: 1, maxLength: 6 }),
      isAgain: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ask' as const), event, property: fc.option(place) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'backfill' as const }) },
);

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const stored = () =>
  world.query<{ tracked_event_id: number; interaction_id: string; value: Json }>(
    `select m.tracked_event_id, m.interaction_id, m.value
     from event_match m join interaction i using (workspace_id, interaction_id, identifier_id, occurred_at) order by 1, 2`,
  );

/** Told from the whole timeline by the definitions alone. */
async function expected() {
  const timeline = await world.query<{ interaction_id: string; kind: number; name: string; properties: JsonObject | null }>(
    'select interaction_id, kind, name, properties from interaction order by 1',
  );
  const tracked = await world.query<{ tracked_event_id: number; spec: TrackedEvent }>(
    'select tracked_event_id, spec from tracked_event order by 1',
  );
  return tracked.flatMap(({ tracked_event_id, spec: { spec, property } }) =>
    timeline.flatMap(({ interaction_id, kind, name, properties }) => {
      const facts = { kind: INTERACTION_KINDS[kind] as string, name, properties: properties ?? {} };
      if (!matchesEvent(spec, facts)) return [];
      return [{ tracked_event_id, interaction_id, value: property === null ? null : (valueAt(facts.properties, property) ?? null) }];
    }),
  );
}

it('are exactly what the definitions say of the timeline, whatever was asked when and however messages came', async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      await world.query(
        'truncate interaction, identifier, profile, link, event_match, tracked_event, segment, computed_trait, change_note, inbox',
      );
      await world.query('update lane set generation = generation + 1');
      const lane = world.newLane({ clock: () => RECEIVED_AT_MS, batchMessages: 4 });
      let last: object[] = [];
      for (const each of steps) {
        if (each.do === 'hear') {
          const fresh = each.messages.map((said) => aTrack({ messageId: `m${number++}`, ...said }));
          await world.send(each.isAgain ? [...last, ...fresh] : fresh);
          last = fresh;
          await world.drain(lane);
        } else if (each.do === 'backfill') {
          await backfillNext(world.pool, 1);
        } else {
          const key = `k${number++}`;
          if (each.property === null) await ask(world, { segments: { [key]: { event: each.event } } });
          else await ask(world, { computedTraits: { [key]: { aggregate: 'last', event: each.event, property: each.property } } });
        }
      }
      while (!(await backfillNext(world.pool, 1)));
      expect(await world.query('select from tracked_event where not is_ready')).toEqual([]);
      expect(await stored()).toEqual(await expected());
    }),
    { numRuns: 40 },
  );
}, 120_000);
