import type { ClientBase } from 'pg';
import type { Join, Labelled, StoredMerge } from '../../identity/decisionStore';
import type { LinkDecision } from '../../identity/identityStore';
import { encodeInt8Array } from '../binaryArrays';
import { type Statement, send } from './statement';

const MERGE_COLUMNS = `
  m.merge_id, (extract(epoch from m.merged_at) * 1000)::float8 as merged_ms, m.survivor_id, m.absorbed_id,
  m.absorbed_identifier_ids::text[] as absorbed_identifier_ids, m.evidence ->> 'lowId' as low_id, m.evidence ->> 'highId' as high_id,
  (extract(epoch from m.undone_at) * 1000)::float8 as undone_ms, m.decision_id`;

const LOAD_MERGE: Statement = {
  name: 'load_merge',
  text: `select ${MERGE_COLUMNS} from profile_merge m where m.workspace_id = $1 and m.merge_id = $2`,
};

/** One row for each merge that the profile took part in since then and that was not undone, in order. */
const LOAD_MERGES_SINCE: Statement = {
  name: 'load_merges_since',
  text: `
select ${MERGE_COLUMNS}
from profile_merge m
where m.workspace_id = $1 and (m.survivor_id = $2 or m.absorbed_id = $2) and m.merged_at >= $3 and m.undone_at is null
order by m.merged_at, m.merge_id`,
};

/** One row for each merge that the decided join brought about and that was not undone, in order. */
const LOAD_MERGES_OF: Statement = {
  name: 'load_merges_of',
  text: `
select ${MERGE_COLUMNS}
from profile_merge m
where m.workspace_id = $1 and m.decision_id = $2 and m.undone_at is null
order by m.merged_at, m.merge_id`,
};

/** One row for each join of these two that was not revoked. */
const LOAD_JOINS: Statement = {
  name: 'load_joins',
  text: `
select d.decision_id, (extract(epoch from d.decided_at) * 1000)::float8 as decided_ms, d.rule, d.probability
from decision d
where d.workspace_id = $1 and d.low_id = $2 and d.high_id = $3 and d.revoked_at is null`,
};

/** One row for each label that the join supersedes. */
const LOAD_SUPERSEDED: Statement = {
  name: 'load_superseded',
  text: `
select l.identifier_id::text as identifier_id, l.decision_id, l.side
from part_label l
where l.workspace_id = $1 and l.superseded_by = $2`,
};

const LOAD_CREATED_SINCE: Statement = {
  name: 'load_created_since',
  text: `
select i.identifier_id::text as identifier_id
from identifier i
where i.workspace_id = $1 and i.identifier_id = any($2::int8[]) and i.created_at >= $3`,
};

interface MergeRow {
  merge_id: string;
  merged_ms: number;
  survivor_id: string;
  absorbed_id: string;
  absorbed_identifier_ids: string[];
  low_id: string;
  high_id: string;
  undone_ms: number | null;
  decision_id: string | null;
}

export async function loadMerge(client: ClientBase, workspaceId: number, mergeId: string): Promise<StoredMerge | null> {
  const [row] = await send<MergeRow>(client, LOAD_MERGE, [workspaceId, mergeId]);
  return row ? mergeFromRow(row) : null;
}

export async function loadMergesSince(client: ClientBase, workspaceId: number, profileId: string, atMs: number): Promise<StoredMerge[]> {
  const rows = await send<MergeRow>(client, LOAD_MERGES_SINCE, [workspaceId, profileId, new Date(atMs)]);
  return rows.map(mergeFromRow);
}

export async function loadMergesOf(client: ClientBase, workspaceId: number, decisionId: string): Promise<StoredMerge[]> {
  const rows = await send<MergeRow>(client, LOAD_MERGES_OF, [workspaceId, decisionId]);
  return rows.map(mergeFromRow);
}

export async function loadJoins(client: ClientBase, workspaceId: number, ends: Pick<Join, 'lowId' | 'highId'>): Promise<Join[]> {
  const rows = await send<{ decision_id: string; decided_ms: number; rule: LinkDecision['rule']; probability: number | null }>(
    client,
    LOAD_JOINS,
    [workspaceId, String(ends.lowId), String(ends.highId)],
  );
  return rows.map((row) => ({
    ...ends,
    decisionId: row.decision_id,
    decision: { decidedAtMs: Math.round(row.decided_ms), rule: row.rule },
    probability: row.probability,
  }));
}

export async function loadSuperseded(client: ClientBase, workspaceId: number, joinId: string): Promise<Labelled[]> {
  const rows = await send<{ identifier_id: string; decision_id: string; side: 0 | 1 }>(client, LOAD_SUPERSEDED, [workspaceId, joinId]);
  return rows.map((row) => ({ identifierId: BigInt(row.identifier_id), label: { decisionId: row.decision_id, side: row.side } }));
}

export async function loadCreatedSince(client: ClientBase, workspaceId: number, ids: readonly bigint[], atMs: number): Promise<bigint[]> {
  const rows = await send<{ identifier_id: string }>(client, LOAD_CREATED_SINCE, [workspaceId, encodeInt8Array(ids), new Date(atMs)]);
  return rows.map((row) => BigInt(row.identifier_id));
}

function mergeFromRow(row: MergeRow): StoredMerge {
  return {
    mergeId: row.merge_id,
    mergedAtMs: Math.round(row.merged_ms),
    survivorId: row.survivor_id,
    absorbedId: row.absorbed_id,
    absorbedIdentifierIds: row.absorbed_identifier_ids.map(BigInt),
    lowId: BigInt(row.low_id),
    highId: BigInt(row.high_id),
    undoneAtMs: row.undone_ms === null ? null : Math.round(row.undone_ms),
    decisionId: row.decision_id,
  };
}
