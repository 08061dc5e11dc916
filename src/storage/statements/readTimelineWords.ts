import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { tsquery } from './findConversationWords';
import { INTERACTION_TEXT, type InteractionFields, readInteractionText } from './interactionText';
import type { TimelineConditions } from './readTimelines';
import type { Statement } from './statement';

/**
 * Grain: one row. Whether anybody ever said all of the words on this timeline, and a piece of it: where they did, what was said comes by the index of
 * words and only what holds them, and all other kinds come by the identifiers, as they stand; where nobody did, everything comes as it stands. Where only
 * kinds are asked for that the index holds, no more is read than what it finds. No locks.
 */
const FROM_THE_NEWEST: Statement = {
  name: 'read_timeline_words_from_the_newest',
  text: `
with said as materialized (
  select exists (select from find_conversation_words($11, $2::bigint[], 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 1)) as by_index
)
select said.by_index, page.interactions
from said
cross join lateral (
  select string_agg(${INTERACTION_TEXT}, e'\\x1e') as interactions
  from (
    select candidate.*
    from (
      select standing.*
      from unnest($2::bigint[]) as owner (identifier_id)
      cross join lateral (
        select interaction.*
        from interaction
        where interaction.workspace_id = $1 and interaction.identifier_id = owner.identifier_id
          and (interaction.occurred_at, interaction.interaction_id) < ($3::timestamptz, $4::uuid)
          and (interaction.occurred_at, interaction.interaction_id) > ($5::timestamptz, $6::uuid)
          and ($7::smallint[] is null or interaction.department = any ($7))
          and ($8::smallint[] is null or interaction.channel = any ($8))
          and ($9::smallint[] is null or interaction.kind = any ($9))
          and ($10::text[] is null or interaction.name = any ($10))
          and not (said.by_index and interaction.kind = any ($12::smallint[]))
        order by interaction.occurred_at desc, interaction.interaction_id desc
        limit $14
      ) as standing
      where not (said.by_index and coalesce($9::smallint[] <@ $12::smallint[], false))
      union all
      select interaction.*
      from find_timeline_words(
        case when said.by_index then $11 end, $2::bigint[], $3::timestamptz, $4::uuid, $5::timestamptz, $6::uuid,
        $7::smallint[], $8::smallint[], $9::smallint[], $10::text[], $14::integer, $13::boolean
      ) as found
      join interaction on interaction.workspace_id = $1 and interaction.interaction_id = found.interaction_id
    ) as candidate
    order by candidate.occurred_at desc, candidate.interaction_id desc
    limit $14
  ) as entry
) as page`,
};

const FROM_THE_OLDEST: Statement = {
  name: 'read_timeline_words_from_the_oldest',
  text: FROM_THE_NEWEST.text.replaceAll(' desc', ' asc'),
};

const INTERACTION_SEPARATOR = '\x1e';

export interface TimelineWords {
  readonly identifierIds: readonly string[];
  /** Each is the beginning of a word. */
  readonly words: readonly string[];
  /** Indexes of the kinds whose words are in the index. */
  readonly saidKinds: readonly number[];
  readonly limit: number;
  readonly end: 'newest' | 'oldest';
}

export interface TimelineWordsEntries {
  readonly byIndex: boolean;
  readonly interactions: readonly InteractionFields[];
}

/** Interactions in the order they were taken from that end, at most `limit`. */
export async function readTimelineWords(
  connections: WorkspaceConnections,
  workspaceId: number,
  { identifierIds, words, saidKinds, limit, end }: TimelineWords,
  conditions: Omit<TimelineConditions, 'timelines'>,
): Promise<TimelineWordsEntries> {
  const { olderThan, newerThan, departments, channels, kinds, names } = conditions;
  const bounds = [...olderThan, ...newerThan, departments, channels, kinds, names];
  const values = [workspaceId, identifierIds, ...bounds, tsquery(words), saidKinds, end === 'newest', limit];
  const statement = end === 'newest' ? FROM_THE_NEWEST : FROM_THE_OLDEST;
  const [row] = await connections.run<Row & readonly [byIndex: boolean, interactions: string | null]>(workspaceId, statement, values);
  const texts = row?.[1]?.split(INTERACTION_SEPARATOR) ?? [];
  return { byIndex: row?.[0] ?? false, interactions: texts.map(readInteractionText) };
}
