import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { SegmentStatus } from './loadSegmentDefinitions';
import type { Statement } from './statement';

const SEGMENT = 's.segment_id, s.key, s.name, s.description, s.definition, s.status, s.failure, s.size, s.created_at, s.updated_at';

/** Grain: one row a segment that was asked for. No locks. */
const FIND_SEGMENTS: Statement = {
  name: 'find_segments',
  text: `select ${SEGMENT} from segment s where s.workspace_id = $1 and s.segment_id = any ($2::uuid[])`,
};

const FIND_SEGMENT_BY_KEY: Statement = {
  name: 'find_segment_by_key',
  text: `select ${SEGMENT} from segment s where s.workspace_id = $1 and s.key = $2`,
};

/** Grain: one row a segment, by its key, those after the given one. No locks. */
const LIST_SEGMENTS: Statement = {
  name: 'list_segments',
  text: `select ${SEGMENT} from segment s where s.workspace_id = $1 and s.key > $2 order by s.key limit $3`,
};

const COUNT_SEGMENTS: Statement = {
  name: 'count_segments',
  text: 'select count(*)::integer from segment s where s.workspace_id = $1',
};

/** One row: all keys that a definition may name. */
const READ_NAMES: Statement = {
  name: 'read_definition_names',
  text: `
select (select coalesce(json_agg(s.key), '[]') from segment s where s.workspace_id = $1),
  (select coalesce(json_agg(c.key), '[]') from computed_trait c where c.workspace_id = $1)`,
};

/** Times as milliseconds, the definition as JSON text. */
export type SegmentDetails = Row &
  readonly [
    segmentId: string,
    key: string,
    name: string,
    description: string | null,
    definition: string,
    status: SegmentStatus,
    failure: string | null,
    size: number,
    createdAtMs: number,
    updatedAtMs: number,
  ];

export function findSegments(
  connections: WorkspaceConnections,
  workspaceId: number,
  segmentIds: readonly string[],
): Promise<readonly SegmentDetails[]> {
  return connections.run<SegmentDetails>(workspaceId, FIND_SEGMENTS, [workspaceId, segmentIds]);
}

export async function findSegmentByKey(
  connections: WorkspaceConnections,
  workspaceId: number,
  key: string,
): Promise<SegmentDetails | null> {
  const [row] = await connections.run<SegmentDetails>(workspaceId, FIND_SEGMENT_BY_KEY, [workspaceId, key]);
  return row ?? null;
}

/** `after`: a key; null: from the first on. */
export function listSegments(
  connections: WorkspaceConnections,
  workspaceId: number,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly SegmentDetails[]> {
  return connections.run<SegmentDetails>(workspaceId, LIST_SEGMENTS, [workspaceId, after ?? '', limit]);
}

export async function countSegments(connections: WorkspaceConnections, workspaceId: number): Promise<number> {
  const [row] = await connections.run<Row & readonly [number]>(workspaceId, COUNT_SEGMENTS, [workspaceId]);
  return row?.[0] ?? 0;
}

export async function readDefinitionNames(
  connections: WorkspaceConnections,
  workspaceId: number,
): Promise<{ readonly segmentKeys: ReadonlySet<string>; readonly computedKeys: ReadonlySet<string> }> {
  const [row] = await connections.run<Row & readonly [string, string]>(workspaceId, READ_NAMES, [workspaceId]);
  const [segmentKeys, computedKeys] = row ?? ['[]', '[]'];
  return { segmentKeys: new Set(JSON.parse(segmentKeys)), computedKeys: new Set(JSON.parse(computedKeys)) };
}
