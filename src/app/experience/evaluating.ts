import { setImmediate as turn } from 'node:timers/promises';
import type { ClientBase, Pool } from 'pg';
import type { Clock, NewId } from '../../kernel/clock';
import { Customer, type CustomerBasis } from '../../measures/customer';
import { type Evaluation, evaluate } from '../../measures/evaluation';
import type { Fact } from '../../measures/fact';
import { settingsFromJson } from '../../measures/settingsFromJson';
import { isDataError } from '../../storage/dataErrors';
import { finishExperienceDue } from '../../storage/statements/finishExperienceDue';
import {
  advanceExperienceProgress,
  type DueProfile,
  type ExperienceProgress,
  loadExperienceDue,
  takeExperienceProgress,
} from '../../storage/statements/loadExperienceWork';
import { loadProfilesAfter } from '../../storage/statements/loadMatchWork';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import { markExperienceDue } from '../../storage/statements/markExperienceDue';
import { loadFacts, MOST_FACTS } from '../../storage/statements/readFacts';
import { send } from '../../storage/statements/statement';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { type EvaluatedProfile, writeExperience } from '../../storage/writeExperience';
import type { TextSentiment } from '../../timeline/sentiment/textSentiment';
import { stepPastFaults } from '../loneFault';
import { Interests } from '../segments/interests';
import { tellOfEvaluation } from './tellOfEvaluation';

/** A step takes so many profiles and facts at most, and tells of no more than it can in so much time. */
const STEP_PROFILES = 200;
const STEP_FACTS = 5_000;
const STEP_MS = 100;
const TRY_AGAIN_MS = 3_600_000;
/** Profiles that the round over all of them marks at once. */
const ROUND_PROFILES = 1_000;
/** Other work of the process gets its turn after so many facts. */
const TURN_FACTS = 50;

export interface EvaluatingOptions {
  /** Of the role throughline_app, pipelined. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly sentimentOf: TextSentiment;
  /** Changes of the workspace are on disk that others are to be told of. */
  readonly onTold?: (workspaceId: number) => void;
  /** Told of a profile that can't be evaluated, which is a fault of ours; it is tried again after a while. */
  readonly onError?: (error: Error) => void;
}

/** What of a profile can't be made sense of. */
class Unevaluable extends Error {
  constructor(profileId: string, cause: unknown) {
    super(`Profile ${profileId} can't be evaluated: ${cause}`, { cause });
    this.name = 'Unevaluable';
  }
}

/** Tells anew of profiles that are due, from nothing but their facts, some hundreds at a time. */
export class Evaluating {
  private readonly interests = new Interests();

  constructor(private readonly options: EvaluatingOptions) {}

  /**
   * One step, in one transaction and a number of statements that does not depend on how many profiles are due. Answers whether nothing is left that is
   * due by now. Steps of one workspace never overlap: where somebody else is at it, there is nothing left to do here. A profile that makes a step fail is
   * put off alone, so that nobody else waits for it.
   */
  step(workspaceId: number): Promise<boolean> {
    return stepPastFaults({
      limit: STEP_PROFILES,
      step: (limit) => this.evaluateDue(workspaceId, limit),
      isAtFault: (error) => error instanceof Unevaluable || isDataError(error),
      putOff: (error) => {
        this.options.onError?.(error);
        return this.putOffFirst(workspaceId);
      },
    });
  }

  private async evaluateDue(workspaceId: number, limit: number): Promise<boolean> {
    let isTold = false;
    const isDone = await inWorkspace(this.options.pool, workspaceId, 'changes', async (client) => {
      const nowMs = this.options.clock();
      const progress = await takeExperienceProgress(client, workspaceId);
      if (progress === null) return true;
      const [{ settings }, interest, due] = await Promise.all([
        loadWorkspaceSettings(client, workspaceId),
        this.interests.load(client, workspaceId),
        loadExperienceDue(client, workspaceId, nowMs, limit),
      ]);
      if (due.length === 0) return progress.isMarked || (await markNext(client, workspaceId, progress, nowMs)) === 0;
      const profiles = fitting(due);
      const facts = await loadFacts(client, workspaceId, { profiles: profiles.map(({ identifierIds }) => identifierIds), untilMs: null });
      const basis = { nowMs, settings: settingsFromJson(settings['experience']).settings, sentimentOf: this.options.sentimentOf };
      const evaluated = await this.evaluateInTime(profiles, facts, basis);
      await writeExperience(client, workspaceId, evaluated);
      const sinceMs = Math.min(nowMs, ...profiles.map(({ dueAtMs }) => dueAtMs));
      isTold = await tellOfEvaluation(client, workspaceId, evaluated, { interest, nowMs, sinceMs, newId: this.options.newId });
      await advanceExperienceProgress(client, workspaceId, progress);
      return progress.isMarked && due.length < limit && evaluated.length === due.length;
    });
    if (isTold) this.options.onTold?.(workspaceId);
    return isDone;
  }

  private putOffFirst(workspaceId: number): Promise<void> {
    return inWorkspace(this.options.pool, workspaceId, 'changes', async (client) => {
      const nowMs = this.options.clock();
      const due = await loadExperienceDue(client, workspaceId, nowMs, 1);
      const putOff = due.map(({ profileId, marks }) => ({ profileId, marks, nextAtMs: nowMs + TRY_AGAIN_MS }));
      const { statement, values } = finishExperienceDue(workspaceId, putOff);
      await send(client, statement, values);
    });
  }

  /** In pieces, between which lanes get their turn. At least one; those that there was no time for are left out. */
  private async evaluateInTime(
    due: readonly DueProfile[],
    facts: readonly (readonly Fact[])[],
    basis: Omit<CustomerBasis, 'facts' | 'knownSinceMs'>,
  ): Promise<EvaluatedProfile[]> {
    const untilMs = this.options.clock() + STEP_MS;
    const evaluated: EvaluatedProfile[] = [];
    let sinceTurn = 0;
    for (const [index, { profileId, marks, knownSinceMs }] of due.entries()) {
      const own = facts[index] ?? [];
      const evaluation = own.length === 0 ? null : evaluateSafely(profileId, { ...basis, facts: own, knownSinceMs });
      evaluated.push({ profileId, marks, evaluation, nextAtMs: evaluation?.nextAtMs ?? null });
      sinceTurn += own.length;
      if (sinceTurn < TURN_FACTS) continue;
      await turn();
      sinceTurn = 0;
      if (this.options.clock() >= untilMs) break;
    }
    return evaluated;
  }
}

function evaluateSafely(profileId: string, basis: CustomerBasis): Evaluation {
  try {
    return evaluate(new Customer(basis));
  } catch (error) {
    throw new Unevaluable(profileId, error);
  }
}

/** Those at the head of the list that together hold no more facts than a step may tell of; at least one. */
function fitting(due: readonly DueProfile[]): readonly DueProfile[] {
  let facts = 0;
  const tooMany = due.findIndex(({ interactions }, index) => {
    facts += Math.min(interactions, MOST_FACTS);
    return index > 0 && facts > STEP_FACTS;
  });
  return tooMany === -1 ? due : due.slice(0, tooMany);
}

/** The next profiles of the round over all of them are due; answers how many. */
async function markNext(client: ClientBase, workspaceId: number, progress: ExperienceProgress, nowMs: number): Promise<number> {
  const profileIds = await loadProfilesAfter(client, workspaceId, { after: progress.markedTo, limit: ROUND_PROFILES });
  const { statement, values } = markExperienceDue(workspaceId, profileIds, nowMs);
  await send(client, statement, values);
  const isMarked = profileIds.length < ROUND_PROFILES;
  await advanceExperienceProgress(client, workspaceId, { markedTo: isMarked ? null : (profileIds.at(-1) ?? null), isMarked });
  return profileIds.length;
}
