import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

/** One row, locked before by who decides. */
const SETTLE_MATCH_CANDIDATE: Statement = {
  name: 'settle_match_candidate',
  text: `
update match_candidate set status = $3, decided_at = $4, decided_by = $5, decision_id = $6
where match_candidate.workspace_id = $1 and match_candidate.candidate_id = $2`,
};

export interface SettledCandidate {
  readonly candidateId: string;
  readonly status: 'ACCEPTED' | 'REJECTED';
  readonly atMs: number;
  /** The name of the API key, or of the rule. */
  readonly actor: string;
  /** The join that accepted it. */
  readonly decisionId: string | null;
}

export async function settleMatchCandidate(client: ClientBase, workspaceId: number, settled: SettledCandidate): Promise<void> {
  const { candidateId, status, atMs, actor, decisionId } = settled;
  await send(client, SETTLE_MATCH_CANDIDATE, [workspaceId, candidateId, status, new Date(atMs), actor, decisionId]);
}
