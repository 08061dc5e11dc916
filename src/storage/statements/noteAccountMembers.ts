import { encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row, none where nobody is a member: the memberships of all customers of these accounts may be others now. */
const NOTE_ACCOUNT_MEMBERS: Statement = {
  name: 'note_account_members',
  text: `
insert into change_note (workspace_id, at, profile_ids, due_ids)
select $1, $3::timestamptz, '{}', array_agg(distinct i.profile_id)
from account_member m
join identifier i on i.workspace_id = $1 and i.identifier_id = m.identifier_id
where m.workspace_id = $1 and m.account_id = any ($2::uuid[])
having count(*) > 0`,
};

/** To be sent when the identifiers and members of the batch are written. */
export function noteAccountMembers(workspaceId: number, accountIds: readonly string[], atMs: number): Call {
  return { statement: NOTE_ACCOUNT_MEMBERS, values: [workspaceId, encodeUuidArray(accountIds), new Date(atMs)] };
}
