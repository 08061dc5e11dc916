import type { ClientBase } from 'pg';
import type { SegmentReading } from './segmentReading';

export interface SegmentPage {
  readonly workspaceId: number;
  readonly segmentId: string;
  /** Of the page's profiles; good for one statement. */
  readonly reading: SegmentReading;
  /** Since when those who are found are in. */
  readonly enteredAtMs: number;
  /** Why, in words: one text for all, for SQL does not tell them apart. */
  readonly reason: string;
}

export interface PageOutcome {
  /** How many are in that were not. */
  readonly entered: number;
  /** How many profiles were looked at. */
  readonly profiles: number;
}

/**
 * The first computation of one page of a segment, in one statement: members become so unless they are already, and each profile that time alone may turn
 * is woken then, or earlier where it is to be woken anyway. Repeatable.
 */
export async function writeSegmentPage(client: ClientBase, page: SegmentPage): Promise<PageOutcome> {
  const { withs, parameters } = page.reading;
  const workspace = parameters.add(page.workspaceId, 'integer');
  const { rows } = await client.query<{ entered: number; profiles: number }>({
    text: `
with ${withs},
entered as (
  insert into segment_membership (workspace_id, segment_id, profile_id, entered_at, reason)
  select ${workspace}, ${parameters.add(page.segmentId, 'uuid')}, told.profile_id, ${parameters.time(page.enteredAtMs)}, ${parameters.text(page.reason)}
  from told
  where told.holds
  on conflict do nothing
  returning 1
),
woken as (
  insert into segment_wake as known (workspace_id, profile_id, wake_at)
  select ${workspace}, told.profile_id, told.wake_at from told where told.wake_at is not null
  on conflict (workspace_id, profile_id) do update set wake_at = excluded.wake_at where known.wake_at > excluded.wake_at
)
select (select count(*)::integer from entered) as entered, (select count(*)::integer from page) as profiles`,
    values: parameters.values,
  });
  return rows[0] ?? { entered: 0, profiles: 0 };
}
