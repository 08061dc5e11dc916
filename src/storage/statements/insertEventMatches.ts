import { encodeInt4Array, encodeInt8Array, encodeJsonArray, encodeTimestamptzArray, encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row a tracked event and interaction that it is about. One that is noted already fails the batch (23505), as its interaction does. */
const INSERT_EVENT_MATCHES: Statement = {
  name: 'insert_event_matches',
  text: `
insert into event_match (workspace_id, identifier_id, tracked_event_id, occurred_at, interaction_id, value)
select $1, incoming.*
from unnest($2::int8[], $3::int4[], $4::timestamptz[], $5::uuid[], $6::json[]) as incoming`,
};

export interface EventMatch {
  /** That the interaction belongs to for good. */
  readonly identifierId: bigint;
  readonly trackedEventId: number;
  readonly occurredAtMs: number;
  readonly interactionId: string;
  /** JSON text; null where none is noted. */
  readonly value: string | null;
}

export function insertEventMatches(workspaceId: number, matches: readonly EventMatch[]): Call {
  return {
    statement: INSERT_EVENT_MATCHES,
    values: [
      workspaceId,
      encodeInt8Array(matches.map(({ identifierId }) => identifierId)),
      encodeInt4Array(matches.map(({ trackedEventId }) => trackedEventId)),
      encodeTimestamptzArray(matches.map(({ occurredAtMs }) => occurredAtMs)),
      encodeUuidArray(matches.map(({ interactionId }) => interactionId)),
      encodeJsonArray(matches.map(({ value }) => value)),
    ],
  };
}
