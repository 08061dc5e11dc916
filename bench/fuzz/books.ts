/** Asks the database as its owner, past every wall. */
export type Ask = <Row>(statement: string, values?: unknown[]) => Promise<Row[]>;

/** What became of the messages that were taken. Everything but `found` must be 0. */
export interface Books {
  /** Messages of which the server said that it took or refused them, and which are on a timeline or a dead letter. */
  readonly found: number;
  readonly missing: number;
  readonly inInbox: number;
  /** On a timeline more than once. */
  readonly twice: number;
}

const TOLD = `select i.message_id as id, count(*)::int as times from interaction i where i.message_id like 'fuzz-%' group by 1`;
const DEAD = `select distinct (regexp_matches(d.message::text, '"messageId" *: *"(fuzz-[0-9]+-[0-9]+-[0-9]+)"', 'g'))[1] as id from dead_letter d`;
const WAITING = 'select coalesce(sum(i.message_count), 0)::int as left from inbox i';

export async function booksOf(answered: ReadonlySet<string>, ask: Ask): Promise<Books> {
  const told = await ask<{ id: string; times: number }>(TOLD);
  const dead = await ask<{ id: string }>(DEAD);
  const [waiting] = await ask<{ left: number }>(WAITING);
  const known = new Set([...told, ...dead].map(({ id }) => id));
  const missing = [...answered].filter((id) => !known.has(id));
  return {
    found: answered.size - missing.length,
    missing: missing.length,
    inInbox: waiting?.left ?? 0,
    twice: told.filter(({ times }) => times > 1).length,
  };
}

export function areBalanced({ missing, inInbox, twice }: Books): boolean {
  return missing === 0 && inInbox === 0 && twice === 0;
}
