import type { InteractionRecord, TimelinePoint, TimelineReader, TimelineSelection } from '../../api/ports';
import {
  CHANNELS,
  type Channel,
  DEPARTMENTS,
  type Department,
  DIRECTIONS,
  type Direction,
  INTERACTION_KINDS,
  type InteractionKind,
} from '../../kernel/vocabulary';
import { findInteractions } from '../../storage/statements/findInteractions';
import { countTimelines, readTimelines, type TimelineConditions, type TimelineRow } from '../../storage/statements/readTimelines';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
/** No interaction is outside these years, and PostgreSQL reads no others in this form. */
const YEAR_1_MS = Date.UTC(2000, 0, 1) - 1999 * 365.2425 * 86_400_000;
const YEAR_9999_MS = Date.UTC(9999, 0, 1);

export function timelineReader(connections: WorkspaceConnections): TimelineReader {
  return {
    readTimelines: async (workspaceId, timelines, range) => {
      const conditions = { ...conditionsOf(timelines, range), limit: range.limit, end: range.end };
      const records: InteractionRecord[][] = timelines.map(() => []);
      for (const row of await readTimelines(connections, workspaceId, conditions)) records[row[0] - 1]?.push(interactionFromRow(row));
      return records;
    },
    countTimelines: async (workspaceId, timelines, selection) => {
      const counts = timelines.map(() => 0);
      for (const [ordinal, count] of await countTimelines(connections, workspaceId, conditionsOf(timelines, selection))) {
        counts[ordinal - 1] = count;
      }
      return counts;
    },
    findInteractions: async (workspaceId, ids) => (await findInteractions(connections, workspaceId, ids)).map(interactionFromRow),
  };
}

function conditionsOf(timelines: readonly (readonly string[])[], selection: TimelineSelection): TimelineConditions {
  return {
    timelines,
    olderThan: bound(selection.olderThan, ['infinity', LAST_ID]),
    newerThan: bound(selection.newerThan, ['-infinity', FIRST_ID]),
    departments: indexes(selection.departments, DEPARTMENTS),
    channels: indexes(selection.channels, CHANNELS),
    kinds: indexes(selection.kinds, INTERACTION_KINDS),
    names: selection.names,
  };
}

function bound(point: TimelinePoint | null, none: readonly [string, string]): readonly [occurredAt: string, interactionId: string] {
  if (point === null) return none;
  if (point.occurredAtMs < YEAR_1_MS) return ['-infinity', point.interactionId];
  if (point.occurredAtMs >= YEAR_9999_MS) return ['infinity', point.interactionId];
  return [new Date(point.occurredAtMs).toISOString(), point.interactionId];
}

function indexes<Value>(values: readonly Value[] | null, vocabulary: readonly Value[]): readonly number[] | null {
  return values?.map((value) => vocabulary.indexOf(value)) ?? null;
}

function interactionFromRow(row: TimelineRow): InteractionRecord {
  return {
    interactionId: row[1],
    identifierId: row[2],
    occurredAtMs: row[3],
    receivedAtMs: row[4],
    sourceId: row[5],
    kind: INTERACTION_KINDS[row[6]] as InteractionKind,
    department: DEPARTMENTS[row[7]] as Department,
    channel: CHANNELS[row[8]] as Channel,
    direction: DIRECTIONS[row[9]] as Direction,
    name: row[10],
    messageId: row[11],
    subjectType: row[12],
    subjectId: row[13],
    properties: row[14] ?? '{}',
  };
}
