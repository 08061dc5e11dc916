import { encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row a profile, in the order of their ids, so that two who mark wait for one another and never both. */
const MARK_EXPERIENCE_DUE: Statement = {
  name: 'mark_experience_due',
  text: `
insert into experience_due (workspace_id, profile_id, due_at, marks)
select $1, incoming.profile_id, $3, 1
from unnest($2::uuid[]) as incoming (profile_id)
on conflict (workspace_id, profile_id) do update
  set due_at = least(experience_due.due_at, excluded.due_at), marks = experience_due.marks + 1`,
};

/** These profiles are to be evaluated from now on. Each at most once. */
export function markExperienceDue(workspaceId: number, profileIds: readonly string[], nowMs: number): Call {
  return { statement: MARK_EXPERIENCE_DUE, values: [workspaceId, encodeUuidArray([...profileIds].sort()), new Date(nowMs)] };
}
