/** SQL of statements that have the workspace as $1. */

/** One row (profile_id): who answers now for the profile that the expression names, however many merges away; none where it was erased. */
export const LIVING_PROFILE = (profileId: string): string => `
  with recursive up as (
    select p.profile_id, p.merged_into from profile p where p.workspace_id = $1 and p.profile_id = ${profileId}
    union all
    select p.profile_id, p.merged_into from up join profile p on p.workspace_id = $1 and p.profile_id = up.merged_into
  )
  select up.profile_id from up where up.merged_into is null`;

/** The profiles $2 (asked_id) and all that they were merged into since, step by step (profile_id); where merged_into is null, who answers now. */
export const ASKED_PROFILES = `with recursive asked as (
  select profile.profile_id as asked_id, profile.profile_id, profile.merged_into
  from profile
  where profile.workspace_id = $1 and profile.profile_id = any ($2::uuid[])
  union all
  select asked.asked_id, profile.profile_id, profile.merged_into
  from asked
  join profile on profile.workspace_id = $1 and profile.profile_id = asked.merged_into
)`;

/** Whether any identifier of the living profile that the expression names is suppressed. */
export const SUPPRESSED = (profileId: string): string => `exists (
  select from identifier m
  join suppression s on s.workspace_id = $1 and s.identifier_id = m.identifier_id
  where m.workspace_id = $1 and m.profile_id = ${profileId})`;
