import type { NewId } from '../kernel/clock';
import { applyDecision, type GraphDecision } from './applyDecision';
import { BatchChanges } from './batchChanges';
import { GraphReads, type Numbering } from './graphReads';
import { identifierId } from './identifierId';
import type { IdentityChanges, IdentityReader } from './identityStore';
import { IdentityWindow } from './identityWindow';
import type { KnownIdentifier } from './knownIdentifier';
import { MessageLinking } from './messageLinking';
import type { NameHint } from './nameHints';
import type { Observation } from './observation';
import { PendingReplay } from './pendingReplay';
import { replayPending, replayProfiles } from './regionReplay';
import type { Resolution } from './resolution';
import type { RulesInForce } from './ruleChange';
import { HUB_LIMIT, type IdentityRules } from './rules';
import { Unions } from './unions';

const NO_HINTS: readonly NameHint[] = [];

export interface IdentityGraphOptions {
  readonly rules: IdentityRules;
  readonly reader: IdentityReader;
  readonly newId: NewId;
  readonly hubLimit?: number;
  /** Left out: everything is resolved under these rules. */
  readonly inForce?: RulesInForce;
  readonly numbering?: Numbering;
}

/**
 * One workspace's identity graph, as far as it is in memory: takes in what messages say and answers what to write. Its groups are always what
 * `partition` makes of all links, whatever the order and the batches they came in.
 */
export class IdentityGraph {
  private window: IdentityWindow;

  constructor(private readonly options: IdentityGraphOptions) {
    this.window = this.emptyWindow();
  }

  /** Identifiers in memory. */
  get size(): number {
    return this.window.size;
  }

  /**
   * Takes in messages, in any order and any batches; one call at a time. Interactions are counted, so a message must not be handed in twice;
   * links are not. What is answered counts as written from here on: where it is not, `forget`. A call that throws has forgotten everything itself.
   */
  resolve(observations: readonly Observation[]): Promise<IdentityChanges> {
    return this.orForget(() => this.resolveAll(observations));
  }

  /**
   * Resolves profiles as if the rules in force had always stood, those of them that are outdated; in any order and any batches, with messages in
   * between. Once none is outdated, all groups are what the rule makes of all links. Answers and fails as `resolve` does; there are no owners.
   */
  resolveAnew(profileIds: readonly string[]): Promise<IdentityChanges> {
    return this.orForget(async () => {
      const resolution = this.begin(NO_HINTS);
      const outdated = (await resolution.reads.profiles(profileIds)).filter((profile) => profile.isOutdated);
      if (outdated.length > 0) await replayProfiles(new Set(outdated), resolution);
      return resolution.changes.finish();
    });
  }

  /** Takes in what people decided; answers and fails as `resolve` does. There are no owners. */
  decide(decision: GraphDecision): Promise<IdentityChanges> {
    return this.orForget(async () => {
      const resolution = this.begin(decision.nameHints);
      await applyDecision(decision, resolution);
      await replayPending(resolution);
      return resolution.changes.finish();
    });
  }

  /** The profile that an identifier is on; undefined where it is not in memory. What the last call touched is. */
  profileIdOf(identifierId: bigint): string | undefined {
    return this.window.findById(identifierId)?.profile.profileId;
  }

  /** Drops everything in memory: after a rollback, or when somebody else changed the workspace's identity. */
  forget(): void {
    this.window = this.emptyWindow();
  }

  /** Drops what was not used for the longest until at most this many identifiers are in memory; never what the last call to resolve touched. */
  trim(maxIdentifiers: number): void {
    this.window.trim(maxIdentifiers);
  }

  private async resolveAll(observations: readonly Observation[]): Promise<IdentityChanges> {
    const resolution = this.begin(NO_HINTS);
    const { reads } = resolution;
    const identifiers = await reads.identifiersOf(observations);
    await reads.linksWithin(identifiers);
    const unions = new Unions(resolution);
    const linking = new MessageLinking(resolution, unions);
    for (const [index, observation] of observations.entries()) linking.observe(observation, identifiers[index] as KnownIdentifier[]);
    await unions.settle();
    await replayPending(resolution);
    return resolution.changes.finish();
  }

  private begin(nameHints: readonly NameHint[]): Resolution {
    const { window } = this;
    const { reader, newId, numbering = identifierId } = this.options;
    window.call++;
    const reads = new GraphReads({ window, reader, numbering });
    return { window, reads, changes: new BatchChanges(window, newId), pending: new PendingReplay(), nameHints };
  }

  private async orForget(work: () => Promise<IdentityChanges>): Promise<IdentityChanges> {
    try {
      return await work();
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  private emptyWindow(): IdentityWindow {
    const { rules, hubLimit = HUB_LIMIT, inForce } = this.options;
    return new IdentityWindow(rules, hubLimit, inForce);
  }
}
