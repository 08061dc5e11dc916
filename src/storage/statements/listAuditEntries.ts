import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** Null: whatever it is. */
export interface AuditSelection {
  readonly actor: string | null;
  readonly action: string | null;
  /** A public id that entries are about, whether it is their target or one of several. */
  readonly target: string | null;
  /** [from, to) */
  readonly from: string | null;
  readonly to: string | null;
}

const SELECTED = `
  audit_entry.workspace_id = $1
  and audit_entry.at >= $2::timestamptz and audit_entry.at < $3::timestamptz
  and ($4::text is null or audit_entry.actor = $4) and ($5::text is null or audit_entry.action = $5)`;

/** By an index of its own; of everything else time decides. */
const ABOUT = 'and audit_subjects(audit_entry.target, audit_entry.detail) @> array[$6::text]';
/** So that both forms take the same values. */
const ABOUT_ANYTHING = 'and $6::text is null';

/** Grain: one row an entry, the latest first, those after the given one; its note where that is still there. No locks. */
const list = (name: string, about: string): Statement => ({
  name,
  text: `
select audit_entry.audit_id, audit_entry.at, audit_entry.actor, audit_entry.action, audit_entry.target, audit_entry.detail,
  audit_entry.note_hash is not null, audit_note.note, audit_entry.sequence
from audit_entry
left join audit_note on audit_note.workspace_id = $1 and audit_note.audit_id = audit_entry.audit_id
where ${SELECTED} ${about} and (audit_entry.at, audit_entry.audit_id) < ($7::timestamptz, $8::uuid)
order by audit_entry.at desc, audit_entry.audit_id desc
limit $9`,
});

const count = (name: string, about: string): Statement => ({
  name,
  text: `
select count(*)::float8
from audit_entry
where ${SELECTED} ${about}`,
});

const LIST = { ofOne: list('list_audit_entries_of_one', ABOUT), ofAll: list('list_audit_entries', ABOUT_ANYTHING) };
const COUNT = { ofOne: count('count_audit_entries_of_one', ABOUT), ofAll: count('count_audit_entries', ABOUT_ANYTHING) };

const BEYOND_ALL = { at: 'infinity', auditId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** `note`: null where there was none or it was forgotten. `sequence`: null until it is sealed. */
export type AuditEntryRow = Row &
  readonly [
    auditId: string,
    atMs: number,
    actor: string,
    action: string,
    target: string | null,
    detail: string,
    hadNote: boolean,
    note: string | null,
    sequence: string | null,
  ];

export function listAuditEntries(
  connections: WorkspaceConnections,
  workspaceId: number,
  selection: AuditSelection,
  page: { readonly after: { readonly at: string; readonly auditId: string } | null; readonly limit: number },
): Promise<readonly AuditEntryRow[]> {
  const { at, auditId } = page.after ?? BEYOND_ALL;
  const statement = selection.target === null ? LIST.ofAll : LIST.ofOne;
  return connections.run<AuditEntryRow>(workspaceId, statement, [...valuesOf(workspaceId, selection), at, auditId, page.limit]);
}

export async function countAuditEntries(
  connections: WorkspaceConnections,
  workspaceId: number,
  selection: AuditSelection,
): Promise<number> {
  const statement = selection.target === null ? COUNT.ofAll : COUNT.ofOne;
  const [row] = await connections.run<Row & readonly [number]>(workspaceId, statement, valuesOf(workspaceId, selection));
  return row?.[0] ?? 0;
}

function valuesOf(workspaceId: number, { actor, action, target, from, to }: AuditSelection): readonly unknown[] {
  return [workspaceId, from ?? '-infinity', to ?? 'infinity', actor, action, target];
}
