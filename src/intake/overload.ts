import { Refusal } from '../kernel/refusals';

/** What a workspace has in its inbox. */
export interface Backlog {
  readonly workspaceId: number;
  readonly messages: number;
  readonly oldestReceivedAtMs: number;
}

export interface OverloadLimits {
  readonly maxMessages: number;
  readonly maxSeconds: number;
}

const MAX_RETRY_AFTER_SECONDS = 300;
/** Where nothing is known yet of how fast the inbox empties. */
const UNKNOWN_RETRY_AFTER_SECONDS = 5;

/** A refusal that says when to come back. */
export class Overloaded extends Refusal {
  constructor(readonly retryAfterSeconds: number) {
    super('OVERLOADED', `Processing is too far behind; send again in ${retryAfterSeconds} seconds.`);
  }
}

/**
 * In how many seconds (1 to 300) the inbox should be within its limits again; null while it is. `drainedPerSecond` is by how many
 * messages it shrinks, zero where that is not known.
 */
export function retryAfterSeconds(
  backlog: Omit<Backlog, 'workspaceId'>,
  limits: OverloadLimits,
  drainedPerSecond: number,
  nowMs: number,
): number | null {
  const excessMessages = backlog.messages - limits.maxMessages;
  const excessSeconds = (nowMs - backlog.oldestReceivedAtMs) / 1000 - limits.maxSeconds;
  if (excessMessages <= 0 && excessSeconds <= 0) return null;
  if (drainedPerSecond <= 0) return UNKNOWN_RETRY_AFTER_SECONDS;
  // The oldest messages are the next ones out: their share of the backlog has to go before the rest is young enough.
  const ageSeconds = Math.max(excessSeconds, 0) + limits.maxSeconds;
  const tooOld = excessSeconds <= 0 ? 0 : backlog.messages * (excessSeconds / ageSeconds);
  const seconds = Math.ceil(Math.max(excessMessages, tooOld) / drainedPerSecond);
  return Math.min(Math.max(seconds, 1), MAX_RETRY_AFTER_SECONDS);
}
