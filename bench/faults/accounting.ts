/** What became of the messages that were acknowledged. Everything but `interactions` must be 0. */
export interface Accounting {
  readonly interactions: number;
  /** Acknowledged, and on no timeline. */
  readonly missing: number;
  /** On a timeline more than once. */
  readonly twice: number;
  /** Acknowledged, and left in the inbox. */
  readonly inInbox: number;
  /** Identifiers whose count of interactions is not the count of their interactions. */
  readonly miscounted: number;
  /** Interactions on no living profile. */
  readonly homeless: number;
  readonly deadLetters: number;
}

type Ask = (statement: string, values: unknown[]) => Promise<Accounting>;

const ACCOUNT = `
with acknowledged as (select distinct unnest($1::text[]) as message_id)
, told as (select i.message_id, count(*) as times from interaction i group by i.message_id)
, counted as (select i.workspace_id, i.identifier_id, count(*) as times from interaction i group by i.workspace_id, i.identifier_id)
select
  (select count(*)::int from interaction) as interactions,
  (select count(*)::int from acknowledged a where not exists (select from told where told.message_id = a.message_id)) as missing,
  (select count(*)::int from told where told.times > 1) as twice,
  (select coalesce(sum(i.message_count), 0)::int from inbox i) as "inInbox",
  (select count(*)::int from identifier i left join counted c using (workspace_id, identifier_id)
    where i.interactions <> coalesce(c.times, 0)) as miscounted,
  (select count(*)::int from interaction t where not exists (
    select from identifier i join profile p using (workspace_id, profile_id)
    where i.workspace_id = t.workspace_id and i.identifier_id = t.identifier_id and p.merged_into is null)) as homeless,
  (select count(*)::int from dead_letter) as "deadLetters"`;

/** Looks past every wall, as the database's owner. */
export function accountFor(acknowledged: readonly string[], ask: Ask): Promise<Accounting> {
  return ask(ACCOUNT, [acknowledged]);
}

/** The books as they must be after so many different messages. */
export function balanced(messages: number): Accounting {
  return { interactions: messages, missing: 0, twice: 0, inInbox: 0, miscounted: 0, homeless: 0, deadLetters: 0 };
}
