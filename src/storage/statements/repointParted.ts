import { encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/**
 * Retired ids that point to one of the profiles $2, between which identifiers were moved. With an undone merge $3 go back the ids that it repointed,
 * and stay those that its survivor had before it. Every other id follows the first of the identifiers that it had when it was last retired, of those
 * that are on one of the profiles. To be run after everything else of a decision.
 */
const REPOINT_PARTED: Statement = {
  name: 'repoint_parted',
  text: `
with undone as (
  select merge.survivor_id, merge.absorbed_id, merge.merged_at, merge.decision_id, merge.repointed_ids
  from profile_merge merge
  where merge.workspace_id = $1 and merge.merge_id = any($3::uuid[])
),
retired as (
  select old.profile_id, old.merged_into, last.merged_at, last.absorbed_identifier_ids
  from profile old
  cross join lateral (
    select merge.merged_at, merge.absorbed_identifier_ids
    from profile_merge merge
    where merge.workspace_id = $1 and merge.absorbed_id = old.profile_id and merge.undone_at is null
    order by merge.merged_at desc, merge.merge_id desc
    limit 1
  ) last
  where old.workspace_id = $1 and old.merged_into = any($2::uuid[])
),
returned as (
  select retired.profile_id, undone.absorbed_id as living_id
  from undone
  join retired on retired.profile_id = any(undone.repointed_ids)
  where undone.absorbed_id = any($2::uuid[])
),
led as (
  select retired.profile_id, place.living_id
  from retired
  cross join lateral (
    select identifier.profile_id as living_id
    from unnest(retired.absorbed_identifier_ids) with ordinality as held (identifier_id, position)
    join identifier on identifier.workspace_id = $1 and identifier.identifier_id = held.identifier_id
    where identifier.profile_id = any($2::uuid[])
    order by held.position
    limit 1
  ) place
  where not exists (select from returned where returned.profile_id = retired.profile_id)
    and not exists (
      select from undone
      where undone.decision_id is not null and undone.survivor_id = retired.merged_into and retired.merged_at < undone.merged_at)
),
pointers as (
  select returned.profile_id, returned.living_id from returned
  union all
  select led.profile_id, led.living_id from led
)
update profile set merged_into = pointers.living_id
from pointers
where profile.workspace_id = $1 and profile.profile_id = pointers.profile_id and profile.merged_into <> pointers.living_id`,
};

export function repointParted(workspaceId: number, profileIds: readonly string[], undoneMergeIds: readonly string[]): Call {
  return { statement: REPOINT_PARTED, values: [workspaceId, encodeUuidArray(profileIds), encodeUuidArray(undoneMergeIds)] };
}
