import type { ToldFriction, ToldSegment } from '../../activation/webhookBody';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { LIVING_PROFILE, SUPPRESSED } from './customerOfChange';
import type { Statement } from './statement';

/** Grain: one row a profile asked for that is not erased: who answers for it, under which ids before, and whether they may be told of. No locks. */
const READ_STANDINGS: Statement = {
  name: 'read_standings',
  text: `
select asked.profile_id, living.profile_id,
  array(
    with recursive absorbed as (
      select p.profile_id from profile p where p.workspace_id = $1 and p.merged_into = living.profile_id
      union all
      select p.profile_id from absorbed join profile p on p.workspace_id = $1 and p.merged_into = absorbed.profile_id
    )
    select absorbed.profile_id from absorbed order by absorbed.profile_id),
  ${SUPPRESSED('living.profile_id')},
  $3::text is null or (
    select coalesce(bool_and(c.granted), false) from identifier m
    join consent c on c.workspace_id = $1 and c.identifier_id = m.identifier_id and c.purpose = $3::text
    where m.workspace_id = $1 and m.profile_id = living.profile_id)
from unnest($2::uuid[]) as asked (profile_id)
cross join lateral (${LIVING_PROFILE('asked.profile_id')}) as living`,
};

export interface Standing {
  readonly livingId: string;
  readonly previousIds: readonly string[];
  readonly isSuppressed: boolean;
  /** To the purpose; true where none is asked for. */
  readonly hasConsent: boolean;
}

/** By the id asked for; who is erased is not there. */
export async function readStandings(
  connections: WorkspaceConnections,
  workspaceId: number,
  profileIds: readonly string[],
  purpose: string | null,
): Promise<ReadonlyMap<string, Standing>> {
  const values = [workspaceId, profileIds, purpose];
  const rows = await connections.run<Row & readonly [string, string, string[], boolean, boolean]>(workspaceId, READ_STANDINGS, values);
  return new Map(
    rows.map(([askedId, livingId, previousIds, isSuppressed, hasConsent]) => [
      askedId,
      { livingId, previousIds, isSuppressed, hasConsent },
    ]),
  );
}

/** Grain: one row a segment that there is. No locks. */
const READ_TOLD_SEGMENTS: Statement = {
  name: 'read_told_segments',
  text: `
select segment.segment_id, segment.key, segment.name
from segment
where segment.workspace_id = $1 and segment.segment_id = any ($2::uuid[])`,
};

export async function readToldSegments(
  connections: WorkspaceConnections,
  workspaceId: number,
  segmentIds: readonly string[],
): Promise<ReadonlyMap<string, ToldSegment>> {
  if (segmentIds.length === 0) return new Map();
  const rows = await connections.run<Row & readonly [string, string, string]>(workspaceId, READ_TOLD_SEGMENTS, [workspaceId, segmentIds]);
  return new Map(rows.map(([segmentId, key, name]) => [segmentId, { segmentId, key, name }]));
}

/** Grain: one row a sign asked for that is still found, of who answers for the profile now. No locks. */
const READ_TOLD_FRICTION: Statement = {
  name: 'read_told_friction',
  text: `
select asked.ordinal, signal.message, signal.detected_at, signal.resolved_at
from unnest($2::uuid[], $3::text[]) with ordinality as asked (profile_id, signal_key, ordinal)
cross join lateral (${LIVING_PROFILE('asked.profile_id')}) as living
join friction_signal as signal on signal.workspace_id = $1 and signal.profile_id = living.profile_id and signal.signal_key = asked.signal_key`,
};

/** By the place of what is asked for, from 0. */
export async function readToldFriction(
  connections: WorkspaceConnections,
  workspaceId: number,
  asked: readonly { readonly profileId: string; readonly signalKey: string }[],
): Promise<ReadonlyMap<number, ToldFriction>> {
  if (asked.length === 0) return new Map();
  const values = [workspaceId, asked.map(({ profileId }) => profileId), asked.map(({ signalKey }) => signalKey)];
  const rows = await connections.run<Row & readonly [string, string, number, number | null]>(workspaceId, READ_TOLD_FRICTION, values);
  return new Map(
    rows.map(([ordinal, message, detectedAtMs, resolvedAtMs]) => [Number(ordinal) - 1, { message, detectedAtMs, resolvedAtMs }]),
  );
}
