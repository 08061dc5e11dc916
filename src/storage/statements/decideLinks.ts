import type { LinkRecord } from '../../identity/identityStore';
import { encodeInt8Array, encodeTextArray, encodeTimestamptzArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row a pair that somebody links whom no message ever had together, nor any decision. */
const INSERT_DECIDED_LINKS: Statement = {
  name: 'insert_decided_links',
  text: `
insert into link (workspace_id, low_id, high_id, decided_at, decided_rule, alias)
select $1, incoming.*, false from unnest($2::int8[], $3::int8[], $4::timestamptz[], $5::text[]) as incoming`,
};

/** Known links, each with its decision or without one from now on. */
const DECIDE_LINKS: Statement = {
  name: 'decide_links',
  text: `
update link set decided_at = incoming.decided_at, decided_rule = incoming.decided_rule
from unnest($2::int8[], $3::int8[], $4::timestamptz[], $5::text[]) as incoming (low_id, high_id, decided_at, decided_rule)
where link.workspace_id = $1 and link.low_id = incoming.low_id and link.high_id = incoming.high_id`,
};

/** Links that nobody says any more and that no message had. */
const DELETE_LINKS: Statement = {
  name: 'delete_links',
  text: `
delete from link
using unnest($2::int8[], $3::int8[]) as gone (low_id, high_id)
where link.workspace_id = $1 and link.low_id = gone.low_id and link.high_id = gone.high_id`,
};

export function insertDecidedLinks(workspaceId: number, links: readonly LinkRecord[]): Call {
  return { statement: INSERT_DECIDED_LINKS, values: [workspaceId, ...pairs(links), ...decisions(links)] };
}

export function decideLinks(workspaceId: number, links: readonly LinkRecord[]): Call {
  return { statement: DECIDE_LINKS, values: [workspaceId, ...pairs(links), ...decisions(links)] };
}

export function deleteLinks(workspaceId: number, links: readonly LinkRecord[]): Call {
  return { statement: DELETE_LINKS, values: [workspaceId, ...pairs(links)] };
}

function decisions(links: readonly LinkRecord[]): Buffer[] {
  return [
    encodeTimestamptzArray(links.map(({ decision }) => decision?.decidedAtMs ?? null)),
    encodeTextArray(links.map(({ decision }) => decision?.rule ?? null)),
  ];
}

function pairs(links: readonly LinkRecord[]): Buffer[] {
  return [encodeInt8Array(links.map(({ lowId }) => lowId)), encodeInt8Array(links.map(({ highId }) => highId))];
}
