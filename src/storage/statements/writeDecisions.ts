import type { Join, Labelled, Part } from '../../identity/decisionStore';
import { encodeInt2Array, encodeInt8Array, encodeTextArray, encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row a decision. Joins of one request are few, those that a split needs may be as many as a giant has devices. */
const INSERT_DECISIONS: Statement = {
  name: 'insert_decisions',
  text: `
insert into decision (workspace_id, decision_id, kind, decided_at, rule, actor, low_id, high_id, probability)
select $1, incoming.decision_id, incoming.kind, $2, incoming.rule, $3, incoming.low_id, incoming.high_id, incoming.probability
from unnest($4::uuid[], $5::text[], $6::text[], $7::int8[], $8::int8[], $9::float8[])
  as incoming (decision_id, kind, rule, low_id, high_id, probability)`,
};

/** One row for each identifier and parting. */
const INSERT_LABELS: Statement = {
  name: 'insert_labels',
  text: `
insert into part_label (workspace_id, decision_id, identifier_id, side)
select $1, $2, incoming.* from unnest($3::int8[], $4::int2[]) as incoming`,
};

/** Labels that are in force until now, each put out of force by a join. */
const SUPERSEDE_LABELS: Statement = {
  name: 'supersede_labels',
  text: `
update part_label set superseded_by = incoming.join_id
from unnest($2::int8[], $3::uuid[], $4::uuid[]) as incoming (identifier_id, decision_id, join_id)
where part_label.workspace_id = $1 and part_label.identifier_id = incoming.identifier_id
  and part_label.decision_id = incoming.decision_id`,
};

/** The labels that the joins superseded are in force again. */
const REVOKE_JOINS: Statement = {
  name: 'revoke_joins',
  text: `
with revoked as (
  update decision set revoked_at = $3
  where decision.workspace_id = $1 and decision.decision_id = any($2::uuid[])
)
update part_label set superseded_by = null
where part_label.workspace_id = $1 and part_label.superseded_by = any($2::uuid[])`,
};

const UNDO_MERGES: Statement = {
  name: 'undo_merges',
  text: `
update profile_merge set undone_at = $3
where profile_merge.workspace_id = $1 and profile_merge.merge_id = any($2::uuid[])`,
};

export interface Decided {
  readonly atMs: number;
  readonly actor: string;
  readonly rule: string;
}

export function insertDecisions(
  workspaceId: number,
  decisions: { joins: readonly Join[]; parts: readonly Part[] },
  decided: Decided,
): Call {
  const joins = decisions.joins.map(({ decision: { rule }, ...join }) => ({ ...join, kind: 'JOIN', rule }));
  const nothingLinked = { kind: 'PART', rule: decided.rule, lowId: null, highId: null, probability: null };
  const rows = [...joins, ...decisions.parts.map(({ decisionId }) => ({ decisionId, ...nothingLinked }))];
  return {
    statement: INSERT_DECISIONS,
    values: [
      workspaceId,
      new Date(decided.atMs),
      decided.actor,
      encodeUuidArray(rows.map(({ decisionId }) => decisionId)),
      encodeTextArray(rows.map(({ kind }) => kind)),
      encodeTextArray(rows.map(({ rule }) => rule)),
      encodeInt8Array(rows.map(({ lowId }) => lowId)),
      encodeInt8Array(rows.map(({ highId }) => highId)),
      rows.map(({ probability }) => probability),
    ],
  };
}

export function insertLabels(workspaceId: number, { decisionId, sides }: Part): Call {
  const ids = encodeInt8Array(sides.map(({ identifierId }) => identifierId));
  return { statement: INSERT_LABELS, values: [workspaceId, decisionId, ids, encodeInt2Array(sides.map(({ side }) => side))] };
}

export function supersedeLabels(workspaceId: number, labels: readonly (Labelled & { readonly joinId: string })[]): Call {
  return {
    statement: SUPERSEDE_LABELS,
    values: [
      workspaceId,
      encodeInt8Array(labels.map(({ identifierId }) => identifierId)),
      encodeUuidArray(labels.map(({ label }) => label.decisionId)),
      encodeUuidArray(labels.map(({ joinId }) => joinId)),
    ],
  };
}

export function revokeJoins(workspaceId: number, joinIds: readonly string[], atMs: number): Call {
  return { statement: REVOKE_JOINS, values: [workspaceId, encodeUuidArray(joinIds), new Date(atMs)] };
}

export function undoMerges(workspaceId: number, mergeIds: readonly string[], atMs: number): Call {
  return { statement: UNDO_MERGES, values: [workspaceId, encodeUuidArray(mergeIds), new Date(atMs)] };
}
