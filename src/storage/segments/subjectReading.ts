import type { Statement } from '../statements/statement';
import type { Reading } from './readingContext';
import { rangeWiths } from './segmentReading';
import { SqlParameters } from './sqlParameters';

/** Whose values are read, and as of when. */
export interface Asked {
  readonly workspaceId: number;
  readonly profileIds: readonly string[];
  readonly nowMs: number;
  /** As `ReadingContext` has them. */
  readonly trackedEvents: ReadonlyMap<string, number>;
}

/** A reading of values for profiles of a list, with no definitions to read them against. */
export function bareReading({ workspaceId, profileIds, nowMs, trackedEvents }: Asked): {
  readonly withs: string;
  readonly reading: Reading;
} {
  const parameters = new SqlParameters();
  const context = {
    workspaceId,
    nowMs,
    range: { profileIds },
    survivorship: {},
    computedTraits: new Map(),
    trackedEvents,
    segments: new Map(),
  };
  const reading = { context, parameters, workspace: parameters.add(workspaceId, 'integer') };
  return { withs: rangeWiths(reading), reading };
}

/** Put together for what is asked, and not worth keeping on the connection. */
export function unnamed(text: string): Statement {
  return { name: '', text };
}
