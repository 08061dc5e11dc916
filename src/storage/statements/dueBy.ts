/**
 * Grain: one row for each that `note` names as due, but for those that only did what nothing of theirs heeds. Whoever was not evaluated with the definitions
 * of this version is not left out: what they heed is not known.
 */
export const dueBy = (note: string, version: string): string => `
  select due.profile_id
  from unnest(${note}.due_ids) as due (profile_id)
  except
  select doer.profile_id
  from unnest(${note}.doer_ids, ${note}.done_event_ids) as doer (profile_id, tracked_event_id)
  left join segment_wake as known on known.workspace_id = $1 and known.profile_id = doer.profile_id and known.told_by = ${version}
  group by doer.profile_id
  having bool_and(known.heeded_event_ids is not null and not doer.tracked_event_id = any (known.heeded_event_ids))`;
