import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { INTERACTION_TEXT, type InteractionFields, readInteractionText } from './interactionText';
import type { Statement } from './statement';

/**
 * Grain: one row a timeline that holds anything, its interactions in one text; at most `limit` for each timeline asked for. A timeline is
 * the merge of the timelines of a run of identifiers, `first` to `last` (from 1) in the one list of all identifiers. An index range is
 * read for each identifier, so the cost depends on the limit and the number of identifiers, not on the length of their timelines. An
 * aggregate without an order of its own takes rows in the order of the subquery it stands on. No locks.
 */
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
select timeline.ordinal::integer, page.interactions
from unnest($2::integer[], $3::integer[]) with ordinality as timeline (first, last, ordinal)
cross join lateral (
  select string_agg(${INTERACTION_TEXT}, e'\\x1e') as interactions
  from (
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
  ) as entry
) as page
where page.interactions is not null`,
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

export interface TimelineEntries {
  /** Of the timeline in the list asked for, from 1. */
  readonly ordinal: number;
  readonly interactions: readonly InteractionFields[];
}

const INTERACTION_SEPARATOR = '\x1e';

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

/** Interactions in the order they were taken from that end. A timeline that holds nothing is left out. */
export async function readTimelines(
  connections: WorkspaceConnections,
  workspaceId: number,
  conditions: TimelineConditions & { readonly limit: number; readonly end: 'newest' | 'oldest' },
): Promise<readonly TimelineEntries[]> {
  const statement = conditions.end === 'newest' ? FROM_THE_NEWEST : FROM_THE_OLDEST;
  const values = [...parameters(workspaceId, conditions), conditions.limit];
  const rows = await connections.run<Row & readonly [ordinal: number, interactions: string]>(workspaceId, statement, values);
  return rows.map(([ordinal, text]) => ({ ordinal, interactions: text.split(INTERACTION_SEPARATOR).map(readInteractionText) }));
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
