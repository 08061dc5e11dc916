import type { Pool } from 'pg';
import { writeModel } from '../../identity/matching/modelJson';
import type { Clock } from '../../kernel/clock';
import { loadMatchMembers } from '../../storage/statements/loadMatchMembers';
import { loadProfilesAfter } from '../../storage/statements/loadMatchWork';
import { writeMatchModel } from '../../storage/statements/writeMatchModel';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { type TrainingRecord, trainingRecords } from './comparableProfile';
import type { Learnt } from './learn';

/** Fewer profiles say too little of how alike people are. */
const LEAST_PROFILES = 500;
/** More change what is learnt little, and take long. */
const MOST_PROFILES = 20_000;
const PAGE_PROFILES = 500;
/** A model is good until there are half as many profiles again. */
const GROWTH = 1.5;
/** How often it is looked whether there are. */
const LOOK_EVERY_MS = 60_000;

/** `learn`, beside whatever else the process does. */
export type Train = (records: readonly TrainingRecord[]) => Promise<Learnt>;

export interface ModelTrainingOptions {
  /** Of the role throughline_app. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly train: Train;
  /** Told of a training that failed; it is begun again when it is next looked. */
  readonly onError: (error: Error) => void;
}

/** Trains the models of workspaces that have grown, in the background, one at a time. */
export class ModelTraining {
  private readonly nextLookAtMs = new Map<number, number>();
  private underWay: Promise<void> | null = null;
  private workspaceUnderWay: number | null = null;

  constructor(private readonly options: ModelTrainingOptions) {}

  isDue(workspaceId: number): boolean {
    return this.underWay === null && this.options.clock() >= (this.nextLookAtMs.get(workspaceId) ?? 0);
  }

  isUnderWay(workspaceId: number): boolean {
    return this.workspaceUnderWay === workspaceId;
  }

  /** Begins a training where it is worth it: `before` is how many profiles there were at the last one. */
  start(workspaceId: number, profiles: { readonly before: number; readonly now: number }): void {
    this.nextLookAtMs.set(workspaceId, this.options.clock() + LOOK_EVERY_MS);
    if (profiles.now < Math.max(LEAST_PROFILES, profiles.before * GROWTH)) return;
    this.workspaceUnderWay = workspaceId;
    this.underWay = this.train(workspaceId, profiles.now)
      .catch(this.options.onError)
      .finally(() => {
        this.underWay = null;
        this.workspaceUnderWay = null;
      });
  }

  /** Resolves when no training is under way. */
  async settled(): Promise<void> {
    await this.underWay;
  }

  private async train(workspaceId: number, profiles: number): Promise<void> {
    const { pool, clock, train } = this.options;
    const records = await this.snapshot(workspaceId);
    const learnt = records.length < LEAST_PROFILES ? null : await train(records);
    const stored = { model: learnt && writeModel(learnt.model), soleSourceIds: learnt?.soleSourceIds ?? [], profiles };
    await inWorkspace(pool, workspaceId, 'changes', (client) => writeMatchModel(client, workspaceId, { ...stored, atMs: clock() }));
  }

  /** Profiles that have a name, the oldest first. */
  private async snapshot(workspaceId: number): Promise<readonly TrainingRecord[]> {
    const records: TrainingRecord[] = [];
    let after: string | null = null;
    do {
      const page: { readonly records: readonly TrainingRecord[]; readonly last: string | null } = await this.page(workspaceId, after);
      records.push(...page.records);
      after = page.last;
    } while (after !== null && records.length < MOST_PROFILES);
    return records;
  }

  private page(workspaceId: number, after: string | null) {
    return inWorkspace(this.options.pool, workspaceId, 'snapshot', async (client) => {
      const profileIds = await loadProfilesAfter(client, workspaceId, { after, limit: PAGE_PROFILES });
      const members = await loadMatchMembers(client, workspaceId, profileIds);
      return { records: trainingRecords(members).filter(({ texts }) => hasName(texts)), last: profileIds.at(-1) ?? null };
    });
  }
}

function hasName([firstName, lastName]: readonly string[]): boolean {
  return firstName !== '' || lastName !== '';
}
