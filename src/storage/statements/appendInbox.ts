import type { ClientBase } from 'pg';
import type { InboxEntry } from '../../intake/message';
import { encodeByteaArray, encodeInt4Array, encodeTextArray, encodeTimestamptzArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/**
 * One row a request, in the order given, which is the order of their positions. Part of a transaction that has set the workspace; takes
 * no locks. `refused` comes as the text of an array, as arrays of arrays must all be of one length.
 */
const APPEND_INBOX: Statement = {
  name: 'append_inbox',
  text: `
insert into inbox (workspace_id, source_id, received_at, message_count, call, refused, body, traceparent)
select $1, entry.source_id, entry.received_at, entry.message_count, entry.call, entry.refused::int4[], entry.body, entry.traceparent
from unnest($2::int4[], $3::timestamptz[], $4::int4[], $5::text[], $6::text[], $7::bytea[], $8::text[])
  as entry (source_id, received_at, message_count, call, refused, body, traceparent)
returning inbox.position::text as position`,
};

/** Answers the positions, in the order of the entries. */
export async function appendInbox(client: ClientBase, workspaceId: number, entries: readonly InboxEntry[]): Promise<bigint[]> {
  const rows = await send<{ position: string }>(client, APPEND_INBOX, [
    workspaceId,
    encodeInt4Array(entries.map((entry) => entry.sourceId)),
    encodeTimestamptzArray(entries.map((entry) => entry.receivedAtMs)),
    encodeInt4Array(entries.map((entry) => entry.messageCount)),
    encodeTextArray(entries.map((entry) => entry.call)),
    encodeTextArray(entries.map((entry) => (entry.refused.length === 0 ? null : `{${entry.refused.join(',')}}`))),
    encodeByteaArray(entries.map((entry) => entry.body)),
    encodeTextArray(entries.map((entry) => entry.traceparent ?? null)),
  ]);
  return rows.map((row) => BigInt(row.position));
}
