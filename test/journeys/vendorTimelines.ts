interface Timeline {
  readonly identifiers: readonly string[];
  /** Kind, department, channel, direction, subject and summary, sorted. */
  readonly lines: readonly string[];
}

/** What the payloads of test/fixtures/webhooks come to, by an identifier of each customer. */
export const TIMELINES: Readonly<Record<string, Timeline>> = {};
