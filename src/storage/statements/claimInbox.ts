import { type ClientBase, types } from 'pg';
import type { InboxEntry } from '../../intake/message';
import { encodeInt8Array } from '../binaryArrays';
import { type Statement, send } from './statement';

export type ClaimedEntry = InboxEntry & { readonly position: bigint };

/**
 * The requests next in line: lowest positions first, up to the request that fills the batch, leaving out those that are being written
 * already. Reads only; whoever deletes them in its transaction has done them.
 */
const READ_NEXT_IN_INBOX: Statement = {
  name: 'read_next_in_inbox',
  text: `
with ahead as (
  select i.position, i.message_count, sum(i.message_count) over (order by i.position) as running
  from inbox i
  where i.workspace_id = $1 and i.position <> all($2::int8[])
  order by i.position
  limit $3
)
select i.position::text as position, i.source_id::text as source_id,
  round(extract(epoch from i.received_at) * 1000)::text as received_at_ms, i.message_count::text as message_count,
  i.call, array_to_string(i.refused, ',') as refused, i.body, i.traceparent
from ahead
join inbox i on i.workspace_id = $1 and i.position = ahead.position
where ahead.running - ahead.message_count < $3
order by i.position`,
};

const BYTEA = 17;

/**
 * Bodies come in binary and stay as they are; in text each byte would be two digits to be read. `pg` reads every field as UTF-8, which a
 * body is, whereas a number in binary would lose each byte from 0x80 on: all other columns are text.
 */
const BODIES_AS_THEY_ARE = {
  getTypeParser: ((oid: number, format: 'text' | 'binary' = 'text') =>
    oid === BYTEA && format === 'binary' ? (body: Buffer) => body : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
};

interface Row {
  position: string;
  source_id: string;
  received_at_ms: string;
  message_count: string;
  call: InboxEntry['call'];
  refused: string | null;
  body: Buffer;
  traceparent: string | null;
}

/** At least one request where there is any; messages beyond `maxMessages` only as far as the last request holds them. */
export async function readNextInInbox(
  client: ClientBase,
  workspaceId: number,
  options: { inFlight: readonly bigint[]; maxMessages: number },
): Promise<ClaimedEntry[]> {
  const query = {
    ...READ_NEXT_IN_INBOX,
    values: [workspaceId, encodeInt8Array(options.inFlight), options.maxMessages],
    binary: true,
    types: BODIES_AS_THEY_ARE,
  };
  const { rows } = await client.query<Row>(query);
  return rows.map((row) => ({
    position: BigInt(row.position),
    sourceId: Number(row.source_id),
    receivedAtMs: Number(row.received_at_ms),
    messageCount: Number(row.message_count),
    call: row.call,
    refused: row.refused === null ? [] : row.refused.split(',').map(Number),
    body: row.body,
    traceparent: row.traceparent,
  }));
}

/** Takes requests out of the inbox, in the transaction that writes what they say. */
const DELETE_FROM_INBOX: Statement = {
  name: 'delete_from_inbox',
  text: 'delete from inbox where inbox.workspace_id = $1 and inbox.position = any($2::int8[])',
};

export async function deleteFromInbox(client: ClientBase, workspaceId: number, positions: readonly bigint[]): Promise<void> {
  await send(client, DELETE_FROM_INBOX, [workspaceId, encodeInt8Array(positions)]);
}
