import type { Channel, Department, Direction, InteractionKind } from '../../kernel/vocabulary';

export interface InteractionRecord {
  readonly interactionId: string;
  readonly identifierId: string;
  readonly occurredAtMs: number;
  readonly receivedAtMs: number;
  readonly sourceId: number;
  readonly kind: InteractionKind;
  readonly department: Department;
  readonly channel: Channel;
  readonly direction: Direction;
  readonly name: string;
  readonly messageId: string;
  readonly subjectType: string | null;
  readonly subjectId: string | null;
  /** JSON text of an object. */
  readonly properties: string;
}

/** A place on a timeline, between its entries where no interaction has this id. */
export interface TimelinePoint {
  readonly occurredAtMs: number;
  readonly interactionId: string;
}

export interface TimelineSelection {
  readonly departments: readonly Department[] | null;
  readonly channels: readonly Channel[] | null;
  readonly kinds: readonly InteractionKind[] | null;
  readonly names: readonly string[] | null;
  /** Only what is strictly older, and strictly newer. Null: no bound. */
  readonly olderThan: TimelinePoint | null;
  readonly newerThan: TimelinePoint | null;
}

export interface TimelineRange extends TimelineSelection {
  readonly limit: number;
  /** From which end entries are taken, and in which order they come. */
  readonly end: 'newest' | 'oldest';
}

export interface FactRecords {
  readonly records: readonly InteractionRecord[];
  /** As the newest of them whose context says so: a locale such as en-GB, an IANA time zone. */
  readonly locale: string | null;
  readonly timezone: string | null;
}

export interface SaidWords {
  readonly words: readonly string[];
  readonly identifierIds: readonly string[] | null;
}

/** A piece of a timeline; `byIndex`: of the kinds that say something only what the index of words found is in it. */
export interface TimelineWordsRecords {
  readonly byIndex: boolean;
  readonly records: readonly InteractionRecord[];
}

export interface TimelineReader {
  /** For each list of identifiers the merged timeline of all of them. One statement, however many lists. */
  readTimelines(
    workspaceId: number,
    timelines: readonly (readonly string[])[],
    range: TimelineRange,
  ): Promise<readonly (readonly InteractionRecord[])[]>;
  /**
   * The merged timeline of these identifiers, but of what was said (`SAID_KINDS`) only where all of these words are in it, or words that begin so. By an
   * index, however long the timeline is. Where nobody ever said them on it, as `readTimelines` answers.
   */
  readTimelineWords(
    workspaceId: number,
    said: { readonly identifierIds: readonly string[]; readonly words: readonly string[] },
    range: TimelineRange,
  ): Promise<TimelineWordsRecords>;
  countTimelines(workspaceId: number, timelines: readonly (readonly string[])[], selection: TimelineSelection): Promise<readonly number[]>;
  /**
   * For each list of identifiers its facts (`factKinds`), at most the newest 5,000 and none after `untilMs`, in no particular order. One
   * statement, however many lists.
   */
  readFacts(workspaceId: number, timelines: readonly (readonly string[])[], untilMs: number | null): Promise<readonly FactRecords[]>;
  /**
   * Interactions in which somebody said all of these words, or words that begin so, the newest first: on one list of identifiers, or in the
   * whole workspace (null). By an index, however long timelines are.
   */
  findConversationWords(
    workspaceId: number,
    said: SaidWords,
    page: { readonly olderThan: TimelinePoint | null; readonly limit: number },
  ): Promise<readonly InteractionRecord[]>;
  countConversationWords(workspaceId: number, said: SaidWords): Promise<number>;
  /** Unknown ids are not in the answer. */
  findInteractions(workspaceId: number, interactionIds: readonly string[]): Promise<readonly InteractionRecord[]>;
}
