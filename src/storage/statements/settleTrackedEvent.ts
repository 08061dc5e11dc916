import type { ClientBase } from 'pg';
import type { TrackedEvent } from '../../segments/trackedEvent';
import { type Statement, send } from './statement';

/**
 * Whether the transaction is the only one from here on that notes what came before somebody asked, in this workspace. An advisory lock: to have the rows
 * locked for as long as it takes would keep those waiting who drop a tracked event, and have the lane.
 */
const TAKE_BACKFILL: Statement = {
  name: 'take_tracked_event_backfill',
  text: 'select pg_try_advisory_xact_lock($1::int4, $2::int4) as is_taken',
};
/** Of advisory locks with two numbers, the first one of these. */
const BACKFILL_LOCKS = 1_801;

/** One row, none where all are ready. No locks. */
const NEXT_UNREADY: Statement = {
  name: 'next_unready_tracked_event',
  text: `
select t.tracked_event_id, t.event_key, t.spec
from tracked_event t
where t.workspace_id = $1 and not t.is_ready
order by t.tracked_event_id limit 1`,
};

/** One row, none where it was dropped meanwhile; numbers are given again, event keys stand for what they are of. */
const SETTLE: Statement = {
  name: 'settle_tracked_event',
  text: `
update tracked_event set is_ready = true
where tracked_event.workspace_id = $1 and tracked_event.tracked_event_id = $2 and tracked_event.event_key = $3
returning tracked_event.tracked_event_id`,
};

export interface UnreadyTrackedEvent {
  readonly trackedEventId: number;
  readonly eventKey: string;
  readonly tracked: TrackedEvent;
}

/** For the rest of the transaction; false where somebody else has it. */
export async function takeTrackedEventBackfill(client: ClientBase, workspaceId: number): Promise<boolean> {
  const [row] = await send<{ is_taken: boolean }>(client, TAKE_BACKFILL, [BACKFILL_LOCKS, workspaceId]);
  return row?.is_taken === true;
}

export async function nextUnreadyTrackedEvent(client: ClientBase, workspaceId: number): Promise<UnreadyTrackedEvent | null> {
  type Row = { tracked_event_id: number; event_key: string; spec: TrackedEvent };
  const [row] = await send<Row>(client, NEXT_UNREADY, [workspaceId]);
  return row ? { trackedEventId: row.tracked_event_id, eventKey: row.event_key, tracked: row.spec } : null;
}

/** Answers whether it is still there. */
export async function settleTrackedEvent(client: ClientBase, workspaceId: number, event: UnreadyTrackedEvent): Promise<boolean> {
  return (await send(client, SETTLE, [workspaceId, event.trackedEventId, event.eventKey])).length > 0;
}
