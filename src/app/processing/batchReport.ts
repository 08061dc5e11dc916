/** What came of one batch, once it is on disk. */
export interface BatchReport extends BatchFigures {
  readonly workspaceId: number;
  readonly messages: number;
  readonly deadLetters: number;
  /** From when the oldest message of the batch was received until the batch was on disk. */
  readonly lagMs: number;
  readonly writtenAtMs: number;
}

/** What is known of a batch before it is written. */
export interface BatchFigures {
  readonly duplicates: number;
  /** When it was taken out of the inbox, and when it was decided what it comes to. */
  readonly startedAtMs: number;
  readonly decidedAtMs: number;
  /** Of its requests that belong to a trace. */
  readonly traced: readonly TracedRequest[];
  readonly oldestMs: number;
}

/** A request in the inbox that is part of a trace. */
export interface TracedRequest {
  /** W3C trace context. */
  readonly traceparent: string;
  readonly receivedAtMs: number;
}

/** `entries`: what the batch is made of, the oldest first. */
export function batchFigures(
  duplicates: number,
  entries: readonly { readonly receivedAtMs: number; readonly traceparent?: string | null }[],
  { startedAtMs, decidedAtMs }: Pick<BatchFigures, 'startedAtMs' | 'decidedAtMs'>,
): BatchFigures {
  const traced = entries.flatMap(({ traceparent, receivedAtMs }) => (traceparent ? [{ traceparent, receivedAtMs }] : []));
  return { duplicates, startedAtMs, decidedAtMs, traced, oldestMs: entries[0]?.receivedAtMs ?? startedAtMs };
}
