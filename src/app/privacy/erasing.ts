import { randomBytes } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import type { Author } from '../../api/ports/author';
import { profileTombstone } from '../../identity/tombstone';
import type { Clock, NewId } from '../../kernel/clock';
import { publicId } from '../../kernel/ids';
import type { ErasedCounts } from '../../storage/privacy/eraseStores';
import {
  advanceErasure,
  type ErasurePhase,
  type ErasureWork,
  insertErasure,
  lockLivingProfile,
  takeErasure,
} from '../../storage/privacy/erasures';
import { setErasureProfile } from '../../storage/privacy/erasureTargets';
import { findTombstones, takeTombstoneKey } from '../../storage/privacy/tombstones';
import { insertAuditEntry } from '../../storage/statements/insertAuditEntry';
import { inWorkspace, isOvertaken } from '../../storage/workspaceTransaction';
import { eraseIdentity } from './eraseIdentity';
import { eraseMentions } from './eraseMentions';
import { eraseStrayRows } from './eraseStrayRows';
import { eraseTimeline, eraseTouches, findCustomer } from './eraseTimeline';
import { passInbox } from './passInbox';

export interface ErasingOptions {
  /** Of the role throughline_app. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Rows, chunks or entries that a step takes, so that none is long. Left out: as many as take some tenths of a second. */
  readonly stepRows?: number;
}

/** One step of one phase, in a transaction that nobody else has the erasure in. */
export interface ErasureStep {
  readonly client: ClientBase;
  readonly workspaceId: number;
  readonly work: ErasureWork;
  readonly key: Buffer;
  readonly nowMs: number;
  readonly stepRows: number;
}

/** What a step came to: what it changes of the work, and whether it has to wait for others before the next. */
export interface Stepped extends Partial<Pick<ErasureWork, 'phase' | 'places' | 'erasedAtMs'>> {
  readonly counts?: ErasedCounts;
  readonly mustWait?: boolean;
}

/** MORE: a step was done. WAITING: others have to do something first. TAKEN: another process is at it. */
export type Progress = 'MORE' | 'WAITING' | 'TAKEN' | 'DONE';

const STEP_ROWS = 5_000;
const KEY_BYTES = 32;

const PHASES: Readonly<Record<Exclude<ErasurePhase, 'DONE'>, (step: ErasureStep) => Promise<Stepped>>> = {
  REQUESTED: findCustomer,
  TOUCHES: eraseTouches,
  INTERACTIONS: eraseTimeline,
  IDENTITY: eraseIdentity,
  INBOX: passInbox,
  TEXTS: eraseMentions,
  STRAYS: eraseStrayRows,
};

/**
 * Erases customers, step by step: what there is much of first, while the customer still stands and reaches no destination; then, holding the lane, the
 * identity with everything that is found by it; then what is only found by looking through tables. Each step is one transaction and can be done by any
 * process, so an erasure whose process dies goes on where it was.
 */
export class Erasing {
  constructor(private readonly options: ErasingOptions) {}

  /** Answers the erasure's id; of a customer who is being erased, or was, that of then. Null where there is no such profile. */
  begin(workspaceId: number, profileId: string, author: Author): Promise<string | null> {
    return inWorkspace(this.options.pool, workspaceId, 'changes', async (client) => {
      const found = await lockLivingProfile(client, workspaceId, profileId);
      if (found === null) return this.erasureOf(client, workspaceId, profileId);
      if (found.erasureId !== null) return found.erasureId;
      const { actor, atMs } = author;
      const erasureId = this.options.newId();
      await insertErasure(client, workspaceId, { erasureId, atMs, actor, phase: 'REQUESTED' });
      await setErasureProfile(client, workspaceId, erasureId, found.livingId);
      const entry = { action: 'eraseProfile', target: publicId('Erasure', erasureId), detail: {} };
      await insertAuditEntry(client, workspaceId, { ...author, ...entry });
      return erasureId;
    });
  }

  /** Where somebody else came before, nothing was done, and the same again may succeed. */
  step(workspaceId: number, erasureId: string): Promise<Progress> {
    return this.attempt(workspaceId, erasureId).catch((error) => {
      if (isOvertaken(error)) return 'MORE';
      throw error;
    });
  }

  private attempt(workspaceId: number, erasureId: string): Promise<Progress> {
    const { pool, clock, stepRows = STEP_ROWS } = this.options;
    return inWorkspace(pool, workspaceId, 'changes', async (client) => {
      const work = await takeErasure(client, workspaceId, erasureId);
      if (work === null) return 'TAKEN';
      if (work.phase === 'DONE') return 'DONE';
      const key = await takeTombstoneKey(client, workspaceId, randomBytes(KEY_BYTES));
      const nowMs = clock();
      const stepped = await PHASES[work.phase]({ client, workspaceId, work, key, nowMs, stepRows });
      const { counts = {}, mustWait = false, ...changed } = stepped;
      const after = { ...work, ...changed, erased: addCounts(work.erased, counts) };
      await advanceErasure(client, workspaceId, after, nowMs);
      if (after.phase === 'DONE') return 'DONE';
      return mustWait ? 'WAITING' : 'MORE';
    });
  }

  private async erasureOf(client: ClientBase, workspaceId: number, profileId: string): Promise<string | null> {
    const key = await takeTombstoneKey(client, workspaceId, randomBytes(KEY_BYTES));
    const hash = profileTombstone(key, profileId);
    return (await findTombstones(client, workspaceId, [hash])).get(hash.toString('hex'))?.erasureId ?? null;
  }
}

function addCounts(erased: ErasedCounts, counts: ErasedCounts): ErasedCounts {
  const sum: Record<string, number> = { ...erased };
  for (const [store, count] of Object.entries(counts)) sum[store] = (sum[store] ?? 0) + count;
  return sum;
}
