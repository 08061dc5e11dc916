import type { ClientBase } from 'pg';
import { publicId } from '../../kernel/ids';
import { type Statement, send } from './statement';

/** Grain: one row a note that is gone: of entries about one of the profiles, and those that name one of the values. The entries stay as they are. */
const FORGET_AUDIT_NOTES: Statement = {
  name: 'forget_audit_notes',
  text: `
delete from audit_note
using audit_entry e
where audit_note.workspace_id = $1 and e.workspace_id = $1 and e.audit_id = audit_note.audit_id
  and (
    audit_subjects(e.target, e.detail) && $2::text[]
    or exists (select from unnest($3::text[]) as said (value) where position(lower(said.value) in lower(audit_note.note::text)) > 0))
returning 1 as one`,
};

/** A value that short stands in any text. */
const LEAST_CHARACTERS = 3;

/** For an erasure: the profiles with all ids they ever had, and what the customer was known by. Answers how many notes were forgotten. */
export async function forgetAuditNotes(
  client: ClientBase,
  workspaceId: number,
  { profileIds, values }: { readonly profileIds: readonly string[]; readonly values: readonly string[] },
): Promise<number> {
  const ids = profileIds.map((id) => publicId('Profile', id));
  // As they stand in the text of JSON.
  const texts = values.filter(({ length }) => length >= LEAST_CHARACTERS).map((value) => JSON.stringify(value).slice(1, -1));
  return (await send(client, FORGET_AUDIT_NOTES, [workspaceId, ids, texts])).length;
}
