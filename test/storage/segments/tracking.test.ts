import fc from 'fast-check';
import { parseJsonExactly } from '../../../src/intake/parseJson';
import { isJsonObject, type Json, type JsonObject } from '../../../src/kernel/json';
import { INTERACTION_KINDS } from '../../../src/kernel/vocabulary';
import { matchesEvent } from '../../../src/segments/matchesEvent';
import type { TrackedEvent } from '../../../src/segments/trackedEvent';
import { trackedEventKey } from '../../../src/segments/trackedEventKey';
import { valueAt } from '../../../src/segments/valueAt';
import { backfillTrackedEvent } from '../../../src/storage/segments/backfillTrackedEvent';
import { accounts, event, profile } from './arbitraries';
import { SegmentWorld } from './segmentWorld';

let world: SegmentWorld;
beforeAll(async () => {
  world = await SegmentWorld.create();
});
afterAll(() => world.close());

interface Stored {
  readonly interaction_id: string;
  readonly kind: number;
  readonly name: string;
  readonly properties: string | null;
}

const tracked: fc.Arbitrary<TrackedEvent> = fc.record({
  spec: event,
  property: fc.constantFrom(null, ['total'], ['total', 'net'], ['tags']),
});

it('notes those stored interactions that match, each with the value that memory would note', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(profile, { minLength: 20, maxLength: 20 }),
      accounts,
      fc.uniqueArray(tracked, { minLength: 8, maxLength: 8, selector: trackedEventKey }),
      async (told, accountTraits, events) => {
        await world.clear();
        await world.write(told, accountTraits);
        const { rows } = await world.database.owner.query<Stored>(
          'select interaction_id, kind, name, properties::text as properties from interaction',
        );
        for (const one of events) {
          expect(await noted(await world.track(one))).toEqual(meant(one, rows));
        }
      },
    ),
    { numRuns: 5, endOnFailure: true },
  ));

it('leaves what is noted already, and keeps to its workspace', async () => {
  await world.clear();
  const [one] = fc.sample(
    profile.filter(({ identifiers }) => identifiers.some(({ events }) => events.length > 0)),
    1,
  );
  await world.write([one!]);
  await world.write([one!], [], 2);
  const all: TrackedEvent = { spec: { kind: null, name: 'Home', where: [] }, property: null };
  const both: TrackedEvent = { spec: { kind: null, name: 'Order Completed', where: [] }, property: null };
  const id = await world.track(all);
  await world.track(both);
  const count = async () => (await world.database.owner.query<{ count: string }>('select count(*) from event_match')).rows[0]?.count;
  const before = await count();
  await world.inside((client) => backfillTrackedEvent(client, 1, id, all));
  expect(await count()).toBe(before);
  const { rows } = await world.database.owner.query<{ count: string }>('select count(*) from interaction where workspace_id = 1');
  expect(before).toBe(rows[0]?.count);
});

async function noted(id: number): Promise<Record<string, Json>> {
  const { rows } = await world.database.owner.query<{ interaction_id: string; value: string | null }>(
    'select interaction_id, value::text as value from event_match where tracked_event_id = $1',
    [id],
  );
  return Object.fromEntries(rows.map(({ interaction_id, value }) => [interaction_id, value === null ? null : JSON.parse(value)]));
}

function meant({ spec, property }: TrackedEvent, rows: readonly Stored[]): Record<string, Json> {
  const matching = rows.filter((row) => {
    return matchesEvent(spec, { kind: INTERACTION_KINDS[row.kind] as string, name: row.name, properties: propertiesOf(row) });
  });
  return Object.fromEntries(
    matching.map((row) => [row.interaction_id, property === null ? null : (valueAt(propertiesOf(row), property) ?? null)]),
  );
}

function propertiesOf({ properties }: Stored): JsonObject {
  const parsed = properties === null ? {} : (parseJsonExactly(properties) as Json);
  return isJsonObject(parsed) ? parsed : {};
}
