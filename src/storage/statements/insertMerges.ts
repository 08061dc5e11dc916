import type { MergeRecord } from '../../identity/identityStore';
import type { Call, Statement } from './statement';

/** One row a merge. Merges are few, so they travel as one JSON parameter; ids beyond 2^53 as text. */
const INSERT_MERGES: Statement = {
  name: 'insert_merges',
  text: `
insert into profile_merge (workspace_id, merge_id, merged_at, rule, actor, survivor_id, absorbed_id, absorbed_identifier_ids, evidence,
  decision_id, repointed_ids)
select $1, incoming.merge_id, $2, incoming.rule, incoming.actor, incoming.survivor_id, incoming.absorbed_id,
  array(select jsonb_array_elements_text(incoming.absorbed_identifier_ids)::int8), incoming.evidence, incoming.decision_id,
  case when incoming.decision_id is not null then array(
    select profile.profile_id from profile where profile.workspace_id = $1 and profile.merged_into = incoming.absorbed_id) end
from jsonb_to_recordset($3::jsonb) as incoming (
  merge_id uuid, rule text, actor text, survivor_id uuid, absorbed_id uuid, absorbed_identifier_ids jsonb, evidence json, decision_id uuid)`,
};

export function insertMerges(workspaceId: number, merges: readonly MergeRecord[], mergedAtMs: number): Call {
  const incoming = merges.map((merge) => ({
    merge_id: merge.mergeId,
    rule: merge.rule,
    actor: merge.actor,
    survivor_id: merge.survivorId,
    absorbed_id: merge.absorbedId,
    absorbed_identifier_ids: merge.absorbedIdentifierIds.map(String),
    evidence: { lowId: String(merge.evidence.lowId), highId: String(merge.evidence.highId), interactionId: merge.evidence.interactionId },
    decision_id: merge.decisionId,
  }));
  return { statement: INSERT_MERGES, values: [workspaceId, new Date(mergedAtMs), JSON.stringify(incoming)] };
}
