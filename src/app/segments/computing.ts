import type { ClientBase } from 'pg';
import type { Clock, NewId } from '../../kernel/clock';
import { Refusal } from '../../kernel/refusals';
import { loadProfilesAfter } from '../../storage/statements/loadMatchWork';
import { type ComputingSegment, loadComputingSegments } from '../../storage/statements/loadSegmentPage';
import { recordChanges } from '../../storage/statements/recordChanges';
import { changeSegmentDefinitions, countSegmentStep } from '../../storage/statements/segmentProgress';
import { sendCall } from '../../storage/statements/statement';
import { sweepDropped } from '../../storage/statements/sweepDropped';
import { advanceSegments } from '../../storage/statements/writeSegments';
import { changesOf } from './changesOf';
import { computePageBySql } from './computePageBySql';
import type { FollowedDefinitions } from './followedDefinitions';
import { planProfiles, writePlan } from './settling';
import { type SoleWriter, TAKEN } from './soleWriter';

const PAGE_PROFILES = 500;
/** With more segments than these at once, evaluating them all in memory for each profile is faster than reading each by SQL. */
const MOST_BY_SQL = 8;
const SWEPT_ROWS = 5_000;
/**
 * A page that SQL does not tell within this time is told in memory, and so are those of the next half minute: before a new database knows how much is in its
 * tables, it may choose ways that take minutes, and whoever changes definitions would wait for them.
 */
const SQL_PAGE_MS = 1_500;
const AVOID_SQL_MS = 30_000;

export interface ComputingOptions {
  readonly writer: SoleWriter;
  readonly clock: Clock;
  readonly newId: NewId;
  /** (Default: SQL_PAGE_MS) */
  readonly sqlPageMs?: number;
}

/** The segments that have come the least far, and from where they go on. */
interface Page {
  readonly after: string | null;
  readonly segments: readonly ComputingSegment[];
  /** With all others that are computed. */
  readonly allIds: readonly string[];
}

/** Which segments have come how far; `to` null: to the last profile. */
interface Progress {
  readonly segmentIds: readonly string[];
  readonly to: string | null;
}

/**
 * Computes segments that are new or have another definition, a page of profiles at a time in the order of their ids: by SQL where SQL can read them, else in
 * memory. The follower's steps come between pages, and see to whoever changes meanwhile, before and behind the page.
 */
export class Computing {
  /** Until when pages are told in memory, by workspace. */
  private readonly inMemoryUntilMs = new Map<number, number>();

  constructor(private readonly options: ComputingOptions) {}

  /**
   * One page, or one piece of what deleted definitions left behind, in one transaction. Answers whether nothing is left to do, or has to wait until what is
   * asked about has been noted.
   */
  step(workspaceId: number): Promise<boolean> {
    return this.attempt(workspaceId).catch((error) => {
      if (!(error instanceof Refusal && error.code === 'STATEMENT_TIMEOUT') || this.isInMemory(workspaceId)) throw error;
      this.inMemoryUntilMs.set(workspaceId, this.options.clock() + AVOID_SQL_MS);
      return false;
    });
  }

  private isInMemory(workspaceId: number): boolean {
    return this.options.clock() < (this.inMemoryUntilMs.get(workspaceId) ?? 0);
  }

  private async attempt(workspaceId: number): Promise<boolean> {
    const isDone = await this.options.writer.write(workspaceId, async (client, definitions) => {
      const page = await nextPage(client, workspaceId, definitions);
      if (page === null) return !(await sweepDropped(client, workspaceId, SWEPT_ROWS));
      const progress = await this.compute(client, workspaceId, definitions, page);
      await advanceSegments(client, workspaceId, progress.segmentIds, progress.to);
      if (progress.to === null) await changeSegmentDefinitions(client, workspaceId);
      await sendCall(client, countSegmentStep(workspaceId));
      return false;
    });
    return isDone === TAKEN || isDone;
  }

  private async compute(client: ClientBase, workspaceId: number, definitions: FollowedDefinitions, page: Page): Promise<Progress> {
    const nowMs = this.options.clock();
    const segmentIds = page.segments.map(({ segmentId }) => segmentId);
    if (segmentIds.length <= MOST_BY_SQL && !page.segments.some(({ isRevised }) => isRevised) && !this.isInMemory(workspaceId)) {
      const limitMs = this.options.sqlPageMs ?? SQL_PAGE_MS;
      const bySql = await computePageBySql(client, workspaceId, definitions, { segmentIds, after: page.after, nowMs, limitMs });
      if (bySql !== null) return { segmentIds, to: bySql.to };
    }
    return this.computeInMemory(client, workspaceId, definitions, page, nowMs);
  }

  /** As a step of the follower does: all segments of the page's profiles, so that whichever are computed come on together. */
  private async computeInMemory(
    client: ClientBase,
    workspaceId: number,
    definitions: FollowedDefinitions,
    { after, allIds }: Page,
    nowMs: number,
  ): Promise<Progress> {
    const profileIds = await loadProfilesAfter(client, workspaceId, { after, limit: PAGE_PROFILES });
    const plan = await planProfiles(client, workspaceId, definitions, profileIds, nowMs);
    const turns = await writePlan(client, workspaceId, definitions, plan, nowMs);
    const changes = changesOf({ events: [], turns, changed: [] }, nowMs, this.options.newId);
    if (changes.length > 0) await sendCall(client, recordChanges(workspaceId, changes));
    const to = profileIds.length < PAGE_PROFILES ? null : (profileIds.at(-1) ?? null);
    return { segmentIds: allIds, to };
  }
}

/** Null where no segment is computed that could be: what it asks about must have been noted first. */
async function nextPage(client: ClientBase, workspaceId: number, { segments }: FollowedDefinitions): Promise<Page | null> {
  const isEvaluated = new Set(segments.filter((segment) => segment.isEvaluated).map(({ segmentId }) => segmentId));
  const computing = (await loadComputingSegments(client, workspaceId)).filter(({ segmentId }) => isEvaluated.has(segmentId));
  const [first] = computing;
  if (!first) return null;
  const segmentsThere = computing.filter(({ computedTo }) => computedTo === first.computedTo);
  return { after: first.computedTo, segments: segmentsThere, allIds: computing.map(({ segmentId }) => segmentId) };
}
