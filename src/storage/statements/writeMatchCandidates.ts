import type { ClientBase } from 'pg';
import { encodeInt8Array, encodeJsonArray, encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/**
 * One row a pair, by an identifier of each profile; a pair that waits already is weighed anew, a decided one and one that is one profile by now is left
 * alone. To be run holding the lane.
 */
const WRITE_MATCH_CANDIDATES: Statement = {
  name: 'write_match_candidates',
  text: `
insert into match_candidate (workspace_id, candidate_id, low_id, high_id, weight, probability, comparisons, status, created_at)
select $1, incoming.candidate_id, incoming.low_id, incoming.high_id, incoming.weight, incoming.probability, incoming.comparisons, 'PENDING', $8
from unnest($2::uuid[], $3::int8[], $4::int8[], $5::float8[], $6::float8[], $7::json[])
  as incoming (candidate_id, low_id, high_id, weight, probability, comparisons)
join identifier low on low.workspace_id = $1 and low.identifier_id = incoming.low_id
join identifier high on high.workspace_id = $1 and high.identifier_id = incoming.high_id
where low.profile_id <> high.profile_id
on conflict (workspace_id, low_id, high_id) do update
  set weight = excluded.weight, probability = excluded.probability, comparisons = excluded.comparisons
  where match_candidate.status = 'PENDING'`,
};

/** Pairs that nothing speaks for any more; decided ones stay. */
const WITHDRAW_MATCH_CANDIDATES: Statement = {
  name: 'withdraw_match_candidates',
  text: `
delete from match_candidate
where match_candidate.workspace_id = $1 and match_candidate.candidate_id = any($2::uuid[]) and match_candidate.status = 'PENDING'`,
};

/** Identifiers whose profiles were compared are due no more, unless they were changed meanwhile. */
const FINISH_MATCH_DUE: Statement = {
  name: 'finish_match_due',
  text: `
delete from match_due
using unnest($2::int8[], $3::int8[]) as done (identifier_id, generation)
where match_due.workspace_id = $1 and match_due.identifier_id = done.identifier_id and match_due.generation <= done.generation`,
};

/** A step is done. Where it took its profiles in the order of their ids, this is how far it came; not where the round was begun anew meanwhile. */
const ADVANCE_MATCHING: Statement = {
  name: 'advance_matching',
  text: `
update match_model set
  steps = match_model.steps + 1,
  examined_to = case when $2 and match_model.examined_to is not distinct from $3::uuid then $4::uuid else match_model.examined_to end,
  is_examined = match_model.is_examined or ($2 and match_model.examined_to is not distinct from $3::uuid and $4::uuid is null)
where match_model.workspace_id = $1`,
};

export interface NewCandidate {
  readonly candidateId: string;
  /** lowId < highId, as signed 64-bit integers. */
  readonly lowId: bigint;
  readonly highId: bigint;
  /** Log2 of the odds. */
  readonly weight: number;
  readonly probability: number;
  /** JSON text: a list of fields as `FieldComparison` has them. */
  readonly comparisons: string;
}

export async function writeMatchCandidates(
  client: ClientBase,
  workspaceId: number,
  candidates: readonly NewCandidate[],
  nowMs: number,
): Promise<void> {
  await send(client, WRITE_MATCH_CANDIDATES, [
    workspaceId,
    encodeUuidArray(candidates.map(({ candidateId }) => candidateId)),
    encodeInt8Array(candidates.map(({ lowId }) => lowId)),
    encodeInt8Array(candidates.map(({ highId }) => highId)),
    candidates.map(({ weight }) => weight),
    candidates.map(({ probability }) => probability),
    encodeJsonArray(candidates.map(({ comparisons }) => comparisons)),
    new Date(nowMs),
  ]);
}

export async function withdrawMatchCandidates(client: ClientBase, workspaceId: number, candidateIds: readonly string[]): Promise<void> {
  await send(client, WITHDRAW_MATCH_CANDIDATES, [workspaceId, encodeUuidArray(candidateIds)]);
}

export async function finishMatchDue(
  client: ClientBase,
  workspaceId: number,
  done: readonly { readonly identifierId: bigint; readonly generation: bigint }[],
): Promise<void> {
  const ids = encodeInt8Array(done.map(({ identifierId }) => identifierId));
  await send(client, FINISH_MATCH_DUE, [workspaceId, ids, encodeInt8Array(done.map(({ generation }) => generation))]);
}

/** `round`: null where the step took profiles that were due; `to` is null where no profile was left. */
export async function advanceMatching(
  client: ClientBase,
  workspaceId: number,
  round: { readonly from: string | null; readonly to: string | null } | null,
): Promise<void> {
  await send(client, ADVANCE_MATCHING, [workspaceId, round !== null, round?.from ?? null, round?.to ?? null]);
}
