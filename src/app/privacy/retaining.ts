import type { ClientBase, Pool } from 'pg';
import type { Clock } from '../../kernel/clock';
import { type PrivacySettings, privacySettingsFromJson } from '../../kernel/privacySettings';
import type { Touch } from '../../measures/touches/touch';
import { encodeTouchChunk } from '../../measures/touches/touchChunk';
import { decodeMessageIds, decodeTouchColumns, touchesOf } from '../../measures/touches/touchColumns';
import { type NumberedChunk, takeTouchesToErase } from '../../storage/privacy/eraseTouches';
import {
  advanceRetention,
  deleteExpired,
  deleteExpiredLetters,
  loadPendingRetention,
  readOldChunks,
  takeRetentionProgress,
} from '../../storage/privacy/retention';
import { insertChangeNote } from '../../storage/statements/insertChangeNote';
import { insertTouchChunk } from '../../storage/statements/insertTouchChunk';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import { takeLane } from '../../storage/statements/lockLane';
import { markExperienceDue } from '../../storage/statements/markExperienceDue';
import { takeTrackedEventBackfill } from '../../storage/statements/settleTrackedEvent';
import { sendCall } from '../../storage/statements/statement';
import { inWorkspace } from '../../storage/workspaceTransaction';

const DAY_MS = 86_400_000;
/** A workspace is looked through again so long after the last time. */
const ROUND_MS = 3_600_000;
/** A run ends with the step that is under way by then; what is left is for the next one. */
const RUN_BUDGET_MS = 1_000;
const STEP_ENTRIES = 2_000;
const CHUNKS = 8;

export interface RetainingOptions {
  /** Of the role throughline_app. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly stepEntries?: number;
}

/**
 * Takes out of timelines what is older than the workspace keeps it, some thousands of entries at a time, found by the chunks of touches, which say when
 * what happened to whom. Whoever lost something is measured and judged anew, by what is left. Any number of processes may be at it.
 */
export class Retaining {
  private isStopping = false;

  constructor(private readonly options: RetainingOptions) {}

  /** Some steps, where there are any to do. */
  async run(): Promise<void> {
    const { pool, clock } = this.options;
    const untilMs = clock() + RUN_BUDGET_MS;
    for (const workspaceId of await loadPendingRetention(pool, clock() - ROUND_MS)) {
      while (!this.isOver(untilMs) && !(await this.step(workspaceId)));
      if (this.isOver(untilMs)) return;
    }
  }

  /** Lets a run end after its current step. */
  stop(): void {
    this.isStopping = true;
  }

  /** One step in one transaction. Answers whether nothing is left to do here. */
  step(workspaceId: number): Promise<boolean> {
    const { pool, clock, stepEntries = STEP_ENTRIES } = this.options;
    return inWorkspace(pool, workspaceId, 'changes', async (client) => {
      const lookedTo = await takeRetentionProgress(client, workspaceId);
      if (lookedTo === null) return true;
      const { settings } = await loadWorkspaceSettings(client, workspaceId);
      const step = { client, workspaceId, nowMs: clock(), stepEntries, settings: privacySettingsFromJson(settings['privacy']) };
      if (await expireLetters(step)) return false;
      return expireEntries(step, lookedTo);
    });
  }

  private isOver(untilMs: number): boolean {
    return this.isStopping || this.options.clock() >= untilMs;
  }
}

interface RetentionStep {
  readonly client: ClientBase;
  readonly workspaceId: number;
  readonly nowMs: number;
  readonly stepEntries: number;
  readonly settings: PrivacySettings;
}

/** Answers whether there may be more. */
async function expireLetters({ client, workspaceId, nowMs, stepEntries, settings: { deadLetterDays } }: RetentionStep): Promise<boolean> {
  if (deadLetterDays === null) return false;
  return (await deleteExpiredLetters(client, workspaceId, nowMs - deadLetterDays * DAY_MS, stepEntries)) === stepEntries;
}

/** Of the next chunks the first that has something to expire. Answers whether the round is over. */
async function expireEntries(step: RetentionStep, lookedTo: bigint): Promise<boolean> {
  const { client, workspaceId, nowMs, settings } = step;
  const shortestDays = Math.min(...settings.retentionDays.values());
  const beforeMs = settings.retentionDays.size === 0 ? 0 : nowMs - shortestDays * DAY_MS;
  const chunks = await readOldChunks(client, workspaceId, { after: lookedTo, beforeMs, limit: CHUNKS });
  let to = lookedTo;
  for (const chunk of chunks) {
    const touches = touchesOf(decodeTouchColumns(chunk.columns), decodeMessageIds(chunk.messageIds));
    const expired = touches.filter((touch) => isExpired(touch, settings, nowMs)).slice(0, step.stepEntries);
    if (expired.length > 0) {
      if (!(await takeTrackedEventBackfill(client, workspaceId))) return true;
      await expire(step, chunk, touches, expired);
      await advanceRetention(client, workspaceId, { lookedTo: chunk.chunkId, endedAtMs: null });
      return false;
    }
    to = chunk.chunkId;
  }
  const isOver = chunks.length < CHUNKS;
  await advanceRetention(client, workspaceId, isOver ? { lookedTo: 0n, endedAtMs: nowMs } : { lookedTo: to, endedAtMs: null });
  return isOver;
}

function isExpired({ kind, occurredAtMs }: Touch, { retentionDays }: PrivacySettings, nowMs: number): boolean {
  const days = retentionDays.get(kind);
  return days !== undefined && occurredAtMs < nowMs - days * DAY_MS;
}

/** The lane is held, as what workers count on identifiers changes. A chunk that went into a larger one meanwhile is found under that one's number. */
async function expire(
  { client, workspaceId, nowMs }: RetentionStep,
  chunk: NumberedChunk,
  touches: readonly Touch[],
  expired: readonly Touch[],
): Promise<void> {
  await takeLane(client, workspaceId, nowMs);
  if (!(await takeTouchesToErase(client, workspaceId, chunk.chunkId))) return;
  const gone = new Set(expired);
  const kept = touches.filter((touch) => !gone.has(touch));
  if (kept.length > 0) await sendCall(client, insertTouchChunk(workspaceId, encodeTouchChunk(kept), chunk.level));
  const profileIds = await deleteExpired(client, workspaceId, expired);
  await sendCall(client, markExperienceDue(workspaceId, profileIds, nowMs));
  await sendCall(client, insertChangeNote(workspaceId, { atMs: nowMs, profileIds: [], dueIds: profileIds, done: [], events: [] }));
}
