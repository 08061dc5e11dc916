/** What was shown to whom: profiles by a query, by an event of a subscription, or a whole segment by an export. */
export interface NotedRead {
  readonly workspaceId: number;
  /** The name of the API key. */
  readonly actor: string;
  readonly atMs: number;
  readonly action: 'read' | 'follow' | 'export';
  /** The public id of what was read as a whole; null where it is profiles. */
  readonly target: string | null;
  /** Names of the schema: the fields of the operation, and those that were read of profiles. */
  readonly fields: readonly string[];
  readonly profileFields: readonly string[];
  readonly profileIds: ReadonlySet<string>;
  /** Stored ids of identifiers whose profiles are meant, too. */
  readonly identifierIds: ReadonlySet<string>;
}

/** Who saw what. */
export interface ReadLog {
  /** Takes no time and never fails: it is written later, with others. */
  note(read: NotedRead): void;
}
