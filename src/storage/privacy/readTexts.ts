import type { ClientBase } from 'pg';
import { encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from '../statements/statement';

/** What is read to know whom it is about. */
export type TextStore = 'dead_letter' | 'audit_note';

interface Texts {
  /** Table and alias, joined with whatever tells the time. */
  readonly from: string;
  readonly key: string;
  readonly at: string;
  readonly json: string;
  readonly erase: string;
}

const STORES: Readonly<Record<TextStore, Texts>> = {
  dead_letter: {
    from: 'dead_letter as held',
    at: 'held.at',
    key: 'dead_letter_id',
    json: `json_build_object('message', held.message, 'reason', held.reason)`,
    erase: 'delete from dead_letter as held where held.workspace_id = $1 and held.dead_letter_id = any ($2::uuid[])',
  },
  audit_note: {
    from: 'audit_note as held join audit_entry entry on entry.workspace_id = held.workspace_id and entry.audit_id = held.audit_id',
    at: 'entry.at',
    key: 'audit_id',
    json: `json_build_object('target', entry.target, 'detail', entry.detail, 'note', held.note)`,
    erase: 'delete from audit_note as held where held.workspace_id = $1 and held.audit_id = any ($2::uuid[])',
  },
};

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Grain: one row of the store, in the order of their ids from $2 on, at most $3, of those from before $4. No locks. */
const READ: Readonly<Record<TextStore, Statement>> = {
  dead_letter: readStatement('dead_letter'),
  audit_note: readStatement('audit_note'),
};

function readStatement(store: TextStore): Statement {
  const { from, key, at, json } = STORES[store];
  return {
    name: `read_texts_of_${store}`,
    text: `
select held.${key} as id, ${json}::text as json, to_json(held)::text as row
from ${from}
where held.workspace_id = $1 and held.${key} > $2::uuid and ${at} <= $4::timestamptz
order by held.${key}
limit $3`,
  };
}

export interface StoredText {
  readonly id: string;
  /** JSON text of what may mention somebody. */
  readonly json: string;
  /** The whole row as JSON text. */
  readonly row: string;
}

/** `after`: null for the first page. */
export function readTexts(
  client: ClientBase,
  workspaceId: number,
  store: TextStore,
  page: { readonly after: string | null; readonly limit: number; readonly untilMs: number },
): Promise<readonly StoredText[]> {
  return send<{ id: string; json: string; row: string }>(client, READ[store], [
    workspaceId,
    page.after ?? BEFORE_ALL,
    page.limit,
    new Date(page.untilMs),
  ]);
}

/** Dead letters go; of the audit log the words beside an entry, of which it stays that something was done, by whom and when. */
export async function eraseTexts(client: ClientBase, workspaceId: number, store: TextStore, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await send(client, { name: `erase_texts_of_${store}`, text: STORES[store].erase }, [workspaceId, encodeUuidArray(ids)]);
}

const READ_MODEL: Statement = {
  name: 'read_model_text',
  text: 'select m.model::text as model from match_model m where m.workspace_id = $1',
};
const WRITE_MODEL: Statement = {
  name: 'write_erased_model',
  text: 'update match_model set model = $2::json where match_model.workspace_id = $1',
};

/** JSON text; null where there is none. */
export async function readMatchModelText(client: ClientBase, workspaceId: number): Promise<string | null> {
  const [row] = await send<{ model: string | null }>(client, READ_MODEL, [workspaceId]);
  return row?.model ?? null;
}

export async function writeMatchModelText(client: ClientBase, workspaceId: number, model: string): Promise<void> {
  await send(client, WRITE_MODEL, [workspaceId, model]);
}

/** One row: whether requests that were accepted up to $2 still wait. */
const IS_WAITING: Statement = {
  name: 'is_inbox_waiting',
  text: 'select exists (select from inbox i where i.workspace_id = $1 and i.position <= $2::bigint) as is_waiting',
};
const LAST_POSITION: Statement = {
  name: 'last_position_to_erase',
  text: 'select coalesce(max(i.position), 0)::text as position from inbox i where i.workspace_id = $1',
};

export async function isInboxWaiting(client: ClientBase, workspaceId: number, to: string): Promise<boolean> {
  const [row] = await send<{ is_waiting: boolean }>(client, IS_WAITING, [workspaceId, to]);
  return row?.is_waiting === true;
}

/** The last request that waits; 0 where none does. */
export async function lastWaitingPosition(client: ClientBase, workspaceId: number): Promise<string> {
  const [row] = await send<{ position: string }>(client, LAST_POSITION, [workspaceId]);
  return row?.position ?? '0';
}
