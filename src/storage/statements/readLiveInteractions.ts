import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { INTERACTION_TEXT, type InteractionFields, readInteractionText } from './interactionText';
import type { TransactionRange } from './readLiveNotes';
import type { Statement } from './statement';

/**
 * Of these transactions, by the id that PostgreSQL keeps with each row: exact, however late a message was. That id has 32 bits; ages, which count back from
 * now, stay right when it starts anew. A row that a subtransaction wrote counts by the id of that.
 */
const OF_THESE_TRANSACTIONS = `
  age(entry.xmin) <= age((($2::bigint & 4294967295)::text)::xid) and age(entry.xmin) > age((($3::bigint & 4294967295)::text)::xid)`;

const IN_ORDER = `
  and (entry.received_at, entry.interaction_id) > ($5::timestamptz, $6::uuid)
order by entry.received_at, entry.interaction_id
limit $7`;

/**
 * Grain: one row an interaction of these profiles, in the order they were received. Goes through their timelines by the index, whose length is what it
 * costs. No locks.
 */
const OF_PROFILES: Statement = {
  name: 'read_live_interactions_of_profiles',
  text: `
select member.profile_id, ${INTERACTION_TEXT}
from unnest($4::uuid[]) as asked (profile_id)
join identifier as member on member.workspace_id = $1 and member.profile_id = asked.profile_id
join interaction as entry on entry.workspace_id = $1 and entry.identifier_id = member.identifier_id
where ${OF_THESE_TRANSACTIONS}${IN_ORDER}`,
};

/** As above, of all profiles: goes through what was received since $4, by the index over the places on disk. */
const OF_ALL: Statement = {
  name: 'read_live_interactions_of_all',
  text: `
select '', ${INTERACTION_TEXT}
from interaction as entry
where entry.workspace_id = $1 and entry.received_at >= $4::timestamptz and ${OF_THESE_TRANSACTIONS}${IN_ORDER}`,
};

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export interface ReceiptPlace {
  readonly receivedAtMs: number;
  readonly interactionId: string;
}

export interface LiveInteractionSelection extends TransactionRange {
  /** Living profiles; null: all. */
  readonly profileIds: readonly string[] | null;
  /** These transactions wrote nothing that was received before; asked for only where `profileIds` is null. */
  readonly receivedSinceMs: number;
  /** Strictly after it; null: from the first one on. */
  readonly after: ReceiptPlace | null;
  readonly limit: number;
}

export interface LiveInteraction {
  /** Null where all were asked for. */
  readonly profileId: string | null;
  readonly fields: InteractionFields;
}

export async function readLiveInteractions(
  connections: WorkspaceConnections,
  workspaceId: number,
  { from, to, profileIds, receivedSinceMs, after, limit }: LiveInteractionSelection,
): Promise<readonly LiveInteraction[]> {
  const whose = profileIds ?? new Date(receivedSinceMs);
  const place = [after === null ? '-infinity' : new Date(after.receivedAtMs), after?.interactionId ?? FIRST_ID];
  const values = [workspaceId, String(from), String(to), whose, ...place, limit];
  const statement = profileIds === null ? OF_ALL : OF_PROFILES;
  const rows = await connections.run<Row & readonly [profileId: string, text: string]>(workspaceId, statement, values);
  return rows.map(([profileId, text]) => ({ profileId: profileId || null, fields: readInteractionText(text) }));
}
