import { encodeInt4Array, encodeTimestamptzArray, encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/**
 * Profiles that were evaluated wait for their next moment, or are due no more. One that was marked meanwhile stays as it is; one that is being marked at
 * this moment has its row locked, will be marked too, and is passed over, so that nobody waits.
 */
const FINISH_EXPERIENCE_DUE: Statement = {
  name: 'finish_experience_due',
  text: `
with done as (
  select d.profile_id, incoming.next_at
  from unnest($2::uuid[], $3::int4[], $4::timestamptz[]) as incoming (profile_id, marks, next_at)
  join experience_due d on d.workspace_id = $1 and d.profile_id = incoming.profile_id
  where d.marks = incoming.marks
  for update of d skip locked
),
waiting as (
  update experience_due set due_at = done.next_at
  from done
  where experience_due.workspace_id = $1 and experience_due.profile_id = done.profile_id and done.next_at is not null
)
delete from experience_due
using done
where experience_due.workspace_id = $1 and experience_due.profile_id = done.profile_id and done.next_at is null`,
};

export interface FinishedProfile {
  readonly profileId: string;
  /** As they were when its facts were read. */
  readonly marks: number;
  /** When its silence alone would change what is told of it; null where it can't. */
  readonly nextAtMs: number | null;
}

export function finishExperienceDue(workspaceId: number, profiles: readonly FinishedProfile[]): Call {
  return {
    statement: FINISH_EXPERIENCE_DUE,
    values: [
      workspaceId,
      encodeUuidArray(profiles.map(({ profileId }) => profileId)),
      encodeInt4Array(profiles.map(({ marks }) => marks)),
      encodeTimestamptzArray(profiles.map(({ nextAtMs }) => nextAtMs)),
    ],
  };
}
