import { randomUUID } from 'node:crypto';
import type { Json } from '../../../src/kernel/json';
import { parseComputedTrait } from '../../../src/segments/parseComputedTrait';
import { parseDefinition } from '../../../src/segments/parseDefinition';
import { trackedEventKey } from '../../../src/segments/trackedEventKey';
import { trackedEventsOf } from '../../../src/segments/trackedEventsOf';
import { takeLane } from '../../../src/storage/statements/lockLane';
import { inWorkspace } from '../../../src/storage/workspaceTransaction';
import type { World } from './world';

/** What is asked, by key: definitions as JSON. */
export interface Asked {
  readonly segments?: Readonly<Record<string, Json>>;
  readonly computedTraits?: Readonly<Record<string, Json>>;
}

/** Stores segments and computed traits and has tracked what they ask about, as the desk does it: holding the lane. */
export async function ask(world: World, { segments = {}, computedTraits = {} }: Asked, beforeCommit?: () => Promise<void>): Promise<void> {
  await inWorkspace(world.pool, 1, 'changes', async (client) => {
    await takeLane(client, 1, Date.now());
    const definitions = Object.values(segments).map(parseDefinition);
    const traits = Object.entries(computedTraits).map(([key, json]) => ({ key, name: key, definition: parseComputedTrait(json) }));
    for (const tracked of trackedEventsOf(definitions, traits)) {
      await client.query(
        `insert into tracked_event (workspace_id, tracked_event_id, event_key, spec, is_ready)
         values (1, (select coalesce(max(tracked_event_id), 0) + 1 from tracked_event), $1, $2, false) on conflict (workspace_id, event_key) do nothing`,
        [trackedEventKey(tracked), JSON.stringify(tracked)],
      );
    }
    for (const [key, definition] of Object.entries(segments)) {
      await client.query(
        `insert into segment (workspace_id, segment_id, key, name, definition, status, size, created_at, updated_at)
         values (1, $1, $2, $2, $3, 'LIVE', 0, now(), now())`,
        [randomUUID(), key, JSON.stringify(definition)],
      );
    }
    for (const [key, definition] of Object.entries(computedTraits)) {
      await client.query(
        `insert into computed_trait (workspace_id, key, name, definition, tracked_event_id, created_at) values (1, $1, $1, $2, 0, now())`,
        [key, JSON.stringify(definition)],
      );
    }
    await beforeCommit?.();
  });
}

export interface Noted {
  readonly profileIds: string[];
  readonly dueIds: string[];
  /** Those of them who are due only if they heed what they did. */
  readonly doerIds: string[];
  readonly events: { readonly type: string; readonly profileId: string; readonly data: Record<string, unknown> }[];
}

/** All notes so far, in order, which are gone then. */
export async function takeNotes(world: World): Promise<Noted[]> {
  type Row = { profile_ids: string[]; due_ids: string[]; doer_ids: string[]; events: Noted['events'] | null };
  const rows = await world.query<Row>(
    `with gone as (delete from change_note returning note_id, profile_ids, due_ids, coalesce(doer_ids, '{}') as doer_ids, events)
     select * from gone order by note_id`,
  );
  return rows.map((row) => ({
    profileIds: row.profile_ids.sort(),
    dueIds: row.due_ids.sort(),
    doerIds: row.doer_ids,
    events: row.events ?? [],
  }));
}

/** All notes so far as one. */
export async function noted(world: World): Promise<Noted> {
  const notes = await takeNotes(world);
  const all = (of: (note: Noted) => string[]) => [...new Set(notes.flatMap(of))].sort();
  return {
    profileIds: all((note) => note.profileIds),
    dueIds: all((note) => note.dueIds),
    doerIds: notes.flatMap((note) => note.doerIds),
    events: notes.flatMap((note) => note.events),
  };
}

/** The profiles of these user ids, as they stand now, in the order of their ids. */
export async function profilesOf(world: World, ...userIds: string[]): Promise<string[]> {
  const rows = await world.query<{ profile_id: string }>(
    `select distinct profile_id from identifier where type = 'user_id' and value = any ($1) order by 1`,
    [userIds],
  );
  return rows.map((row) => row.profile_id);
}
