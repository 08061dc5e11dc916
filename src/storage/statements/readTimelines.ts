import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/**
 * Grain: one row an interaction, at most `limit` for each timeline asked for; a timeline is the merge of the timelines of a run of
 * identifiers, `first` to `last` (from 1) in the one list of all identifiers. An index range is read for each identifier, so the
 * cost depends on the limit and the number of identifiers, not on the length of their timelines. No locks.
 */
const COLUMNS_OF_AN_ENTRY = `
  entry.interaction_id, entry.identifier_id, entry.occurred_at, entry.received_at, entry.source_id, entry.kind, entry.department,
  entry.channel, entry.direction, entry.name, entry.message_id, entry.subject_type, entry.subject_id, entry.properties`;

const WITHIN = `
      interaction.workspace_id = $1 and interaction.identifier_id = owner.identifier_id
      and (interaction.occurred_at, interaction.interaction_id) < ($5::timestamptz, $6::uuid)
      and (interaction.occurred_at, interaction.interaction_id) > ($7::timestamptz, $8::uuid)
      and ($9::smallint[] is null or interaction.department = any ($9))
      and ($10::smallint[] is null or interaction.channel = any ($10))
      and ($11::smallint[] is null or interaction.kind = any ($11))
      and ($12::text[] is null or interaction.name = any ($12))`;

const FROM_THE_NEWEST: Statement = {
  name: 'read_timelines_from_the_newest',
  text: `
select timeline.ordinal::integer, ${COLUMNS_OF_AN_ENTRY}
from unnest($2::integer[], $3::integer[]) with ordinality as timeline (first, last, ordinal)
cross join lateral (
  select candidate.*
  from unnest(($4::bigint[])[timeline.first:timeline.last]) as owner (identifier_id)
  cross join lateral (
    select interaction.*
    from interaction
    where ${WITHIN}
    order by interaction.occurred_at desc, interaction.interaction_id desc
    limit $13
  ) as candidate
  order by candidate.occurred_at desc, candidate.interaction_id desc
  limit $13
) as entry`,
};

const FROM_THE_OLDEST: Statement = {
  name: 'read_timelines_from_the_oldest',
  text: FROM_THE_NEWEST.text.replaceAll(' desc', ' asc'),
};

const COUNT: Statement = {
  name: 'count_timelines',
  text: `
select timeline.ordinal::integer, counted.interactions::float8
from unnest($2::integer[], $3::integer[]) with ordinality as timeline (first, last, ordinal)
cross join lateral (
  select count(*) as interactions
  from unnest(($4::bigint[])[timeline.first:timeline.last]) as owner (identifier_id)
  join interaction on ${WITHIN}
) as counted`,
};

export type TimelineRow = Row &
  readonly [
    timeline: number,
    interactionId: string,
    identifierId: string,
    occurredAtMs: number,
    receivedAtMs: number,
    sourceId: number,
    kind: number,
    department: number,
    channel: number,
    direction: number,
    name: string,
    messageId: string,
    subjectType: string | null,
    subjectId: string | null,
    properties: string | null,
  ];

/** Numbers are indexes into the vocabularies; null selects everything. Bounds are exclusive. */
export interface TimelineConditions {
  readonly timelines: readonly (readonly string[])[];
  readonly olderThan: readonly [occurredAt: string, interactionId: string];
  readonly newerThan: readonly [occurredAt: string, interactionId: string];
  readonly departments: readonly number[] | null;
  readonly channels: readonly number[] | null;
  readonly kinds: readonly number[] | null;
  readonly names: readonly string[] | null;
}

/** In the order they were taken from that end. The first timeline's ordinal is 1. */
export function readTimelines(
  connections: WorkspaceConnections,
  workspaceId: number,
  conditions: TimelineConditions & { readonly limit: number; readonly end: 'newest' | 'oldest' },
): Promise<readonly TimelineRow[]> {
  const statement = conditions.end === 'newest' ? FROM_THE_NEWEST : FROM_THE_OLDEST;
  return connections.run<TimelineRow>(workspaceId, statement, [...parameters(workspaceId, conditions), conditions.limit]);
}

export function countTimelines(
  connections: WorkspaceConnections,
  workspaceId: number,
  conditions: TimelineConditions,
): Promise<readonly (Row & readonly [timeline: number, interactions: number])[]> {
  return connections.run(workspaceId, COUNT, parameters(workspaceId, conditions));
}

function parameters(workspaceId: number, conditions: TimelineConditions): unknown[] {
  const first: number[] = [];
  const last: number[] = [];
  let length = 0;
  for (const identifierIds of conditions.timelines) {
    first.push(length + 1);
    length += identifierIds.length;
    last.push(length);
  }
  return [
    workspaceId,
    first,
    last,
    conditions.timelines.flat(),
    ...conditions.olderThan,
    ...conditions.newerThan,
    conditions.departments,
    conditions.channels,
    conditions.kinds,
    conditions.names,
  ];
}
