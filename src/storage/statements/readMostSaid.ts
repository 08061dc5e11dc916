import { INTERACTION_KINDS } from '../../kernel/vocabulary';
import { CALL_SPECS } from '../../timeline/specs/calls';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/**
 * Grain: one row a profile and trait that an identify message of it said: the value that the most messages said, between equals the one
 * said last. A profile is a run of identifiers, `first` to `last` (from 1) in the one list of all identifiers. Of each identifier its newest
 * interactions are looked at, so many and no more. Values are the same where they are equal as JSON, whatever the order of their keys. No locks.
 */
const READ_MOST_SAID: Statement = {
  name: 'read_most_said',
  text: `
with said as (
  select profile.ordinal, trait.key, entry.properties -> trait.key as value, entry.occurred_at, entry.message_id, entry.source_id
  from unnest($2::integer[], $3::integer[]) with ordinality as profile (first, last, ordinal)
  cross join lateral unnest(($4::bigint[])[profile.first:profile.last]) as owner (identifier_id)
  cross join lateral (
    select interaction.*
    from interaction
    where interaction.workspace_id = $1 and interaction.identifier_id = owner.identifier_id
    order by interaction.occurred_at desc, interaction.interaction_id desc
    limit $8
  ) as entry
  cross join unnest($5::text[]) as trait (key)
  where entry.kind = $6 and entry.name = $7 and entry.properties -> trait.key is not null
),
counted as (
  select distinct on (said.ordinal, said.key, said.value::jsonb)
    said.*, count(*) over (partition by said.ordinal, said.key, said.value::jsonb) as messages
  from said
  order by said.ordinal, said.key, said.value::jsonb, said.occurred_at desc, said.message_id collate "C" desc, said.source_id desc
)
select distinct on (counted.ordinal, counted.key)
  counted.ordinal::integer, counted.key, counted.value, counted.source_id, counted.occurred_at, counted.message_id
from counted
order by counted.ordinal, counted.key, counted.messages desc, counted.occurred_at desc, counted.message_id collate "C" desc, counted.source_id desc`,
};

/** Of each identifier: a count of all interactions would have no bound. */
const INTERACTIONS_LOOKED_AT = 100_000;

const IDENTIFY = CALL_SPECS.identify;

export type MostSaidRow = Row &
  readonly [ordinal: number, key: string, value: string, sourceId: number, occurredAtMs: number, messageId: string];

/** `profiles`: the identifiers of each; `ordinal` says which one a row is of, from 1. Values are JSON texts. */
export function readMostSaid(
  connections: WorkspaceConnections,
  workspaceId: number,
  asked: { readonly profiles: readonly (readonly string[])[]; readonly traits: readonly string[] },
): Promise<readonly MostSaidRow[]> {
  const first: number[] = [];
  const last: number[] = [];
  let length = 0;
  for (const identifierIds of asked.profiles) {
    first.push(length + 1);
    length += identifierIds.length;
    last.push(length);
  }
  const lists = [first, last, asked.profiles.flat(), asked.traits];
  const identify = [INTERACTION_KINDS.indexOf(IDENTIFY.kind), IDENTIFY.name];
  return connections.run<MostSaidRow>(workspaceId, READ_MOST_SAID, [workspaceId, ...lists, ...identify, INTERACTIONS_LOOKED_AT]);
}
