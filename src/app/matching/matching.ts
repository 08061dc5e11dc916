import type { ClientBase, Pool } from 'pg';
import type { MatchModel } from '../../identity/matching/matchModel';
import { readModel } from '../../identity/matching/modelJson';
import { PairComparer } from '../../identity/matching/pairComparison';
import { priorModel } from '../../identity/matching/priorModel';
import { type MatchSettings, matchSettingsFromJson } from '../../identity/matchSettings';
import { type IdentityRules, identityRulesFromJson } from '../../identity/rules';
import type { Clock, NewId } from '../../kernel/clock';
import { MATCH_FIELDS } from '../../profile/matchTexts';
import { commitLazily } from '../../storage/statements/commitLazily';
import { findMatchBlocks } from '../../storage/statements/findMatchBlocks';
import { loadMatchCandidates } from '../../storage/statements/loadMatchCandidates';
import { loadMatchMembers } from '../../storage/statements/loadMatchMembers';
import {
  countLivingProfiles,
  type DueIdentifier,
  loadMatchDue,
  loadMatchProgress,
  loadProfilesAfter,
  type MatchProgress,
} from '../../storage/statements/loadMatchWork';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import { holdLane } from '../../storage/statements/lockLane';
import {
  advanceMatching,
  finishMatchDue,
  withdrawMatchCandidates,
  writeMatchCandidates,
} from '../../storage/statements/writeMatchCandidates';
import { writeMatchKeys } from '../../storage/statements/writeMatchKeys';
import { loadMatchModel } from '../../storage/statements/writeMatchModel';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { type ComparableProfile, comparableProfiles, keysOf } from './comparableProfile';
import type { ModelTraining } from './modelTraining';
import { type Proposals, proposePairs } from './proposePairs';

/** Messages wait while a step runs. */
const STEP_PROFILES = 50;
/** Of a round over all profiles, which only runs when nobody is due. */
const ROUND_STEP_PROFILES = 200;
/** A profile is compared with at most so many others, those with which it shares the rarest keys; a key that more profiles hold says nothing. */
const BLOCK_LIMITS = { mostFound: 40, mostHolders: 40 } as const;

export interface MatchingOptions {
  /** Of the role throughline_app. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly training: ModelTraining;
  /** Joins what is certain enough, without a person; refusals leave it to one. */
  readonly join: (workspaceId: number, candidateId: string) => Promise<void>;
}

/** What a step goes by. */
interface StepBasis {
  readonly settings: { readonly reviewFrom: number; readonly joinFrom: number | null };
  readonly rules: IdentityRules;
  readonly comparer: PairComparer;
}

/** Whom a step compares with whom they share keys with. */
interface Examined extends StepBasis {
  readonly due: readonly DueIdentifier[];
  /** Where nobody was due: how far this brings the round over all profiles. */
  readonly round: { readonly from: string | null; readonly to: string | null } | null;
  readonly profileIds: readonly string[];
  readonly profiles: readonly ComparableProfile[];
  /** Of each of the profiles, in order. */
  readonly keys: readonly (readonly string[])[];
}

interface KnownModel {
  readonly trainedAtMs: number | null;
  readonly comparer: PairComparer;
}

/** Compares profiles that are new or say something else with those that share a key with them, a step at a time. */
export class Matching {
  private readonly models = new Map<number, KnownModel>();

  constructor(private readonly options: MatchingOptions) {}

  /**
   * One step, in a number of statements that does not depend on how many profiles are due. Answers whether nothing is left. Steps of one workspace may
   * run at the same time: each writes its keys before it looks for those of others, so no pair is missed.
   */
  async step(workspaceId: number): Promise<boolean> {
    const { pool } = this.options;
    const examined = await inWorkspace(pool, workspaceId, 'changes', (client) => this.writeKeys(client, workspaceId));
    if (examined === null) return true;
    const proposals = await inWorkspace(pool, workspaceId, 'changes', (client) => this.propose(client, workspaceId, examined));
    await this.joinCertain(workspaceId, examined, proposals);
    return false;
  }

  /** Null where nothing is to be done. */
  private async writeKeys(client: ClientBase, workspaceId: number): Promise<Examined | null> {
    const { training } = this.options;
    await commitLazily(client);
    const [{ settings }, progress, due] = await Promise.all([
      loadWorkspaceSettings(client, workspaceId),
      loadMatchProgress(client, workspaceId),
      loadMatchDue(client, workspaceId, STEP_PROFILES),
    ]);
    const { reviewFrom, joinFrom }: MatchSettings = matchSettingsFromJson(settings['matching']);
    if (reviewFrom === null || progress === null) return null;
    await this.trainWhenGrown(client, workspaceId, progress);
    // What comes of a training is another round; one that would be begun anew after it can wait.
    if (due.length === 0 && (progress.isExamined || training.isUnderWay(workspaceId))) return null;
    const rules = identityRulesFromJson(settings['identityRules']);
    const comparer = await this.comparerOf(client, workspaceId, progress);
    const { profileIds, round } = await whomToExamine(client, workspaceId, { due, progress });
    const profiles = comparableProfiles(await loadMatchMembers(client, workspaceId, profileIds), comparer, rules);
    const keys = profiles.map((profile) => keysOf(profile, comparer));
    const held = profiles.flatMap(({ identifierId }, index) => (keys[index] ?? []).map((key) => ({ key, identifierId })));
    await holdLane(client, workspaceId);
    await writeMatchKeys(client, workspaceId, profileIds, held);
    return { settings: { reviewFrom, joinFrom }, rules, comparer, due, round, profileIds, profiles, keys };
  }

  private async propose(client: ClientBase, workspaceId: number, examined: Examined): Promise<Proposals> {
    const { clock, newId } = this.options;
    const { settings, rules, comparer, profiles, profileIds, due, round, keys } = examined;
    // In a round each two are compared once, when it comes to the later one.
    const before = round && profiles.map(({ profileId }) => profileId);
    const asked = keys.flatMap((own, record) => own.map((key) => ({ record, key })));
    const [found, known] = await Promise.all([
      findMatchBlocks(client, workspaceId, asked, { ...BLOCK_LIMITS, before }),
      loadMatchCandidates(client, workspaceId, profileIds),
    ]);
    const pairs = found.map(({ record, profileId }) => [profiles[record]?.profileId ?? '', profileId] as const);
    const others = new Set([...pairs.map(([, otherId]) => otherId), ...known.flatMap((each) => [each.lowProfileId, each.highProfileId])]);
    for (const examinedId of profileIds) others.delete(examinedId);
    const members = await loadMatchMembers(client, workspaceId, [...others]);
    const all = new Map([...profiles, ...comparableProfiles(members, comparer, rules)].map((profile) => [profile.profileId, profile]));
    const proposals = proposePairs({ profiles: all, pairs, known }, { comparer, reviewFrom: settings.reviewFrom, rules, newId });
    await holdLane(client, workspaceId);
    await withdrawMatchCandidates(client, workspaceId, proposals.withdrawnIds);
    await writeMatchCandidates(client, workspaceId, proposals.proposed, clock());
    await finishMatchDue(client, workspaceId, due);
    await advanceMatching(client, workspaceId, round);
    return proposals;
  }

  /** The most certain first; what cannot be one profile, or is only probable, is left to people. */
  private async joinCertain(workspaceId: number, { settings: { joinFrom } }: Examined, { proposed }: Proposals): Promise<void> {
    if (joinFrom === null) return;
    const certain = proposed.filter(({ probability }) => probability >= joinFrom);
    const strongestFirst = [...certain].sort((left, right) => right.weight - left.weight);
    for (const { candidateId } of strongestFirst) await this.options.join(workspaceId, candidateId);
  }

  private async comparerOf(client: ClientBase, workspaceId: number, progress: MatchProgress): Promise<PairComparer> {
    const known = this.models.get(workspaceId);
    if (known && known.trainedAtMs === progress.trainedAtMs) return known.comparer;
    const comparer = new PairComparer(await this.modelOf(client, workspaceId, progress));
    this.models.set(workspaceId, { trainedAtMs: progress.trainedAtMs, comparer });
    return comparer;
  }

  private async modelOf(client: ClientBase, workspaceId: number, { trainedAtMs }: MatchProgress): Promise<MatchModel> {
    const stored = trainedAtMs === null ? null : await loadMatchModel(client, workspaceId);
    if (stored?.model) return readModel(stored.model);
    return priorModel(MATCH_FIELDS, await countLivingProfiles(client, workspaceId));
  }

  private async trainWhenGrown(client: ClientBase, workspaceId: number, { profiles }: MatchProgress): Promise<void> {
    const { training } = this.options;
    if (training.isDue(workspaceId)) training.start(workspaceId, { before: profiles, now: await countLivingProfiles(client, workspaceId) });
  }
}

async function whomToExamine(
  client: ClientBase,
  workspaceId: number,
  { due, progress }: { readonly due: readonly DueIdentifier[]; readonly progress: MatchProgress },
): Promise<Pick<Examined, 'profileIds' | 'round'>> {
  if (due.length > 0) return { profileIds: [...new Set(due.flatMap(({ profileId }) => profileId ?? []))], round: null };
  const profileIds = await loadProfilesAfter(client, workspaceId, { after: progress.examinedTo, limit: ROUND_STEP_PROFILES });
  return { profileIds, round: { from: progress.examinedTo, to: profileIds.at(-1) ?? null } };
}
