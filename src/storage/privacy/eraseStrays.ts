import type { ClientBase } from 'pg';
import { type Statement, send } from '../statements/statement';
import { WHOLE_CUSTOMER } from './erasureSubject';
import { STRAY_STORES } from './personalStores';

interface StrayStatements {
  readonly table: string;
  readonly find: Statement;
  readonly clean: Statement;
}

/** Rows are named by their key as the text of an array. */
const STATEMENTS: readonly StrayStatements[] = STRAY_STORES.map(({ table, key, holds, set }, index) => {
  const columns = key.map((column) => `held.${column}`).join(', ');
  const typed = key.map((column, place) => `($3::text[])[${place + 1}]::${typeOf(column)}`).join(', ');
  const named = key.map((column, place) => `(asked.key::text[])[${place + 1}]::${typeOf(column)}`).join(', ');
  const isAsked = `(${columns}) in (select ${named} from unnest($3::text[]) as asked (key))`;
  const condition = holds(WHOLE_CUSTOMER).join(' or ');
  return {
    table,
    find: {
      name: `find_strays_${index}`,
      text: `
select page.key, page.is_theirs from (
  select array[${key.map((column) => `held.${column}::text`).join(', ')}] as key, coalesce(${condition}, false) as is_theirs
  from ${table} as held
  where held.workspace_id = $1 and ($3::text[] is null or (${columns}) > (${typed}))
  order by ${columns}
  limit $4
) as page`,
    },
    clean: {
      name: `clean_strays_${index}`,
      text:
        set === null
          ? `delete from ${table} as held where held.workspace_id = $1 and $2::uuid is not null and ${isAsked}`
          : `update ${table} as held set ${set(WHOLE_CUSTOMER)} where held.workspace_id = $1 and $2::uuid is not null and ${isAsked}`,
    },
  };
});

function typeOf(column: string): string {
  return column === 'identifier_id' ? 'bigint' : 'uuid';
}

/** How many kinds of strays there are. */
export const STRAY_KINDS = STATEMENTS.length;

export interface StrayPage {
  readonly table: string;
  /** Of the rows in which the customer is named. */
  readonly keys: readonly (readonly string[])[];
  /** Null after the last page. */
  readonly next: readonly string[] | null;
}

/** Looks through some rows of a kind of strays, in the order of their keys; a page costs the same however many name the customer. */
export async function findStrays(
  client: ClientBase,
  workspaceId: number,
  erasureId: string,
  page: { readonly kind: number; readonly after: readonly string[] | null; readonly limit: number },
): Promise<StrayPage> {
  const { table, find } = STATEMENTS[page.kind] as StrayStatements;
  type Row = { key: string[]; is_theirs: boolean };
  const rows = await send<Row>(client, find, [workspaceId, erasureId, page.after, page.limit]);
  const isLast = rows.length < page.limit;
  return { table, keys: rows.flatMap((row) => (row.is_theirs ? [row.key] : [])), next: isLast ? null : (rows.at(-1)?.key ?? null) };
}

export async function cleanStrays(
  client: ClientBase,
  workspaceId: number,
  erasureId: string,
  { kind, keys }: { readonly kind: number; readonly keys: readonly (readonly string[])[] },
): Promise<void> {
  const { clean } = STATEMENTS[kind] as StrayStatements;
  await send(client, clean, [workspaceId, erasureId, keys.map((key) => `{${key.join(',')}}`)]);
}
