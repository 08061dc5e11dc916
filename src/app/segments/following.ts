import type { ClientBase, Pool } from 'pg';
import type { ChangeType } from '../../activation/change';
import type { Clock, NewId } from '../../kernel/clock';
import { isDataError } from '../../storage/dataErrors';
import { announceChanges } from '../../storage/statements/announceChanges';
import { followNotes, shortenNotes } from '../../storage/statements/followNotes';
import { loadChangedProfiles } from '../../storage/statements/loadSegmentWork';
import { recordChanges } from '../../storage/statements/recordChanges';
import { countSegmentStep } from '../../storage/statements/segmentProgress';
import { sendCall } from '../../storage/statements/statement';
import { setSegmentWakes } from '../../storage/statements/writeMemberships';
import { stepPastFaults } from '../loneFault';
import { changesOf } from './changesOf';
import type { FollowedDefinitions } from './followedDefinitions';
import { type FollowWork, loadFollowWork } from './followWork';
import { SegmentsFailed, Unjudgeable } from './judging';
import { planProfiles, writePlan } from './settling';
import { type SoleWriter, TAKEN } from './soleWriter';

/** A step looks at so many profiles at most. */
const STEP_PROFILES = 1_000;
const TRY_AGAIN_MS = 3_600_000;

export interface FollowingOptions {
  /** Of the role throughline_app, pipelined. */
  readonly pool: Pool;
  readonly writer: SoleWriter;
  readonly clock: Clock;
  readonly newId: NewId;
  /** What somebody wants to be told of besides memberships; left out: nothing. */
  readonly interestedTypes?: (client: ClientBase, workspaceId: number) => Promise<ReadonlySet<ChangeType>>;
  /** Told of a profile or a segment that can't be evaluated, which is a fault of ours. */
  readonly onError: (error: Error) => void;
}

/** Keeps memberships true: looks again at whomever notes and the clock name, some hundreds at a time. */
export class Following {
  constructor(private readonly options: FollowingOptions) {}

  /**
   * One step, in one transaction and a number of statements that does not depend on how many profiles are due. Answers whether nothing is left that is
   * due by now. Steps of one workspace never overlap: where somebody else is at it, there is nothing left to do here. A profile that makes a step fail is
   * put off alone, and a segment that does fails alone.
   */
  step(workspaceId: number): Promise<boolean> {
    return stepPastFaults({
      limit: STEP_PROFILES,
      step: (limit) => this.follow(workspaceId, limit).catch((error) => this.noteFailed(error)),
      isAtFault: (error) => error instanceof Unjudgeable || isDataError(error),
      putOff: (error) => {
        this.options.onError(error);
        return this.putOffFirst(workspaceId);
      },
    });
  }

  /** A segment that fails is noted as such by then; the next step goes on without it. */
  private noteFailed(error: unknown): false {
    if (!(error instanceof SegmentsFailed)) throw error;
    this.options.onError(error);
    return false;
  }

  private async follow(workspaceId: number, limit: number): Promise<boolean> {
    const { writer, clock, pool } = this.options;
    let isToldOf = false;
    const isDone = await writer.write(workspaceId, async (client, definitions) => {
      const nowMs = clock();
      const work = await loadFollowWork(client, workspaceId, { version: definitions.version, nowMs, limit });
      if (work.notes.length + work.profileIds.length === 0) return true;
      isToldOf = await this.carryOut(client, workspaceId, definitions, work, nowMs);
      return work.isAll;
    });
    if (isToldOf) await announceChanges(pool, workspaceId).catch(this.options.onError);
    return isDone === TAKEN || isDone;
  }

  /** Answers whether others have something new to look at. */
  private async carryOut(
    client: ClientBase,
    workspaceId: number,
    definitions: FollowedDefinitions,
    { notes, profileIds, isWholeOfNotes }: FollowWork,
    nowMs: number,
  ): Promise<boolean> {
    const plan = await planProfiles(client, workspaceId, definitions, profileIds, nowMs);
    const turns = await writePlan(client, workspaceId, definitions, plan, nowMs);
    const noteIds = notes.map(({ noteId }) => noteId);
    const followed = await finishNotes(client, workspaceId, noteIds, isWholeOfNotes ? null : { profileIds, version: definitions.version });
    const events = notes.flatMap((note) => note.events);
    const changed = await this.changedOf(client, workspaceId, followed);
    const changes = changesOf({ events, turns, changed }, nowMs, this.options.newId);
    if (changes.length > 0) await sendCall(client, recordChanges(workspaceId, changes));
    await sendCall(client, countSegmentStep(workspaceId));
    return followed.length + changes.length > 0;
  }

  /** Whom notes that are followed to the end say to have something new, where anybody wants to know. */
  private async changedOf(client: ClientBase, workspaceId: number, followed: readonly string[]): Promise<string[]> {
    if (followed.length === 0) return [];
    const interested = await this.options.interestedTypes?.(client, workspaceId);
    return interested?.has('profile.changed') ? loadChangedProfiles(client, workspaceId, followed) : [];
  }

  /** The profile that stood alone when a step failed is looked at again after a while. */
  private async putOffFirst(workspaceId: number): Promise<void> {
    const { writer, clock } = this.options;
    await writer.write(workspaceId, async (client, { version }) => {
      const nowMs = clock();
      const { notes, profileIds } = await loadFollowWork(client, workspaceId, { version, nowMs, limit: 1 });
      const noteIds = notes.map(({ noteId }) => noteId);
      await shortenNotes(client, workspaceId, noteIds, { profileIds, version, areEventsTold: false });
      const wakes = profileIds.map((profileId) => ({ profileId, wakeAtMs: nowMs + TRY_AGAIN_MS, told: null }));
      await sendCall(client, setSegmentWakes(workspaceId, version, wakes));
      await sendCall(client, countSegmentStep(workspaceId));
    });
  }
}

/** `seenTo`: null where they name nobody else. Answers those that are followed to the end. */
async function finishNotes(
  client: ClientBase,
  workspaceId: number,
  noteIds: readonly string[],
  seenTo: { readonly profileIds: readonly string[]; readonly version: string } | null,
): Promise<readonly string[]> {
  if (noteIds.length === 0) return [];
  if (seenTo !== null) return shortenNotes(client, workspaceId, noteIds, { ...seenTo, areEventsTold: true });
  await sendCall(client, followNotes(workspaceId, noteIds));
  return noteIds;
}
