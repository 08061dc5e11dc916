import type { ClientBase } from 'pg';
import type { MatchStatus } from '../../identity/matchStatus';
import { encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/** Grain: one row for each pair that an identifier of one of these profiles is an end of, with the profiles that both ends are on now. No locks. */
const LOAD_MATCH_CANDIDATES: Statement = {
  name: 'load_match_candidates',
  text: `
select distinct c.candidate_id, c.low_id::text as low_id, c.high_id::text as high_id, c.status,
  low.profile_id as low_profile_id, high.profile_id as high_profile_id
from identifier member
cross join lateral (
  select by_low.* from match_candidate by_low where by_low.workspace_id = $1 and by_low.low_id = member.identifier_id
  union all
  select by_high.* from match_candidate by_high where by_high.workspace_id = $1 and by_high.high_id = member.identifier_id
) as c
join identifier low on low.workspace_id = $1 and low.identifier_id = c.low_id
join identifier high on high.workspace_id = $1 and high.identifier_id = c.high_id
where member.workspace_id = $1 and member.profile_id = any($2::uuid[])`,
};

/** One row, locked until the transaction ends, with the profiles that both ends are on now. */
const LOCK_MATCH_CANDIDATE: Statement = {
  name: 'lock_match_candidate',
  text: `
select c.status, c.probability, low.profile_id as low_profile_id, high.profile_id as high_profile_id
from match_candidate c
join identifier low on low.workspace_id = $1 and low.identifier_id = c.low_id
join identifier high on high.workspace_id = $1 and high.identifier_id = c.high_id
where c.workspace_id = $1 and c.candidate_id = $2
for update of c`,
};

export interface StoredCandidate {
  readonly candidateId: string;
  readonly lowId: bigint;
  readonly highId: bigint;
  readonly status: MatchStatus;
  readonly lowProfileId: string;
  readonly highProfileId: string;
}

interface Row {
  candidate_id: string;
  low_id: string;
  high_id: string;
  status: MatchStatus;
  low_profile_id: string;
  high_profile_id: string;
}

export async function loadMatchCandidates(
  client: ClientBase,
  workspaceId: number,
  profileIds: readonly string[],
): Promise<StoredCandidate[]> {
  const rows = await send<Row>(client, LOAD_MATCH_CANDIDATES, [workspaceId, encodeUuidArray(profileIds)]);
  return rows.map((row) => ({
    candidateId: row.candidate_id,
    lowId: BigInt(row.low_id),
    highId: BigInt(row.high_id),
    status: row.status,
    lowProfileId: row.low_profile_id,
    highProfileId: row.high_profile_id,
  }));
}

export interface LockedCandidate extends Pick<StoredCandidate, 'status' | 'lowProfileId' | 'highProfileId'> {
  readonly probability: number;
}

export async function lockMatchCandidate(client: ClientBase, workspaceId: number, candidateId: string): Promise<LockedCandidate | null> {
  const [row] = await send<Row & { probability: number }>(client, LOCK_MATCH_CANDIDATE, [workspaceId, candidateId]);
  if (!row) return null;
  return { status: row.status, probability: row.probability, lowProfileId: row.low_profile_id, highProfileId: row.high_profile_id };
}
