/** SQL of statements that have the workspace as $1. */

/** One row (profile_id): who answers now for the profile that the expression names, however many merges away; none where it was erased. */
export const LIVING_PROFILE = (profileId: string): string => `
  with recursive up as (
    select p.profile_id, p.merged_into from profile p where p.workspace_id = $1 and p.profile_id = ${profileId}
    union all
    select p.profile_id, p.merged_into from up join profile p on p.workspace_id = $1 and p.profile_id = up.merged_into
  )
  select up.profile_id from up where up.merged_into is null`;

/** Whether any identifier of the living profile that the expression names is suppressed. */
export const SUPPRESSED = (profileId: string): string => `exists (
  select from identifier m
  join suppression s on s.workspace_id = $1 and s.identifier_id = m.identifier_id
  where m.workspace_id = $1 and m.profile_id = ${profileId})`;
