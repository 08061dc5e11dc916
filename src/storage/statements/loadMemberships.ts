import type { ClientBase } from 'pg';
import { encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/**
 * Grain: one row a profile that is in any of these segments ($3; null: in any), with its memberships as three arrays in one order; arrays cost a fraction of
 * what JSON does. No locks.
 */
const LOAD_MEMBERSHIPS: Statement = {
  name: 'load_segment_memberships',
  text: `
select m.profile_id, array_agg(m.segment_id)::text as segment_ids, array_agg((date_part('epoch', m.entered_at) * 1000)::bigint)::text as entered,
  json_agg(m.reason) as reasons
from segment_membership m
where m.workspace_id = $1 and m.profile_id = any ($2::uuid[]) and ($3::uuid[] is null or m.segment_id = any ($3::uuid[]))
group by m.profile_id`,
};

/** Grain: one row a profile that was looked at with the definitions of this version. No locks. */
const LOAD_PLACES: Statement = {
  name: 'load_segment_places',
  text: `
select k.profile_id, k.places
from segment_wake k
where k.workspace_id = $1 and k.profile_id = any ($2::uuid[]) and k.told_by = $3 and k.places is not null`,
};

export interface Membership {
  readonly segmentId: string;
  readonly enteredAtMs: number;
  readonly reason: string;
}

/** Of all segments, or only of some. A profile that is in none is left out. */
export async function loadMemberships(
  client: ClientBase,
  workspaceId: number,
  profileIds: readonly string[],
  segmentIds: readonly string[] | null = null,
): Promise<ReadonlyMap<string, readonly Membership[]>> {
  if (profileIds.length === 0) return new Map();
  type Row = { profile_id: string; segment_ids: string; entered: string; reasons: string[] };
  const only = segmentIds && encodeUuidArray(segmentIds);
  const rows = await send<Row>(client, LOAD_MEMBERSHIPS, [workspaceId, encodeUuidArray(profileIds), only]);
  return new Map(rows.map((row) => [row.profile_id, membershipsOf(row.segment_ids, row.entered, row.reasons)]));
}

/** What the last look at a profile left of its memberships, by profile; see `Wake`. */
export async function loadPlaces(
  client: ClientBase,
  workspaceId: number,
  profileIds: readonly string[],
  version: string,
): Promise<ReadonlyMap<string, Buffer>> {
  const rows = await send<{ profile_id: string; places: Buffer }>(client, LOAD_PLACES, [workspaceId, encodeUuidArray(profileIds), version]);
  return new Map(rows.map((row) => [row.profile_id, row.places]));
}

/** The first two as PostgreSQL writes arrays: `{1,2}`. */
function membershipsOf(segmentIds: string, entered: string, reasons: readonly string[]): Membership[] {
  const ids = segmentIds.slice(1, -1).split(',');
  const times = entered.slice(1, -1).split(',');
  return ids.map((segmentId, at) => ({ segmentId, enteredAtMs: Number(times[at]), reason: reasons[at] as string }));
}
