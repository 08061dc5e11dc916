import { encodeBooleanArray, encodeInt4Array, encodeInt8Array, encodeTextArray, encodeTimestamptzArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/**
 * One row an identifier and purpose: what was said last, by time, then message id (by its bytes), then source, whatever the order of arrival. What a
 * profile grants is what all of its identifiers grant that said anything; where that is another than before, one note tells of it.
 */
const WRITE_CONSENTS: Statement = {
  name: 'write_consents',
  text: `
with said as (
  select distinct on (incoming.identifier_id, incoming.purpose) incoming.*
  from unnest($2::int8[], $3::text[], $4::bool[], $5::timestamptz[], $6::text[], $7::int4[])
    as incoming (identifier_id, purpose, granted, at, message_id, source_id)
  order by incoming.identifier_id, incoming.purpose, incoming.at desc, incoming.message_id collate "C" desc, incoming.source_id desc
),
written as (
  insert into consent (workspace_id, identifier_id, purpose, granted, at, message_id, source_id)
  select $1, said.* from said
  on conflict (workspace_id, identifier_id, purpose) do update
    set granted = excluded.granted, at = excluded.at, message_id = excluded.message_id, source_id = excluded.source_id
    where (consent.at, consent.message_id collate "C", consent.source_id) < (excluded.at, excluded.message_id collate "C", excluded.source_id)
  returning consent.identifier_id, consent.purpose, consent.granted, consent.at
),
asked as (
  select distinct i.profile_id, written.purpose
  from written
  join identifier i on i.workspace_id = $1 and i.identifier_id = written.identifier_id
),
standing as (
  select asked.profile_id, asked.purpose, bool_and(c.granted) as granted_before,
    bool_and(coalesce(written.granted, c.granted)) as granted, max(coalesce(written.at, c.at)) as at
  from asked
  join identifier i on i.workspace_id = $1 and i.profile_id = asked.profile_id
  left join consent c on c.workspace_id = $1 and c.identifier_id = i.identifier_id and c.purpose = asked.purpose
  left join written on written.identifier_id = i.identifier_id and written.purpose = asked.purpose
  group by asked.profile_id, asked.purpose
)
insert into change_note (workspace_id, at, profile_ids, due_ids, events)
select $1, $8::timestamptz, '{}', coalesce(array_agg(distinct changed.profile_id) filter (where changed.purpose = any ($9::text[])), '{}'),
  json_agg(json_build_object('type', 'consent.changed', 'profileId', changed.profile_id, 'data', json_build_object(
    'purpose', changed.purpose, 'granted', changed.granted,
    'at', to_char(changed.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) order by changed.profile_id, changed.purpose)
from standing changed
where changed.granted is distinct from changed.granted_before
having count(*) > 0`,
};

/** What one message says of a purpose. */
export interface ConsentSaid {
  /** That the message's interaction belongs to for good. */
  readonly identifierId: bigint;
  readonly purpose: string;
  readonly granted: boolean;
  readonly atMs: number;
  readonly messageId: string;
  readonly sourceId: number;
}

/** `duePurposes`: those that memberships may depend on. To be sent when the identifiers of the batch are written. */
export function writeConsents(
  workspaceId: number,
  said: readonly ConsentSaid[],
  note: { readonly atMs: number; readonly duePurposes: readonly string[] },
): Call {
  return {
    statement: WRITE_CONSENTS,
    values: [
      workspaceId,
      encodeInt8Array(said.map(({ identifierId }) => identifierId)),
      encodeTextArray(said.map(({ purpose }) => purpose)),
      encodeBooleanArray(said.map(({ granted }) => granted)),
      encodeTimestamptzArray(said.map(({ atMs }) => atMs)),
      encodeTextArray(said.map(({ messageId }) => messageId)),
      encodeInt4Array(said.map(({ sourceId }) => sourceId)),
      new Date(note.atMs),
      encodeTextArray(note.duePurposes),
    ],
  };
}
