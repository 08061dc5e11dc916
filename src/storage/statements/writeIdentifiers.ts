import type { IdentifierRecord } from '../../identity/identityStore';
import {
  encodeBooleanArray,
  encodeInt4Array,
  encodeInt8Array,
  encodeTextArray,
  encodeTimestamptzArray,
  encodeUuidArray,
} from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row an identifier that was not there before. */
const INSERT_IDENTIFIERS: Statement = {
  name: 'insert_identifiers',
  text: `
insert into identifier (
  workspace_id, identifier_id, profile_id, home_profile_id, first_seen_at, last_seen_at, interactions, source_id, stronger_links, verified,
  type, value, created_at)
select $1, incoming.*, $13
from unnest($2::int8[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[], $7::int8[], $8::int4[], $9::int4[], $10::bool[],
  $11::text[], $12::text[]) as incoming`,
};

/** Whole records over known rows. An unchanged profile_id leaves the update on its page (HOT). Type and value never change. */
const UPDATE_IDENTIFIERS: Statement = {
  name: 'update_identifiers',
  text: `
update identifier set
  profile_id = incoming.profile_id,
  home_profile_id = incoming.home_profile_id,
  first_seen_at = incoming.first_seen_at,
  last_seen_at = incoming.last_seen_at,
  interactions = incoming.interactions,
  source_id = incoming.source_id,
  stronger_links = incoming.stronger_links,
  verified = incoming.verified
from unnest($2::int8[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[], $7::int8[], $8::int4[], $9::int4[], $10::bool[])
  as incoming (identifier_id, profile_id, home_profile_id, first_seen_at, last_seen_at, interactions, source_id, stronger_links, verified)
where identifier.workspace_id = $1 and identifier.identifier_id = incoming.identifier_id`,
};

export function insertIdentifiers(workspaceId: number, identifiers: readonly IdentifierRecord[], createdAtMs: number): Call {
  return {
    statement: INSERT_IDENTIFIERS,
    values: [
      workspaceId,
      ...changeable(identifiers),
      encodeTextArray(identifiers.map((row) => row.type)),
      encodeTextArray(identifiers.map((row) => row.value)),
      new Date(createdAtMs),
    ],
  };
}

export function updateIdentifiers(workspaceId: number, identifiers: readonly IdentifierRecord[]): Call {
  return { statement: UPDATE_IDENTIFIERS, values: [workspaceId, ...changeable(identifiers)] };
}

function changeable(identifiers: readonly IdentifierRecord[]): Buffer[] {
  return [
    encodeInt8Array(identifiers.map((row) => row.identifierId)),
    encodeUuidArray(identifiers.map((row) => row.profileId)),
    encodeUuidArray(identifiers.map((row) => row.homeProfileId)),
    encodeTimestamptzArray(identifiers.map((row) => row.firstSeenAtMs)),
    encodeTimestamptzArray(identifiers.map((row) => row.lastSeenAtMs)),
    encodeInt8Array(identifiers.map((row) => BigInt(row.interactions))),
    encodeInt4Array(identifiers.map((row) => row.sourceId)),
    encodeInt4Array(identifiers.map((row) => row.strongerLinks)),
    encodeBooleanArray(identifiers.map((row) => row.verified)),
  ];
}
