import type { Author } from './author';

export interface IngestionRecord {
  /** Messages. */
  readonly processed: number;
  readonly waiting: number;
  /** When the oldest waiting message was received; null where none waits. */
  readonly oldestWaitingAtMs: number | null;
  readonly messagesPerSecond: number;
  readonly updatedAtMs: number | null;
  /** Null where the identity rules were never changed. */
  readonly ruleChange: RuleChangeRecord | null;
}

/** How far profiles have been resolved anew since the identity rules were changed last. */
export interface RuleChangeRecord {
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
  readonly profilesExamined: number;
  readonly profilesTotal: number;
}

export interface DeadLetterRecord {
  readonly deadLetterId: string;
  readonly atMs: number;
  readonly code: string;
  readonly reason: string;
  readonly sourceId: number;
  /** JSON text of an object. */
  readonly message: string;
}

export interface DeadLetterPlace {
  readonly atMs: number;
  readonly deadLetterId: string;
}

export interface IngestionStore {
  readIngestion(workspaceId: number): Promise<IngestionRecord>;
  /** The first position still to be processed, as decimal text, or null where nothing waits. */
  readFirstPosition(workspaceId: number): Promise<string | null>;
  /** The latest first, those after the given one. */
  listDeadLetters(
    workspaceId: number,
    page: { readonly after: DeadLetterPlace | null; readonly limit: number },
  ): Promise<readonly DeadLetterRecord[]>;
  countDeadLetters(workspaceId: number): Promise<number>;
  findDeadLetter(workspaceId: number, deadLetterId: string): Promise<DeadLetterRecord | null>;
  /** Moves it back into the inbox, as a message or as the delivery of a webhook; false where it is gone already. At most one of two callers gets true. */
  retryDeadLetter(
    workspaceId: number,
    letter: { readonly deadLetterId: string; readonly isDelivery: boolean },
    author: Author,
  ): Promise<boolean>;
}
