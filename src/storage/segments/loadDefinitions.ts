import type { ClientBase } from 'pg';
import type { Json, JsonObject } from '../../kernel/json';
import type { SurvivorshipRules } from '../../profile/survivorship';
import { survivorshipFromJson } from '../../profile/survivorshipFromJson';
import type { ComputedTrait } from '../../segments/computedTrait';
import { parseComputedTrait } from '../../segments/parseComputedTrait';
import { parseDefinition } from '../../segments/parseDefinition';
import type { Segment } from '../../segments/segment';
import { type Statement, send } from '../statements/statement';
import { loadTrackedEvents } from './loadTrackedEvents';
import type { NamedSegment, ReadingContext } from './readingContext';

/** One row: the workspace's rules, and its segments and computed traits as lists. */
const LOAD_DEFINITIONS: Statement = {
  name: 'load_definitions',
  text: `
select w.settings,
  (select coalesce(json_agg(json_build_object('segmentId', s.segment_id, 'key', s.key, 'name', s.name, 'status', s.status, 'definition', s.definition) order by s.key), '[]')
   from segment s where s.workspace_id = $1) as segments,
  (select coalesce(json_agg(json_build_object('key', c.key, 'name', c.name, 'definition', c.definition) order by c.key), '[]')
   from computed_trait c where c.workspace_id = $1) as computed_traits
from workspace w
where w.workspace_id = $1`,
};

export interface StoredSegment extends Segment {
  readonly segmentId: string;
  /** COMPUTING, LIVE or FAILED. */
  readonly status: string;
}

/** All that a reading needs to know of a workspace. */
export interface WorkspaceDefinitions {
  readonly survivorship: SurvivorshipRules;
  readonly segments: readonly StoredSegment[];
  readonly computedTraits: readonly ComputedTrait[];
  /** As `loadTrackedEvents` answers them. */
  readonly trackedEvents: ReadonlyMap<string, number>;
}

interface DefinitionsRow {
  settings: JsonObject;
  segments: { segmentId: string; key: string; name: string; status: string; definition: Json }[];
  computed_traits: { key: string; name: string; definition: Json }[];
}

/** Two statements. */
export async function loadDefinitions(client: ClientBase, workspaceId: number): Promise<WorkspaceDefinitions> {
  const [row] = await send<DefinitionsRow>(client, LOAD_DEFINITIONS, [workspaceId]);
  if (!row) throw new Error(`There is no workspace ${workspaceId}.`);
  return {
    survivorship: survivorshipFromJson(row.settings['survivorship']),
    segments: row.segments.map((segment) => ({ ...segment, definition: parseDefinition(segment.definition) })),
    computedTraits: row.computed_traits.map((trait) => ({ ...trait, definition: parseComputedTrait(trait.definition) })),
    trackedEvents: await loadTrackedEvents(client, workspaceId),
  };
}

/** Live segments are read by their memberships, others by their definitions. */
export function readingContextOf(
  { survivorship, segments, computedTraits, trackedEvents }: WorkspaceDefinitions,
  place: Pick<ReadingContext, 'workspaceId' | 'nowMs' | 'range'>,
): ReadingContext {
  const named = segments.map(({ key, segmentId, status, definition }): [string, NamedSegment] => {
    return [key, status === 'LIVE' ? { memberOf: segmentId } : { condition: definition.condition }];
  });
  return {
    ...place,
    survivorship,
    trackedEvents,
    computedTraits: new Map(computedTraits.map(({ key, definition }) => [key, definition])),
    segments: new Map(named),
  };
}
