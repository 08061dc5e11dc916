import type { Pool } from 'pg';
import type { ComputedTraitRecord, SegmentReader, SegmentRecord } from '../../api/ports/segmentReader';
import type { Clock } from '../../kernel/clock';
import type { Json } from '../../kernel/json';
import type { SegmentDefinition } from '../../segments/definition';
import { parseComputedTrait } from '../../segments/parseComputedTrait';
import { parseDefinition } from '../../segments/parseDefinition';
import { refuseUnknownReferences } from '../../segments/references';
import type { SizeBasis } from '../../segments/sizeHistory';
import { readComputedTraits } from '../../storage/segments/computedTraitValues';
import { previewSegment } from '../../storage/segments/previewSegment';
import { listComputedTraits } from '../../storage/statements/listComputedTraits';
import { listMembers, type MovesRow, readMemberships, readMoves } from '../../storage/statements/readMembers';
import {
  countSegments,
  findSegmentByKey,
  findSegments,
  listSegments,
  readDefinitionNames,
  type SegmentDetails,
} from '../../storage/statements/readSegments';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { readFreshAt } from '../segments/freshness';
import { tellReasons } from '../segments/tellReasons';
import { type MergeTrialOptions, tryMerge } from '../segments/tryMerge';
import { grouped } from './groupedRows';

export interface SegmentReaderOptions extends MergeTrialOptions {
  /** Of the role throughline_app. */
  readonly pool: Pool;
  readonly clock: Clock;
}

export function segmentReader(connections: WorkspaceConnections, options: SegmentReaderOptions): SegmentReader {
  return {
    findSegments: async (workspaceId, segmentIds) => (await findSegments(connections, workspaceId, segmentIds)).map(recordOf),
    findSegmentByKey: async (workspaceId, key) => {
      const row = await findSegmentByKey(connections, workspaceId, key);
      return row && recordOf(row);
    },
    listSegments: async (workspaceId, page) => (await listSegments(connections, workspaceId, page)).map(recordOf),
    countSegments: (workspaceId) => countSegments(connections, workspaceId),
    listMembers: (workspaceId, pages) => listMembers(connections, workspaceId, pages),
    readMoves: async (workspaceId, segmentIds, { interval, ...window }) => {
      const asked = { ...window, interval: interval.toLowerCase() };
      return sizesBySegment(await readMoves(connections, workspaceId, segmentIds, asked));
    },
    readFreshAt: (workspaceId, segments) => freshAtById(connections, options.clock, workspaceId, segments),
    readMemberships: async (workspaceId, profileIds, atMs) => {
      const stored = await readMemberships(connections, workspaceId, profileIds, atMs);
      const rows = atMs === null ? await tellReasons(options.pool, workspaceId, stored, options.clock()) : stored;
      return grouped(rows, ([profileId, segmentId, enteredAtMs, reason]) => [profileId, { segmentId, enteredAtMs, reason }]);
    },
    listComputedTraits: async (workspaceId) => (await listComputedTraits(connections, workspaceId)).flatMap(traitOf),
    readComputedTraits: async (workspaceId, profileIds, traits, nowMs) => {
      const definitions = new Map(traits.map(({ key, definition }) => [key, definition]));
      const trackedEvents = new Map(
        traits.flatMap(({ tracked, isReady }) => (tracked && isReady ? [[tracked.eventKey, tracked.trackedEventId]] : [])),
      );
      const values = await readComputedTraits(connections, { workspaceId, profileIds, nowMs, trackedEvents, definitions });
      return new Map([...values].map(([profileId, own]) => [profileId, valuesOf(own)]));
    },
    previewSegment: async (workspaceId, json, nowMs) => {
      const definition = parseDefinition(json);
      const { segmentKeys, computedKeys } = await readDefinitionNames(connections, workspaceId);
      refuseUnknownReferences(definition, segmentKeys, computedKeys);
      return previewSegment(options.pool, workspaceId, definition, nowMs);
    },
    tryMerge: (workspaceId, profileIds) => tryMerge(options, workspaceId, profileIds),
  };
}

function recordOf(row: SegmentDetails): SegmentRecord {
  const [segmentId, key, name, description, definition, status, failure, size, createdAtMs, updatedAtMs] = row;
  return { segmentId, key, name, description, definition: JSON.parse(definition), status, failure, size, createdAtMs, updatedAtMs };
}

function sizesBySegment(rows: readonly MovesRow[]): ReadonlyMap<string, SizeBasis> {
  const sizes = new Map<string, SizeBasis>();
  for (const [segmentId, rowsOfSegment] of grouped(rows, (row) => [row[0], row])) {
    const moves = rowsOfSegment.flatMap(([, , stepMs, entered, left]) => (stepMs === null ? [] : [{ atMs: stepMs, entered, left }]));
    const later = rowsOfSegment.find(([, , stepMs]) => stepMs === null);
    const since = { entered: later?.[3] ?? 0, left: later?.[4] ?? 0 };
    sizes.set(segmentId, { size: rowsOfSegment[0]?.[1] ?? 0, since, moves });
  }
  return sizes;
}

async function freshAtById(
  connections: WorkspaceConnections,
  clock: Clock,
  workspaceId: number,
  segments: readonly SegmentRecord[],
): Promise<ReadonlyMap<string, number | null>> {
  const readable = segments.flatMap((segment) => {
    const definition = readSafely(segment.definition);
    return definition ? [{ ...segment, definition }] : [];
  });
  if (readable.length === 0) return new Map();
  const byKey = await readFreshAt(connections, clock, workspaceId, readable);
  return new Map(readable.map(({ segmentId, key }) => [segmentId, byKey.get(key) ?? null]));
}

/** What another version has let in may not be readable any more; then the segment has failed. */
function readSafely(json: Json): SegmentDefinition | null {
  try {
    return parseDefinition(json);
  } catch {
    return null;
  }
}

function traitOf([key, name, text, eventKey, trackedEventId, isReady]: Awaited<
  ReturnType<typeof listComputedTraits>
>[number]): ComputedTraitRecord[] {
  const json: Json = JSON.parse(text);
  const tracked = eventKey === null || trackedEventId === null ? null : { eventKey, trackedEventId };
  return [{ key, name, json, definition: parseComputedTrait(json), isReady, tracked }];
}

function valuesOf(own: Readonly<Record<string, { readonly value: Json }>>): Record<string, Json> {
  const values: Record<string, Json> = Object.create(null);
  for (const [key, { value }] of Object.entries(own)) if (value !== null) values[key] = value;
  return values;
}
