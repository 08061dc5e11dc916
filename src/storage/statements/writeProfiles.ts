import type { ProfileRecord } from '../../identity/identityStore';
import { encodeBooleanArray, encodeInt4Array, encodeTextArray, encodeTimestamptzArray, encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

const INCOMING = 'unnest($2::uuid[], $3::uuid[], $4::bool[], $5::int4[], $6::text[], $7::timestamptz[], $8::int4[])';

/** One row a profile that was not there before. */
const INSERT_PROFILES: Statement = {
  name: 'insert_profiles',
  text: `
insert into profile (workspace_id, profile_id, merged_into, contested, identifier_count, type_counts, first_seen_at, rules_version, created_at)
select $1, incoming.profile_id, incoming.merged_into, incoming.contested, incoming.identifier_count, incoming.type_counts::jsonb,
  incoming.first_seen_at, incoming.rules_version, $9
from ${INCOMING} as incoming (profile_id, merged_into, contested, identifier_count, type_counts, first_seen_at, rules_version)`,
};

/** Whole records over known rows. */
const UPDATE_PROFILES: Statement = {
  name: 'update_profiles',
  text: `
update profile set
  merged_into = incoming.merged_into,
  contested = incoming.contested,
  identifier_count = incoming.identifier_count,
  type_counts = incoming.type_counts::jsonb,
  first_seen_at = incoming.first_seen_at,
  rules_version = incoming.rules_version
from ${INCOMING} as incoming (profile_id, merged_into, contested, identifier_count, type_counts, first_seen_at, rules_version)
where profile.workspace_id = $1 and profile.profile_id = incoming.profile_id`,
};

/** Ids that had been retired into an absorbed profile point to its survivor, so that a look-up is one step however long the story. */
const REPOINT_RETIRED: Statement = {
  name: 'repoint_retired',
  text: `
update profile set merged_into = merge.survivor_id
from unnest($2::uuid[], $3::uuid[]) as merge (absorbed_id, survivor_id)
where profile.workspace_id = $1 and profile.merged_into = merge.absorbed_id`,
};

export function insertProfiles(workspaceId: number, profiles: readonly ProfileRecord[], createdAtMs: number): Call {
  return { statement: INSERT_PROFILES, values: [workspaceId, ...columns(profiles), new Date(createdAtMs)] };
}

export function updateProfiles(workspaceId: number, profiles: readonly ProfileRecord[]): Call {
  return { statement: UPDATE_PROFILES, values: [workspaceId, ...columns(profiles)] };
}

/** Takes the profiles that were retired in this batch, each with where it points in the end. */
export function repointRetired(workspaceId: number, retired: readonly { absorbedId: string; survivorId: string }[]): Call {
  const absorbed = encodeUuidArray(retired.map((row) => row.absorbedId));
  return { statement: REPOINT_RETIRED, values: [workspaceId, absorbed, encodeUuidArray(retired.map((row) => row.survivorId))] };
}

function columns(profiles: readonly ProfileRecord[]): Buffer[] {
  return [
    encodeUuidArray(profiles.map((row) => row.profileId)),
    encodeUuidArray(profiles.map((row) => row.mergedInto)),
    encodeBooleanArray(profiles.map((row) => row.contested)),
    encodeInt4Array(profiles.map((row) => row.identifierCount)),
    encodeTextArray(profiles.map((row) => JSON.stringify(row.typeCounts))),
    encodeTimestamptzArray(profiles.map((row) => row.firstSeenAtMs)),
    encodeInt4Array(profiles.map((row) => row.rulesVersion)),
  ];
}
