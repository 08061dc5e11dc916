import type { MatchStatus } from '../../identity/matchStatus';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** One that was accepted is rejected once its join was revoked. */
const STATUS = `case when c.status = 'ACCEPTED' and join_of.revoked_at is not null then 'REJECTED' else c.status end`;

/** What the profile of an end holds. */
const typeCountsOf = (end: 'low_id' | 'high_id'): string => `(
  select p.type_counts
  from identifier i
  join profile p on p.workspace_id = $1 and p.profile_id = i.profile_id
  where i.workspace_id = $1 and i.identifier_id = c.${end})`;

const CANDIDATES = `
select c.candidate_id, c.low_id, c.high_id, c.weight, c.probability, c.comparisons, ${STATUS} as status, c.created_at, c.decided_at, c.decided_by,
  ${typeCountsOf('low_id')}, ${typeCountsOf('high_id')}
from match_candidate c
left join decision join_of on join_of.workspace_id = $1 and join_of.decision_id = c.decision_id`;

/** Nobody needs to decide on what messages have made one profile meanwhile. */
const WAITING = `
c.workspace_id = $1 and c.status = 'PENDING' and (
  select low.profile_id from identifier low where low.workspace_id = $1 and low.identifier_id = c.low_id
) <> (
  select high.profile_id from identifier high where high.workspace_id = $1 and high.identifier_id = c.high_id
)`;
const DECIDED = `c.workspace_id = $1 and c.status in ('ACCEPTED', 'REJECTED') and ${STATUS} = $3`;

/** Grain: one row a candidate of at least this probability, the most likely first, those after the given one. No locks. */
const pageOf = (condition: string): string => `${CANDIDATES}
where ${condition} and c.probability >= $2 and c.weight <= $4 and (c.weight < $4 or c.candidate_id > $5::uuid)
order by c.weight desc, c.candidate_id
limit $6`;

const LIST_WAITING_CANDIDATES: Statement = { name: 'list_waiting_candidates', text: pageOf(`${WAITING} and c.status = $3`) };
const LIST_DECIDED_CANDIDATES: Statement = { name: 'list_decided_candidates', text: pageOf(DECIDED) };

const countOf = (condition: string): string => `
select count(*)::float8
from match_candidate c
left join decision join_of on join_of.workspace_id = $1 and join_of.decision_id = c.decision_id
where ${condition} and c.probability >= $2`;

const COUNT_WAITING_CANDIDATES: Statement = { name: 'count_waiting_candidates', text: countOf(`${WAITING} and c.status = $3`) };
const COUNT_DECIDED_CANDIDATES: Statement = { name: 'count_decided_candidates', text: countOf(DECIDED) };

const FIND_MATCH_CANDIDATE: Statement = {
  name: 'find_match_candidate',
  text: `${CANDIDATES} where c.workspace_id = $1 and c.candidate_id = $2::uuid`,
};

export type MatchCandidateRow = Row &
  readonly [
    candidateId: string,
    lowId: string,
    highId: string,
    weight: number,
    probability: number,
    comparisons: string,
    status: MatchStatus,
    createdAtMs: number,
    decidedAtMs: number | null,
    decidedBy: string | null,
    lowTypeCounts: string,
    highTypeCounts: string,
  ];

export interface WantedCandidates {
  readonly status: MatchStatus;
  readonly minProbability: number;
}

export interface CandidatePlace {
  readonly weight: number;
  readonly candidateId: string;
}

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export function listMatchCandidates(
  connections: WorkspaceConnections,
  workspaceId: number,
  { status, minProbability }: WantedCandidates,
  page: { readonly after: CandidatePlace | null; readonly limit: number },
): Promise<readonly MatchCandidateRow[]> {
  const statement = status === 'PENDING' ? LIST_WAITING_CANDIDATES : LIST_DECIDED_CANDIDATES;
  const { weight, candidateId } = page.after ?? { weight: Number.POSITIVE_INFINITY, candidateId: BEFORE_ALL };
  const values = [workspaceId, minProbability, status, weight, candidateId, page.limit];
  return connections.run<MatchCandidateRow>(workspaceId, statement, values);
}

export async function countMatchCandidates(
  connections: WorkspaceConnections,
  workspaceId: number,
  { status, minProbability }: WantedCandidates,
): Promise<number> {
  const statement = status === 'PENDING' ? COUNT_WAITING_CANDIDATES : COUNT_DECIDED_CANDIDATES;
  const [row] = await connections.run<Row & readonly [number]>(workspaceId, statement, [workspaceId, minProbability, status]);
  return row?.[0] ?? 0;
}

export async function findMatchCandidate(
  connections: WorkspaceConnections,
  workspaceId: number,
  candidateId: string,
): Promise<MatchCandidateRow | null> {
  const [row] = await connections.run<MatchCandidateRow>(workspaceId, FIND_MATCH_CANDIDATE, [workspaceId, candidateId]);
  return row ?? null;
}
