import type { ClientBase } from 'pg';
import { encodeInt8Array, encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from '../statements/statement';
import { KEYED_STORES, type PersonalStore, STRAY_STORES, type Subject, TIMELINE_STORES } from './personalStores';

const IDENTIFIERS = 'select unnest(asked.identifiers) from asked';
const CUSTOMER: Subject = {
  identifiers: IDENTIFIERS,
  everyIdentifier: IDENTIFIERS,
  profiles: 'select unnest(asked.profiles) from asked',
  until: `'infinity'::timestamptz`,
};

interface ExportStatement {
  readonly table: string;
  readonly statement: Statement;
}

/** Grain: one row of the store, as JSON text. No locks. */
function exported({ table, holds }: PersonalStore, place: string): ExportStatement[] {
  return holds(CUSTOMER).map((condition, index) => ({
    table,
    statement: {
      name: `export_${table}_${place}_${index}`,
      text: `
with asked as materialized (select $2::bigint[] as identifiers, $3::uuid[] as profiles)
select to_json(held)::text as row from ${table} as held where held.workspace_id = $1 and (${condition})`,
    },
  }));
}

/** All that erasure finds by identifiers and profile ids. */
const EXPORTS: readonly ExportStatement[] = [
  ...KEYED_STORES.flatMap((store) => exported(store, 'keyed')),
  ...TIMELINE_STORES.flatMap((store) => exported(store, 'timeline')),
  ...STRAY_STORES.flatMap((store, index) => exported(store, `stray_${index}`)),
];

export interface ExportedCustomer {
  readonly identifierIds: readonly bigint[];
  readonly profileIds: readonly string[];
}

/** Rows as JSON text, by table; each row once. */
export async function exportStores(
  client: ClientBase,
  workspaceId: number,
  { identifierIds, profileIds }: ExportedCustomer,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, Set<string>>();
  for (const { table, statement } of EXPORTS) {
    const values = [workspaceId, encodeInt8Array(identifierIds), encodeUuidArray(profileIds)];
    const rows = await send<{ row: string }>(client, statement, values);
    const known = found.get(table) ?? new Set();
    for (const { row } of rows) known.add(row);
    found.set(table, known);
  }
  return new Map([...found].map(([table, rows]) => [table, [...rows]]));
}

/** Of notes only that they name the customer, as they name others, too. Grain: one row a note. */
const EXPORT_NOTES: Statement = {
  name: 'export_change_notes',
  text: `
select json_build_object('note_id', held.note_id, 'at', held.at)::text as row from change_note held
where held.workspace_id = $1 and (held.profile_ids || held.due_ids) && $2::uuid[]`,
};

/** Rows as JSON text. */
export async function exportChangeNotes(
  client: ClientBase,
  workspaceId: number,
  profileIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await send<{ row: string }>(client, EXPORT_NOTES, [workspaceId, encodeUuidArray(profileIds)]);
  return rows.map(({ row }) => row);
}

/** Grain: one request that waits, in the order of their positions. */
const READ_WAITING: Statement = {
  name: 'read_waiting_to_export',
  text: `
select i.position::text as position, convert_from(i.body, 'UTF8') as body from inbox i
where i.workspace_id = $1 and i.position > $2::bigint order by i.position limit $3`,
};

export function readWaiting(
  client: ClientBase,
  workspaceId: number,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly { readonly position: string; readonly body: string }[]> {
  return send(client, READ_WAITING, [workspaceId, page.after, page.limit]);
}

/** Grain: one row a profile: who answers for $2, then those that were merged into it. */
const FIND_PROFILES: Statement = {
  name: 'find_profiles_to_export',
  text: `
with recursive up as (
  select p.profile_id, p.merged_into from profile p where p.workspace_id = $1 and p.profile_id = $2
  union all
  select p.profile_id, p.merged_into from up join profile p on p.workspace_id = $1 and p.profile_id = up.merged_into
),
own as (
  select up.profile_id, 0 as depth from up where up.merged_into is null
  union all
  select p.profile_id, own.depth + 1 from own join profile p on p.workspace_id = $1 and p.merged_into = own.profile_id
)
select own.profile_id from own order by own.depth, own.profile_id`,
};

/** Grain: one row an identifier of the profile $2. */
const FIND_IDENTIFIERS: Statement = {
  name: 'find_identifiers_to_export',
  text: `
select i.identifier_id::text as identifier_id, i.type, i.value, (extract(epoch from i.first_seen_at) * 1000)::float8 as first_ms,
  (extract(epoch from i.last_seen_at) * 1000)::float8 as last_ms
from identifier i where i.workspace_id = $1 and i.profile_id = $2`,
};

export interface FoundIdentifier {
  readonly identifierId: bigint;
  readonly type: string;
  readonly value: string;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Null where there is no such profile. */
export async function findCustomerToExport(
  client: ClientBase,
  workspaceId: number,
  profileId: string,
): Promise<{ readonly profileIds: readonly string[]; readonly identifiers: readonly FoundIdentifier[] } | null> {
  const profiles = await send<{ profile_id: string }>(client, FIND_PROFILES, [workspaceId, profileId]);
  const [living] = profiles;
  if (!living) return null;
  type Row = { identifier_id: string; type: string; value: string; first_ms: number; last_ms: number };
  const identifiers = await send<Row>(client, FIND_IDENTIFIERS, [workspaceId, living.profile_id]);
  return {
    profileIds: profiles.map((row) => row.profile_id),
    identifiers: identifiers.map(({ identifier_id, type, value, first_ms, last_ms }) => {
      return { identifierId: BigInt(identifier_id), type, value, firstMs: first_ms, lastMs: last_ms };
    }),
  };
}
