import type pg from 'pg';

/** Every row of every table, as text, by table: what a dump of the database would hold. */
export async function everythingSaid(owner: pg.Pool): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname not in ('pg_catalog', 'pg_toast', 'information_schema') and c.relkind in ('r', 'p') order by 1`,
  );
  const said = new Map<string, readonly string[]>();
  for (const { name } of tables) {
    const { rows } = await owner.query<{ row: string }>(
      `select t::text as row from ${name
        .split('.')
        .map((part) => `"${part}"`)
        .join('.')} t`,
    );
    said.set(
      name,
      rows.map(({ row }) => row + decoded(row)),
    );
  }
  return said;
}

/** Bytes stand in a dump as digits; what is text in them is read, too. */
function decoded(row: string): string {
  return [...row.matchAll(/\\\\?x([0-9a-f]{8,})/g)].map(([, digits]) => Buffer.from(digits as string, 'hex').toString('latin1')).join(' ');
}

/** `table: word` for each word that some row of a table holds, in whatever case, with ids also without their hyphens. */
export function tablesThatSay(said: ReadonlyMap<string, readonly string[]>, words: readonly string[]): string[] {
  const found: string[] = [];
  for (const [table, rows] of said) {
    const text = rows.join('\n').toLowerCase();
    const bare = text.replaceAll('-', '');
    for (const word of words) {
      const wanted = word.toLowerCase();
      if (text.includes(wanted) || (/^[0-9a-f]{32}$/.test(wanted) && bare.includes(wanted))) found.push(`${table}: ${word}`);
    }
  }
  return found;
}
