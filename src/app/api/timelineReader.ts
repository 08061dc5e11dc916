import type { InteractionRecord, TimelinePoint, TimelineReader, TimelineSelection } from '../../api/ports/timelineReader';
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
import { countConversationWords, findConversationWords } from '../../storage/statements/findConversationWords';
import { findInteractions } from '../../storage/statements/findInteractions';
import type { InteractionFields } from '../../storage/statements/interactionText';
import { readFactInteractions } from '../../storage/statements/readFacts';
import { countTimelines, readTimelines, type TimelineConditions } from '../../storage/statements/readTimelines';
import { readTimelineWords } from '../../storage/statements/readTimelineWords';
import { parseTimestampText } from '../../storage/timestampText';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { SAID_KINDS } from '../../timeline/saidWords';

const SAID_KIND_INDEXES = [...SAID_KINDS].map((kind) => INTERACTION_KINDS.indexOf(kind));
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
/** No interaction is outside these years, and PostgreSQL reads no others in this form. */
const YEAR_1_MS = Date.UTC(2000, 0, 1) - 1999 * 365.2425 * 86_400_000;
const YEAR_9999_MS = Date.UTC(9999, 0, 1);

export function timelineReader(connections: WorkspaceConnections): TimelineReader {
  return {
    readTimelines: async (workspaceId, timelines, range) => {
      const conditions = { ...conditionsOf(timelines, range), limit: range.limit, end: range.end };
      const records: (readonly InteractionRecord[])[] = timelines.map(() => []);
      for (const { ordinal, interactions } of await readTimelines(connections, workspaceId, conditions)) {
        records[ordinal - 1] = interactions.map(interactionFromFields);
      }
      return records;
    },
    readTimelineWords: async (workspaceId, said, range) => {
      const asked = { ...said, saidKinds: SAID_KIND_INDEXES, limit: range.limit, end: range.end };
      const { byIndex, interactions } = await readTimelineWords(connections, workspaceId, asked, conditionsOf([], range));
      return { byIndex, records: interactions.map(interactionFromFields) };
    },
    countTimelines: async (workspaceId, timelines, selection) => {
      const counts = timelines.map(() => 0);
      for (const [ordinal, count] of await countTimelines(connections, workspaceId, conditionsOf(timelines, selection))) {
        counts[ordinal - 1] = count;
      }
      return counts;
    },
    readFacts: async (workspaceId, profiles, untilMs) => {
      const facts = await readFactInteractions(connections, workspaceId, { profiles, untilMs });
      return facts.map(({ interactions, ...said }) => ({ ...said, records: interactions.map(interactionFromFields) }));
    },
    findConversationWords: async (workspaceId, said, { olderThan, limit }) => {
      const page = { olderThan: bound(olderThan, ['infinity', LAST_ID]), limit };
      return (await findConversationWords(connections, workspaceId, said, page)).map(interactionFromFields);
    },
    countConversationWords: (workspaceId, said) => countConversationWords(connections, workspaceId, said),
    findInteractions: async (workspaceId, ids) => (await findInteractions(connections, workspaceId, ids)).map(interactionFromFields),
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

export function interactionFromFields(fields: InteractionFields): InteractionRecord {
  return {
    interactionId: fields.interactionId,
    identifierId: fields.identifierId,
    occurredAtMs: parseTimestampText(fields.occurredAt),
    receivedAtMs: parseTimestampText(fields.receivedAt),
    sourceId: fields.sourceId,
    kind: INTERACTION_KINDS[fields.kind] as InteractionKind,
    department: DEPARTMENTS[fields.department] as Department,
    channel: CHANNELS[fields.channel] as Channel,
    direction: DIRECTIONS[fields.direction] as Direction,
    name: fields.name,
    messageId: fields.messageId,
    subjectType: fields.subjectType,
    subjectId: fields.subjectId,
    properties: fields.properties ?? '{}',
  };
}
