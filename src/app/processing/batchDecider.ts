import { setImmediate as turn } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { IdentityGraph } from '../../identity/graph';
import type { IdentityChanges } from '../../identity/identityStore';
import type { Clock, NewId } from '../../kernel/clock';
import type { Account } from '../../profile/account';
import type { TraitState } from '../../profile/traitState';
import { identityReader } from '../../storage/identityReader';
import { mayCopyInteractions } from '../../storage/statements/copyInteractions';
import { loadAccounts, loadKnownInteractions, loadTraitStates } from '../../storage/statements/loadStates';
import { readGeneration } from '../../storage/statements/lockLane';
import { type BatchWrite, type EncodedBatch, encodeBatch } from '../../storage/writeBatch';
import { resolveNextAnew, rulesInForce } from '../rules/ruleChangeBatch';
import { experienceDueOf, toldOfIn } from './experienceDueOf';
import { MOST_IN_FLIGHT } from './inFlight';
import type { LoadedSettings } from './loadSettings';
import { matchDueOf } from './matchDueOf';
import { type BatchStates, combineStates, type KnownStates, planBatch, statesOfBatch } from './planBatch';
import type { PreparedMessage, WorkspaceSettings } from './prepareMessages';
import { SeenIds } from './seenIds';

const CACHED_IDENTIFIERS = 200_000;
const CACHED_STATES = 20_000;
const CAREFUL_BATCHES = 50;

export interface BatchDeciderOptions {
  readonly workspaceId: number;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly loadSettings: (reader: ClientBase, workspaceId: number) => Promise<LoadedSettings>;
  /** Waits until everything decided so far is on disk; throws where that failed. */
  readonly settled: () => Promise<void>;
}

const NO_MESSAGES = {
  messages: 0,
  positions: [],
  interactions: [],
  traitStates: [],
  accounts: [],
  accountMembers: [],
  searchTerms: [],
  deadLetters: [],
} as const;
const NOTHING_SAID: ReadonlyMap<bigint, TraitState> = new Map();

/** What stands in memory of one workspace: the truth as of `generation`, with every decision since already in it. */
interface Memory {
  generation: bigint;
  settings: LoadedSettings;
  readonly mayCopy: boolean;
  readonly graph: IdentityGraph;
  readonly traitStates: Map<bigint, TraitState>;
  readonly accounts: Map<string, Account>;
  /** Of the batches decided last, which may not be on disk yet. */
  inFlight: readonly (readonly PreparedMessage[])[];
}

/**
 * Decides what batches of messages change, one after the other, ahead of the disk: a batch is decided on top of those before, while
 * these are still being written. Right as long as nobody else writes to the workspace; the lane's generation, which every batch is
 * written against, tells when somebody did.
 */
export class BatchDecider {
  private memory: Memory | null = null;
  private reader: ClientBase | null = null;
  private readonly seen = new SeenIds();
  /** So many batches are looked up in the database whole. */
  private carefulBatches = 0;

  constructor(private readonly options: BatchDeciderOptions) {}

  /** Identifiers in memory. */
  get size(): number {
    return this.memory?.graph.size ?? 0;
  }

  /** Whether profiles are compared, as far as is known. */
  get isMatching(): boolean {
    return (this.memory?.settings.matching.reviewFrom ?? null) !== null;
  }

  /** Keeps what it remembers where nobody has written since. */
  async begin(reader: ClientBase): Promise<void> {
    this.reader = reader;
    const { workspaceId, clock, newId } = this.options;
    const generation = await readGeneration(reader, workspaceId, clock());
    if (this.memory?.generation === generation) return;
    const settings = await this.options.loadSettings(reader, workspaceId);
    const graphReader = identityReader(() => this.connection(), workspaceId, this.options.settled);
    this.memory = {
      generation,
      settings,
      mayCopy: await mayCopyInteractions(reader),
      graph: new IdentityGraph({ rules: settings.rules, reader: graphReader, newId, inForce: rulesInForce(settings.ruleChange) }),
      traitStates: new Map(),
      accounts: new Map(),
      inFlight: [],
    };
  }

  forget(): void {
    this.memory = null;
  }

  /** A duplicate came that was not remembered. They seldom come alone: a history is sent again, or a worker starts anew. */
  expectDuplicates(): void {
    this.carefulBatches = CAREFUL_BATCHES;
  }

  /** A source that was made after the settings were read makes them be read again. */
  async settingsFor(reader: ClientBase, entries: readonly { readonly sourceId: number }[]): Promise<WorkspaceSettings> {
    const memory = this.remembered();
    if (!entries.every((entry) => memory.settings.sources.has(entry.sourceId))) {
      memory.settings = { ...memory.settings, sources: (await this.options.loadSettings(reader, this.options.workspaceId)).sources };
    }
    return memory.settings;
  }

  async decide(
    reader: ClientBase,
    messages: readonly PreparedMessage[],
    complete: Pick<BatchWrite, 'positions' | 'deadLetters' | 'nowMs'>,
  ): Promise<{ write: EncodedBatch; duplicates: number }> {
    await this.trim();
    const memory = this.remembered();
    const fresh = await this.withoutDuplicates(reader, messages, memory);
    const identity = await memory.graph.resolve(fresh.map((message) => message.observation));
    await turn();
    const batch = statesOfBatch(fresh, identity.owners);
    const combined = combineStates(batch, await this.knownStates(reader, batch, memory));
    for (const [id, state] of combined.traitStates) memory.traitStates.set(id, state);
    for (const [id, account] of combined.accounts) memory.accounts.set(id, account);
    const generation = memory.generation++;
    const matchDue = this.matchDue(memory, identity, combined.traitStates);
    const told = toldOfIn(fresh, identity, (id) => memory.graph.profileIdOf(id));
    const write = planBatch(
      { messages: fresh, identity, batch, combined },
      { ...complete, matchDue, experienceDue: experienceDueOf(identity, told), generation, messages: messages.length },
    );
    return { write: encodeBatch(this.options.workspaceId, write, memory.mayCopy), duplicates: messages.length - fresh.length };
  }

  /** Where the rules were changed: resolves the next profiles anew. Null where all are. */
  async resolveAnew(reader: ClientBase): Promise<EncodedBatch | null> {
    const { ruleChange: progress } = this.remembered().settings;
    if (progress === null || progress.isFinished) return null;
    await this.trim();
    const memory = this.remembered();
    const { workspaceId, clock } = this.options;
    const resolved = await resolveNextAnew(reader, workspaceId, { rules: memory.settings.rules, progress, graph: memory.graph });
    memory.settings = { ...memory.settings, ruleChange: resolved.ruleChange };
    const matchDue = this.matchDue(memory, resolved.identity, NOTHING_SAID);
    const experienceDue = experienceDueOf(resolved.identity, []);
    const write = { ...NO_MESSAGES, ...resolved, matchDue, experienceDue, nowMs: clock(), generation: memory.generation++ };
    return encodeBatch(workspaceId, write, memory.mayCopy);
  }

  private matchDue({ settings }: Memory, identity: IdentityChanges, said: ReadonlyMap<bigint, TraitState>): readonly bigint[] {
    return settings.matching.reviewFrom === null ? [] : matchDueOf(identity, said);
  }

  /**
   * The first one in inbox order stays. Messages that were certainly not among the last hundred thousand are taken for new without asking the
   * database; where one of them was there long before, the timeline's primary key refuses the batch, and it is decided again with care.
   */
  private async withoutDuplicates(
    reader: ClientBase,
    messages: readonly PreparedMessage[],
    memory: Memory,
  ): Promise<readonly PreparedMessage[]> {
    const isCareful = this.carefulBatches > 0;
    if (isCareful) this.carefulBatches--;
    const suspects = new Set<PreparedMessage>();
    for (const message of messages) if (this.seen.add(message.interaction.interactionId) || isCareful) suspects.add(message);
    const fresh = suspects.size === 0 ? messages : await this.withoutKnown(reader, messages, suspects, memory);
    memory.inFlight = [fresh, ...memory.inFlight.slice(0, MOST_IN_FLIGHT - 1)];
    return fresh;
  }

  private async withoutKnown(
    reader: ClientBase,
    messages: readonly PreparedMessage[],
    suspects: ReadonlySet<PreparedMessage>,
    { inFlight }: Memory,
  ): Promise<readonly PreparedMessage[]> {
    const idOf = ({ interaction }: PreparedMessage) => interaction.interactionId;
    const known = new Set(await loadKnownInteractions(reader, this.options.workspaceId, [...new Set([...suspects].map(idOf))]));
    for (const batch of inFlight) for (const message of batch) known.add(idOf(message));
    return messages.filter((message) => {
      if (suspects.has(message) && known.has(idOf(message))) return false;
      known.add(idOf(message));
      return true;
    });
  }

  private async knownStates(reader: ClientBase, batch: BatchStates, memory: Memory): Promise<KnownStates> {
    const identifiers = [...batch.traitStates.keys()].filter((id) => !memory.traitStates.has(id));
    const accounts = [...batch.accounts.keys()].filter((id) => !memory.accounts.has(id));
    const { workspaceId } = this.options;
    const [traitStates, loadedAccounts] = await Promise.all([
      identifiers.length > 0 ? loadTraitStates(reader, workspaceId, identifiers) : new Map<bigint, TraitState>(),
      accounts.length > 0 ? loadAccounts(reader, workspaceId, accounts) : new Map<string, Account>(),
    ]);
    for (const [id, state] of traitStates) memory.traitStates.set(id, state);
    for (const [id, account] of loadedAccounts) memory.accounts.set(id, account);
    return memory;
  }

  /** Memory is bounded. What is not on disk yet must not be dropped, so the disk is waited for first. */
  private async trim(): Promise<void> {
    const memory = this.remembered();
    if (memory.graph.size <= CACHED_IDENTIFIERS && memory.traitStates.size + memory.accounts.size <= CACHED_STATES) return;
    await this.options.settled();
    memory.graph.trim(CACHED_IDENTIFIERS / 2);
    memory.traitStates.clear();
    memory.accounts.clear();
  }

  private remembered(): Memory {
    if (!this.memory) throw new Error('The lane was not begun.');
    return this.memory;
  }

  private connection(): ClientBase {
    if (!this.reader) throw new Error('The lane was not begun.');
    return this.reader;
  }
}
