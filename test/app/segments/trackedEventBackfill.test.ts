import { backfillNext } from '../../../src/app/segments/trackedEventBackfill';
import { takeTrackedEventBackfill } from '../../../src/storage/statements/settleTrackedEvent';
import { inWorkspace } from '../../../src/storage/workspaceTransaction';
import { ask } from '../processing/asking';
import { aTrack, createWorld, type World } from '../processing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.send(['Visited', 'Ordered', 'Visited', 'Left'].map((event, n) => aTrack({ messageId: `m${n}`, userId: 'ada', event })));
  await world.drain(world.newLane());
});
afterEach(() => world.close());

const visits = { visited: { event: { name: 'Visited' } } };
const orders = { ordered: { event: { name: 'Ordered' } } };
const matched = () =>
  world.query<{ tracked_event_id: number; n: number }>(
    'select tracked_event_id, count(*)::int as n from event_match group by 1 order by 1',
  );
const ready = async () =>
  (await world.query<{ is_ready: boolean }>('select is_ready from tracked_event order by tracked_event_id')).map((row) => row.is_ready);
const onSettling = (what: string) =>
  world.query(`
    create function on_settling() returns trigger language plpgsql as $$ begin ${what} end $$;
    create trigger on_settling before update on tracked_event for each row execute function on_settling()`);

describe('what came before somebody asked', () => {
  it('is noted for one tracked event after the other, and says when none is left', async () => {
    await ask(world, { segments: { ...visits, ...orders } });
    expect(await backfillNext(world.pool, 1)).toBe(false);
    expect(await ready()).toEqual([true, false]);
    expect(await backfillNext(world.pool, 1)).toBe(true);
    expect(await ready()).toEqual([true, true]);
    expect(await matched()).toEqual([
      { tracked_event_id: 1, n: 2 },
      { tracked_event_id: 2, n: 1 },
    ]);
    expect(await backfillNext(world.pool, 1)).toBe(true);
  });

  it('is done again where the worker died over it, and then is there once', async () => {
    await ask(world, { segments: visits });
    await onSettling('perform pg_terminate_backend(pg_backend_pid()); return new;');
    await expect(backfillNext(world.pool, 1)).rejects.toThrow();
    expect(await matched()).toEqual([]);
    await world.query('drop trigger on_settling on tracked_event');
    expect(await backfillNext(world.pool, 1)).toBe(true);
    expect(await matched()).toEqual([{ tracked_event_id: 1, n: 2 }]);
  });

  it('leaves what batches noted already as it is', async () => {
    await ask(world, { segments: visits });
    await world.send([aTrack({ messageId: 'later', userId: 'ada', event: 'Visited' })]);
    await world.drain(world.newLane());
    expect(await matched()).toEqual([{ tracked_event_id: 1, n: 1 }]);
    await backfillNext(world.pool, 1);
    expect(await matched()).toEqual([{ tracked_event_id: 1, n: 3 }]);
  });

  it('is left to whoever is at it', async () => {
    await ask(world, { segments: visits });
    await inWorkspace(world.pool, 1, 'changes', async (client) => {
      expect(await takeTrackedEventBackfill(client, 1)).toBe(true);
      expect(await backfillNext(world.pool, 1)).toBe(true);
    });
    expect(await ready()).toEqual([false]);
  });

  it('is not there where nobody asks any more by the time that it is noted', async () => {
    await ask(world, { segments: visits });
    await onSettling('return null;');
    expect(await backfillNext(world.pool, 1)).toBe(false);
    expect(await matched()).toEqual([]);
  });
});
