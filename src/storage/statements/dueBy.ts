/**
 * Grain: one row for each time that `note` names somebody who is due. Of those that did something and of whom nothing else is new, only whoever heeds it;
 * and whoever was not evaluated with the definitions of this version, for what they heed is not known.
 */
export const dueBy = (note: string, version: string): string => `
  select due.profile_id
  from unnest(${note}.due_ids) as due (profile_id)
  union all
  select doer.profile_id
  from unnest(${note}.doer_ids, ${note}.done_event_ids) as doer (profile_id, tracked_event_id)
  left join segment_wake as known on known.workspace_id = $1 and known.profile_id = doer.profile_id and known.told_by = ${version}
  where known.heeded_event_ids is null or doer.tracked_event_id = any (known.heeded_event_ids)`;
