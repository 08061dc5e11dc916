import type { ClientBase } from 'pg';
import { mergeProfiles, type WantedMerge } from '../../identity/decideMerge';
import { Refusal } from '../../kernel/refusals';
import { Customer } from '../../measures/customer';
import { evaluate } from '../../measures/evaluation';
import { settingsFromJson } from '../../measures/settingsFromJson';
import { compileSegments } from '../../segments/compileSegments';
import { evaluateSegments } from '../../segments/evaluateSegments';
import { needsOf, type SubjectNeeds } from '../../segments/needsOf';
import { loadDefinitions } from '../../storage/segments/loadDefinitions';
import { loadSubjects } from '../../storage/segments/loadSubjects';
import { readMembers } from '../../storage/segments/subjectTraits';
import { restartExperienceProgress } from '../../storage/statements/loadExperienceWork';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import { takeLane } from '../../storage/statements/lockLane';
import { loadFacts } from '../../storage/statements/readFacts';
import { withinTransaction } from '../../storage/workspaceConnections';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { writeDecision } from '../../storage/writeDecision';
import { writeExperience } from '../../storage/writeExperience';
import type { TextSentiment } from '../../timeline/sentiment/textSentiment';
import { type DecisionDeskOptions, decidingOn } from '../decisions/carryOut';

export interface MergeTrialOptions extends DecisionDeskOptions {
  readonly sentimentOf: TextSentiment;
}

export interface TriedMerge {
  /** Ids of segments that the survivor would be in and is not now. */
  readonly entered: readonly string[];
  /** Of those that one of the profiles is in now and the survivor would not be. */
  readonly left: readonly string[];
}

/** Carries what was found out of a transaction that is rolled back. */
class Tried extends Error {
  constructor(readonly found: TriedMerge) {
    super('tried out');
  }
}

const NO_CHANGE: TriedMerge = { entered: [], left: [] };

/**
 * Carries the merge out, looks at the segments, and rolls everything back: what it answers is what would be. Holds the lane and the progress of evaluation
 * meanwhile, so that nobody waits for it in a circle. Where the merge is refused nothing would change.
 */
export async function tryMerge(options: MergeTrialOptions, workspaceId: number, profileIds: readonly string[]): Promise<TriedMerge> {
  const trial = new MergeTrial(options, workspaceId, options.clock());
  try {
    return await inWorkspace(options.pool, workspaceId, 'changes', async (client) => {
      throw new Tried(await trial.carryOut(client, profileIds));
    });
  } catch (error) {
    if (error instanceof Tried) return error.found;
    if (error instanceof Refusal && error.code === 'MERGE_REFUSED') return NO_CHANGE;
    throw error;
  }
}

class MergeTrial {
  constructor(
    private readonly options: MergeTrialOptions,
    private readonly workspaceId: number,
    private readonly nowMs: number,
  ) {}

  async carryOut(client: ClientBase, profileIds: readonly string[]): Promise<TriedMerge> {
    const { workspaceId, nowMs } = this;
    const definitions = await loadDefinitions(client, workspaceId);
    const segments = definitions.segments.filter(({ status }) => status !== 'FAILED');
    if (segments.length === 0) return NO_CHANGE;
    await takeLane(client, workspaceId, nowMs);
    await restartExperienceProgress(client, workspaceId);
    const needs = needsOf({ segments, computedTraits: definitions.computedTraits });
    const compiled = compileSegments(segments, definitions.computedTraits);
    const membersOf = async (ids: readonly string[]) => {
      const subjects = await loadSubjects(client, workspaceId, ids, needs, nowMs);
      return new Map(subjects.map((subject) => [subject.profileId, evaluateSegments(compiled, subject, nowMs).members]));
    };
    const before = await membersOf(profileIds);
    const survivorId = await this.merge(client, profileIds);
    if (needs.measures.size > 0) await this.measureAnew(client, survivorId, needs);
    const after = (await membersOf([survivorId])).get(survivorId);
    const wasIn = (key: string) => [...before.values()].some((members) => members.has(key));
    return {
      entered: idsOf(segments, (key) => after?.has(key) === true && before.get(survivorId)?.has(key) !== true),
      left: idsOf(segments, (key) => after?.has(key) !== true && wasIn(key)),
    };
  }

  private async merge(client: ClientBase, profileIds: readonly string[]): Promise<string> {
    const { workspaceId, nowMs } = this;
    const actor = '';
    const wanted: WantedMerge = { profileIds, survivorId: null, rule: 'person', probability: null };
    const { deciding } = await decidingOn(client, workspaceId, { newId: this.options.newId, nowMs, actor });
    const outcome = await mergeProfiles(deciding, wanted);
    await writeDecision(client, workspaceId, outcome, { atMs: nowMs, actor, rule: wanted.rule });
    return outcome.survivor.profileId;
  }

  /** As evaluation would tell it after the merge. */
  private async measureAnew(client: ClientBase, profileId: string, { traitKeys }: SubjectNeeds): Promise<void> {
    const { workspaceId, nowMs } = this;
    const asked = { traitKeys, withIdentifiers: true };
    const [{ settings }, [member]] = await Promise.all([
      loadWorkspaceSettings(client, workspaceId),
      readMembers(withinTransaction(client), workspaceId, [profileId], asked),
    ]);
    if (!member) return;
    const [, , , knownSinceMs, identifierIds] = member;
    const [facts = []] = await loadFacts(client, workspaceId, { profiles: [JSON.parse(identifierIds ?? '[]')], untilMs: null });
    const basis = {
      facts,
      nowMs,
      settings: settingsFromJson(settings['experience']).settings,
      sentimentOf: this.options.sentimentOf,
      knownSinceMs,
    };
    const evaluation = facts.length === 0 ? null : evaluate(new Customer(basis));
    await writeExperience(client, workspaceId, [{ profileId, marks: 0, evaluation, nextAtMs: null }]);
  }
}

function idsOf(segments: readonly { readonly segmentId: string; readonly key: string }[], isChosen: (key: string) => boolean): string[] {
  return segments.filter(({ key }) => isChosen(key)).map(({ segmentId }) => segmentId);
}
