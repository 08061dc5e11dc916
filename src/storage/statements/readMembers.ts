import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/**
 * Grain: one row a living member of a page that was asked for: the newest profiles first (ids rise with time), those after the given id. Where somebody is in
 * throughout, no page after the one they were on has them again, and none leaves them out. No locks.
 */
const LIST_MEMBERS: Statement = {
  name: 'list_members',
  text: `
select page.ordinal::integer, member.profile_id
from unnest($2::uuid[], $3::uuid[], $4::integer[]) with ordinality as page (segment_id, after, size, ordinal)
cross join lateral (
  select m.profile_id
  from segment_membership m
  join profile on profile.workspace_id = $1 and profile.profile_id = m.profile_id and profile.merged_into is null
  where m.workspace_id = $1 and m.segment_id = page.segment_id and m.profile_id < page.after
  order by m.profile_id desc
  limit page.size
) as member
order by page.ordinal, member.profile_id desc`,
};

/** Grain: one row a profile and segment that it is in. No locks. */
const READ_MEMBERSHIPS: Statement = {
  name: 'read_memberships',
  text: `
select m.profile_id, m.segment_id, m.entered_at, m.reason
from segment_membership m
join segment s on s.workspace_id = $1 and s.segment_id = m.segment_id
where m.workspace_id = $1 and m.profile_id = any ($2::uuid[])
order by m.entered_at desc, s.key`,
};

/** The same as of a time: memberships that stand since then, and those that ended later. No locks. */
const READ_MEMBERSHIPS_AT: Statement = {
  name: 'read_memberships_at',
  text: `
select told.profile_id, told.segment_id, told.entered_at, told.reason
from (
  select m.profile_id, m.segment_id, m.entered_at, m.reason
  from segment_membership m
  where m.workspace_id = $1 and m.profile_id = any ($2::uuid[]) and m.entered_at <= $3
  union all
  select stay.profile_id, stay.segment_id, stay.entered_at, stay.reason
  from segment_stay stay
  where stay.workspace_id = $1 and stay.profile_id = any ($2::uuid[]) and stay.entered_at <= $3 and stay.left_at > $3
) as told
join segment s on s.workspace_id = $1 and s.segment_id = told.segment_id
order by told.entered_at desc, s.key`,
};

/**
 * Grain: one row a segment and step that somebody entered or left in, and one with a null step of whatever came at $4 or later; one with nulls where nobody
 * did. With the size as of the same moment. No locks.
 */
const READ_MOVES: Statement = {
  name: 'read_segment_moves',
  text: `
select s.segment_id, s.size, moved.step, coalesce(moved.entered, 0), coalesce(moved.left_count, 0)
from segment s
left join lateral (
  select case when t.hour < $4 then date_trunc($5, t.hour, 'UTC') end as step, sum(t.entered)::integer as entered, sum(t.left_count)::integer as left_count
  from segment_tally t
  where t.workspace_id = $1 and t.segment_id = s.segment_id and t.hour >= $3
  group by 1
) as moved on true
where s.workspace_id = $1 and s.segment_id = any ($2::uuid[])`,
};

const BEYOND_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export interface AskedMembers {
  readonly segmentId: string;
  /** The last one of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** Profile ids, a list for each page asked for. One statement. */
export async function listMembers(
  connections: WorkspaceConnections,
  workspaceId: number,
  pages: readonly AskedMembers[],
): Promise<readonly (readonly string[])[]> {
  const members: string[][] = pages.map(() => []);
  const rows = await connections.run<Row & readonly [ordinal: number, profileId: string]>(workspaceId, LIST_MEMBERS, [
    workspaceId,
    pages.map(({ segmentId }) => segmentId),
    pages.map(({ after }) => after ?? BEYOND_ALL),
    pages.map(({ limit }) => limit),
  ]);
  for (const [ordinal, profileId] of rows) members[ordinal - 1]?.push(profileId);
  return members;
}

export type MembershipDetails = Row & readonly [profileId: string, segmentId: string, enteredAtMs: number, reason: string];

/** Those since the latest first. `atMs` null: now. */
export function readMemberships(
  connections: WorkspaceConnections,
  workspaceId: number,
  profileIds: readonly string[],
  atMs: number | null,
): Promise<readonly MembershipDetails[]> {
  if (atMs === null) return connections.run<MembershipDetails>(workspaceId, READ_MEMBERSHIPS, [workspaceId, profileIds]);
  return connections.run<MembershipDetails>(workspaceId, READ_MEMBERSHIPS_AT, [workspaceId, profileIds, new Date(atMs)]);
}

export type MovesRow = Row & readonly [segmentId: string, size: number, stepMs: number | null, entered: number, left: number];

/** `interval`: as `date_trunc` names it; steps begin where UTC has them begin. */
export function readMoves(
  connections: WorkspaceConnections,
  workspaceId: number,
  segmentIds: readonly string[],
  { fromMs, toMs, interval }: { readonly fromMs: number; readonly toMs: number; readonly interval: string },
): Promise<readonly MovesRow[]> {
  return connections.run<MovesRow>(workspaceId, READ_MOVES, [workspaceId, segmentIds, new Date(fromMs), new Date(toMs), interval]);
}
