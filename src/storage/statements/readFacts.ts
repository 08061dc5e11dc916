import type { ClientBase } from 'pg';
import { byTime, type Fact } from '../../measures/fact';
import { TOUCH_ONLY_CODES } from '../../measures/factKinds';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { FACT_TEXT, readFactTexts } from './factText';
import { INTERACTION_TEXT, type InteractionFields, readInteractionText } from './interactionText';
import type { Statement } from './statement';

/** A customer's measures are told from so many facts, the newest. */
export const MOST_FACTS = 5_000;

/**
 * Grain: one row a profile that has any, its facts in one text; the newest $6 of each. A profile is a run of identifiers, `first` to `last`
 * (from 1) in the one list of all of them. For each identifier a range of the index over facts is read, so touches cost nothing. No locks.
 */
const statementFor = (name: string, entry: string, columns: string): Statement => ({
  name,
  text: `
select profile.ordinal::integer, told.*
from unnest($2::integer[], $3::integer[]) with ordinality as profile (first, last, ordinal)
cross join lateral (
  select ${columns}
  from (
    select candidate.*
    from unnest(($4::bigint[])[profile.first:profile.last]) as owner (identifier_id)
    cross join lateral (
      select i.*
      from interaction i
      where i.workspace_id = $1 and i.identifier_id = owner.identifier_id and i.kind not in (${TOUCH_ONLY_CODES.join(', ')})
        and i.occurred_at <= to_timestamp($5::float8 / 1000)
      order by i.occurred_at desc, i.message_id collate "C" desc
      limit $6
    ) as candidate
    order by candidate.occurred_at desc, candidate.message_id collate "C" desc
    limit $6
  ) as ${entry}
) as told
where told.facts is not null`,
});

/** What the newest interaction that says anything of it says in its context. */
const lastSaid = (key: string) =>
  `(array_agg(entry.context ->> '${key}' order by entry.occurred_at desc) filter (where entry.context ->> '${key}' is not null))[1]`;

const READ_FACTS = statementFor('read_facts', 'fact', `string_agg(${FACT_TEXT}, e'\\x1e') as facts`);
const READ_FACT_INTERACTIONS = statementFor(
  'read_fact_interactions',
  'entry',
  `string_agg(${INTERACTION_TEXT}, e'\\x1e') as facts, ${lastSaid('locale')} as locale, ${lastSaid('timezone')} as timezone`,
);

export interface AskedFacts {
  /** For each profile the ids of all its identifiers. */
  readonly profiles: readonly (readonly string[])[];
  /** What happened up to then, then included; null for everything. */
  readonly untilMs: number | null;
}

const INTERACTION_SEPARATOR = '\x1e';

type FactRow = Row & readonly [ordinal: number, facts: string];

export interface FactInteractions {
  readonly interactions: readonly InteractionFields[];
  /** As the library of the newest of them that says so put it into the context. */
  readonly locale: string | null;
  readonly timezone: string | null;
}

const NONE: FactInteractions = { interactions: [], locale: null, timezone: null };

type FactInteractionsRow = Row & readonly [ordinal: number, facts: string, locale: string | null, timezone: string | null];

/** The same as `loadFacts` with all that a timeline shows of these interactions; in no particular order. */
export async function readFactInteractions(
  connections: WorkspaceConnections,
  workspaceId: number,
  asked: AskedFacts,
): Promise<readonly FactInteractions[]> {
  const found = asked.profiles.map(() => NONE);
  const rows = await connections.run<FactInteractionsRow>(workspaceId, READ_FACT_INTERACTIONS, valuesOf(workspaceId, asked));
  for (const [ordinal, texts, locale, timezone] of rows) {
    found[ordinal - 1] = { interactions: texts.split(INTERACTION_SEPARATOR).map(readInteractionText), locale, timezone };
  }
  return found;
}

/** For each profile asked for its facts in order (`byTime`), at most the newest `MOST_FACTS`. */
export async function loadFacts(client: ClientBase, workspaceId: number, asked: AskedFacts): Promise<readonly Fact[][]> {
  const { rows } = await client.query<FactRow & unknown[]>({ ...READ_FACTS, values: valuesOf(workspaceId, asked), rowMode: 'array' });
  const facts: Fact[][] = asked.profiles.map(() => []);
  for (const [ordinal, texts] of rows) facts[ordinal - 1] = readFactTexts(texts).sort(byTime);
  return facts;
}

function valuesOf(workspaceId: number, { profiles, untilMs }: AskedFacts): unknown[] {
  const first: number[] = [];
  const last: number[] = [];
  let length = 0;
  for (const identifierIds of profiles) {
    first.push(length + 1);
    length += identifierIds.length;
    last.push(length);
  }
  return [workspaceId, first, last, profiles.flat(), untilMs ?? 'infinity', MOST_FACTS];
}
