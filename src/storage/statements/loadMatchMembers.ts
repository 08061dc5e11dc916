import type { ClientBase } from 'pg';
import { encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/**
 * Grain: one row for each identifier by which a profile can be compared: one of which something was said, an e-mail address or a phone number. A
 * profile of more than $3 identifiers is no one person's record, and is left out. No locks.
 */
const LOAD_MATCH_MEMBERS: Statement = {
  name: 'load_match_members',
  text: `
select i.profile_id, p.type_counts, i.identifier_id::text as identifier_id, i.type, i.value, t.traits
from profile p
join identifier i on i.workspace_id = $1 and i.profile_id = p.profile_id
left join trait_state t on t.workspace_id = $1 and t.identifier_id = i.identifier_id
where p.workspace_id = $1 and p.profile_id = any($2::uuid[]) and p.merged_into is null and p.identifier_count <= $3
  and (t.identifier_id is not null or i.type in ('email', 'phone'))
order by i.profile_id, i.identifier_id`,
};

export interface MatchMember {
  readonly profileId: string;
  readonly typeCounts: Readonly<Record<string, number>>;
  readonly identifierId: bigint;
  readonly type: string;
  readonly value: string;
  /** As `encodeTraitState` has it, parsed; null where nothing was said of it. */
  readonly traits: object | null;
}

const MOST_IDENTIFIERS = 1000;

/** The rows of a profile stand together. */
export async function loadMatchMembers(client: ClientBase, workspaceId: number, profileIds: readonly string[]): Promise<MatchMember[]> {
  const rows = await send<{
    profile_id: string;
    type_counts: Record<string, number>;
    identifier_id: string;
    type: string;
    value: string;
    traits: object | null;
  }>(client, LOAD_MATCH_MEMBERS, [workspaceId, encodeUuidArray(profileIds), MOST_IDENTIFIERS]);
  return rows.map(({ profile_id: profileId, type_counts: typeCounts, identifier_id: id, type, value, traits }) => ({
    profileId,
    typeCounts,
    identifierId: BigInt(id),
    type,
    value,
    traits,
  }));
}
