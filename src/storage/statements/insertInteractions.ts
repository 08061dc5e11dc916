import { CHANNEL_CODES, DEPARTMENT_CODES, DIRECTION_CODES, KIND_CODES } from '../../kernel/vocabularyCodes';
import type { InteractionRecord } from '../../timeline/interaction';
import {
  encodeInt2Array,
  encodeInt4Array,
  encodeInt8Array,
  encodeJsonArray,
  encodeTextArray,
  encodeTimestamptzArray,
  encodeUuidArray,
} from '../binaryArrays';
import type { Call, Statement } from './statement';

/** As `copyInteractions`, where the server has no role that may copy. */
const INSERT_INTERACTIONS: Statement = {
  name: 'insert_interactions',
  text: `
insert into interaction (
  workspace_id, interaction_id, identifier_id, occurred_at, received_at, source_id, kind, department, channel, direction, name,
  message_id, subject_type, subject_id, properties, context)
select $1, incoming.*
from unnest($2::uuid[], $3::int8[], $4::timestamptz[], $5::timestamptz[], $6::int4[], $7::int2[], $8::int2[], $9::int2[], $10::int2[],
  $11::text[], $12::text[], $13::text[], $14::text[], $15::json[], $16::json[]) as incoming`,
};

/** `owners`: the identifier that each interaction belongs to for good, in order. */
export function insertInteractions(workspaceId: number, interactions: readonly InteractionRecord[], owners: readonly bigint[]): Call {
  return {
    statement: INSERT_INTERACTIONS,
    values: [
      workspaceId,
      encodeUuidArray(interactions.map((row) => row.interactionId)),
      encodeInt8Array(owners),
      encodeTimestamptzArray(interactions.map((row) => row.occurredAtMs)),
      encodeTimestamptzArray(interactions.map((row) => row.receivedAtMs)),
      encodeInt4Array(interactions.map((row) => row.sourceId)),
      encodeInt2Array(interactions.map((row) => KIND_CODES[row.facts.kind])),
      encodeInt2Array(interactions.map((row) => DEPARTMENT_CODES[row.facts.department])),
      encodeInt2Array(interactions.map((row) => CHANNEL_CODES[row.facts.channel])),
      encodeInt2Array(interactions.map((row) => DIRECTION_CODES[row.facts.direction])),
      encodeTextArray(interactions.map((row) => row.facts.name)),
      encodeTextArray(interactions.map((row) => row.messageId)),
      encodeTextArray(interactions.map((row) => row.facts.subject?.type ?? null)),
      encodeTextArray(interactions.map((row) => row.facts.subject?.externalId ?? null)),
      encodeJsonArray(interactions.map((row) => row.properties)),
      encodeJsonArray(interactions.map((row) => row.context)),
    ],
  };
}
