import { setImmediate as turn } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { IdentityGraph } from '../../identity/graph';
import type { IdentityChanges } from '../../identity/identityStore';
import type { Clock, NewId } from '../../kernel/clock';
import type { Account } from '../../profile/account';
import type { TraitState } from '../../profile/traitState';
import type { Interest } from '../../segments/interestOf';
import { identityReader } from '../../storage/identityReader';
import { mayCopyInteractions } from '../../storage/statements/copyInteractions';
import { loadAccounts, loadTraitStates } from '../../storage/statements/loadStates';
import { readGeneration } from '../../storage/statements/lockLane';
import { type BatchWrite, type EncodedBatch, encodeBatch } from '../../storage/writeBatch';
import { resolveNextAnew, rulesInForce } from '../rules/ruleChangeBatch';
import { Interests } from '../segments/interests';
import { Duplicates } from './duplicates';
import { withoutErased } from './erasedReplays';
import { experienceDueOf, toldOfIn } from './experienceDueOf';
import type { LoadedSettings } from './loadSettings';
import { matchDueOf } from './matchDueOf';
import { notesOf } from './notesOf';
import { type BatchStates, combineStates, type KnownStates, planBatch, statesOfBatch } from './planBatch';
import type { PreparedMessage, WorkspaceSettings } from './prepareMessages';

const CACHED_IDENTIFIERS = 200_000;
const CACHED_STATES = 20_000;

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
  replays: new Map(),
  erasures: [],
} as const;
const NO_ACCOUNTS: ReadonlyMap<string, Account> = new Map();
const NOTHING_SAID: ReadonlyMap<bigint, TraitState> = new Map();

/** What stands in memory of one workspace: the truth as of `generation`, with every decision since already in it. */
interface Memory {
  generation: bigint;
  settings: LoadedSettings;
  /** What segments and computed traits ask about, as of `generation`. */
  readonly interest: Interest;
  readonly mayCopy: boolean;
  readonly graph: IdentityGraph;
  readonly traitStates: Map<bigint, TraitState>;
  readonly accounts: Map<string, Account>;
}

/**
 * Decides what batches of messages change, one after the other, ahead of the disk: a batch is decided on top of those before, while
 * these are still being written. Right as long as nobody else writes to the workspace; the lane's generation, which every batch is
 * written against, tells when somebody did.
 */
export class BatchDecider {
  private memory: Memory | null = null;
  private reader: ClientBase | null = null;
  private readonly duplicates: Duplicates;
  private readonly interests = new Interests();

  constructor(private readonly options: BatchDeciderOptions) {
    this.duplicates = new Duplicates(options.workspaceId);
  }

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
    const [settings, interest] = await Promise.all([
      this.options.loadSettings(reader, workspaceId),
      this.interests.load(reader, workspaceId),
    ]);
    const graphReader = identityReader(() => this.connection(), workspaceId, this.options.settled);
    this.memory = {
      generation,
      settings,
      interest,
      mayCopy: await mayCopyInteractions(reader),
      graph: new IdentityGraph({ rules: settings.rules, reader: graphReader, newId, inForce: rulesInForce(settings.ruleChange) }),
      traitStates: new Map(),
      accounts: new Map(),
    };
  }

  forget(): void {
    this.memory = null;
    this.duplicates.forgetInFlight();
  }

  /** A batch was refused for a duplicate that memory did not know of. */
  expectDuplicates(): void {
    this.duplicates.expectMore();
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
    complete: Pick<BatchWrite, 'positions' | 'deadLetters' | 'erasures' | 'nowMs'>,
  ): Promise<{ write: EncodedBatch; duplicates: number }> {
    await this.trim();
    const memory = this.remembered();
    const { deadLetters, ...asked } = await withoutErased(reader, this.options.workspaceId, memory.settings, {
      messages,
      deadLetters: complete.deadLetters,
    });
    const fresh = await this.duplicates.drop(reader, asked.messages);
    const identity = await memory.graph.resolve(fresh.map((message) => message.observation));
    await turn();
    const batch = statesOfBatch(fresh, identity.owners);
    const known = await this.knownStates(reader, batch, memory);
    const combined = combineStates(batch, known);
    const noted = { messages: fresh, identity, accounts: combined.accounts, knownAccounts: known.accounts };
    const notes = notesOf(noted, { interest: memory.interest, nowMs: complete.nowMs });
    for (const [id, state] of combined.traitStates) memory.traitStates.set(id, state);
    for (const [id, account] of combined.accounts) memory.accounts.set(id, account);
    const generation = memory.generation++;
    const matchDue = this.matchDue(memory, identity, combined.traitStates);
    const told = toldOfIn(fresh, identity, (id) => memory.graph.profileIdOf(id));
    const write = planBatch(
      { messages: fresh, identity, batch, combined },
      {
        ...complete,
        ...notes,
        deadLetters,
        replays: asked.replays,
        matchDue,
        experienceDue: experienceDueOf(identity, told),
        generation,
        messages: messages.length,
      },
    );
    return { write: encodeBatch(this.options.workspaceId, write, memory.mayCopy), duplicates: asked.messages.length - fresh.length };
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
    const nowMs = clock();
    const noted = { messages: [], identity: resolved.identity, accounts: NO_ACCOUNTS, knownAccounts: NO_ACCOUNTS };
    const notes = notesOf(noted, { interest: memory.interest, nowMs });
    const write = { ...NO_MESSAGES, ...resolved, ...notes, matchDue, experienceDue, nowMs, generation: memory.generation++ };
    return encodeBatch(workspaceId, write, memory.mayCopy);
  }

  private matchDue({ settings }: Memory, identity: IdentityChanges, said: ReadonlyMap<bigint, TraitState>): readonly bigint[] {
    return settings.matching.reviewFrom === null ? [] : matchDueOf(identity, said);
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
