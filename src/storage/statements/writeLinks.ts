import type { LinkRecord } from '../../identity/identityStore';
import { encodeBooleanArray, encodeInt8Array, encodeTimestamptzArray, encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

const INCOMING = 'unnest($2::int8[], $3::int8[], $4::timestamptz[], $5::timestamptz[], $6::uuid[], $7::uuid[], $8::bool[])';

/** One row a pair of identifiers that were never seen together before. */
const INSERT_LINKS: Statement = {
  name: 'insert_links',
  text: `
insert into link (workspace_id, low_id, high_id, first_seen_at, last_seen_at, first_interaction_id, last_interaction_id, alias)
select $1, incoming.* from ${INCOMING} as incoming`,
};

/** Whole records over known rows; no indexed column changes (HOT). */
const UPDATE_LINKS: Statement = {
  name: 'update_links',
  text: `
update link set
  first_seen_at = incoming.first_seen_at,
  last_seen_at = incoming.last_seen_at,
  first_interaction_id = incoming.first_interaction_id,
  last_interaction_id = incoming.last_interaction_id,
  alias = incoming.alias
from ${INCOMING} as incoming (low_id, high_id, first_seen_at, last_seen_at, first_interaction_id, last_interaction_id, alias)
where link.workspace_id = $1 and link.low_id = incoming.low_id and link.high_id = incoming.high_id`,
};

export function insertLinks(workspaceId: number, links: readonly LinkRecord[]): Call {
  return { statement: INSERT_LINKS, values: [workspaceId, ...columns(links)] };
}

export function updateLinks(workspaceId: number, links: readonly LinkRecord[]): Call {
  return { statement: UPDATE_LINKS, values: [workspaceId, ...columns(links)] };
}

function columns(links: readonly LinkRecord[]): Buffer[] {
  return [
    encodeInt8Array(links.map((row) => row.lowId)),
    encodeInt8Array(links.map((row) => row.highId)),
    encodeTimestamptzArray(links.map((row) => row.firstSeenAtMs)),
    encodeTimestamptzArray(links.map((row) => row.lastSeenAtMs)),
    encodeUuidArray(links.map((row) => row.firstInteractionId)),
    encodeUuidArray(links.map((row) => row.lastInteractionId)),
    encodeBooleanArray(links.map((row) => row.alias)),
  ];
}
