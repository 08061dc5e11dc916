import { setImmediate as turn } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import type { DeadLetter } from '../../intake/message';
import type { Clock, NewId } from '../../kernel/clock';
import { isDataError, isDuplicateInteraction } from '../../storage/dataErrors';
import type { ClaimedEntry } from '../../storage/statements/claimInbox';
import { type BatchWrite, type EncodedBatch, StaleBatch, writeBatch } from '../../storage/writeBatch';
import type { TextSentiment } from '../../timeline/sentiment/textSentiment';
import { BatchDecider } from './batchDecider';
import { type BatchFigures, type BatchReport, batchFigures } from './batchReport';
import { InboxReader } from './inboxReader';
import { InFlight } from './inFlight';
import type { LaneConnections } from './laneConnections';
import type { LoadedSettings } from './loadSettings';
import { deadLetterOf, type ErasureRequest, type PreparedMessage, prepareMessages } from './prepareMessages';

/** Of a full inbox. Larger ones write no faster (bench/README.md), and keep who waits waiting. */
export const BATCH_MESSAGES = 4000;
const TURN_MESSAGES = 200;

export interface LaneOptions {
  readonly workspaceId: number;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly loadSettings: (reader: ClientBase, workspaceId: number) => Promise<LoadedSettings>;
  readonly onBatch: (batch: BatchReport) => void;
  readonly sentimentOf: TextSentiment;
  readonly batchMessages?: number;
}

/** What leaves the inbox, what was refused, and who is to be erased, with the last piece of a batch. */
type Completion = Pick<BatchWrite, 'positions' | 'deadLetters' | 'erasures'>;
const NOTHING_COMPLETE: Completion = { positions: [], deadLetters: [], erasures: [] };

/**
 * Works off the inbox of one workspace, in order: while batches are being written, the next one is read, resolved and planned on top of
 * them. A batch that the database refuses is taken apart until the message at fault stands alone and becomes a dead letter.
 */
export class Lane {
  private readonly decider: BatchDecider;
  private readonly inbox: InboxReader;
  private readonly inFlight = new InFlight();
  /** Whose of the writers it was last. */
  private turn: 0 | 1 = 0;

  /** Identifiers in memory. */
  get size(): number {
    return this.decider.size;
  }

  /** Whether the workspace's profiles are compared, as far as is known. */
  get isMatching(): boolean {
    return this.decider.isMatching;
  }

  constructor(private readonly options: LaneOptions) {
    this.decider = new BatchDecider({ ...options, settled: () => this.inFlight.settle() });
    const { workspaceId, batchMessages = BATCH_MESSAGES } = options;
    this.inbox = new InboxReader({ workspaceId, batchMessages, inFlight: () => this.inFlight.positions });
  }

  /**
   * Processes what is in the inbox up to `to`, or until `enough` says so between two batches, or until somebody else turns out to work on
   * the same workspace; and resolves anew what a change of rules reaches. Answers whether all of it is done. Throws where the database fails;
   * what was not written is still in the inbox.
   */
  async drain(connections: LaneConnections, to: bigint, enough: () => boolean): Promise<boolean> {
    try {
      await this.decider.begin(connections.reader);
      for (let isResolved = true; ; ) {
        const entries = await this.inbox.next(connections.reader);
        const first = entries[0];
        const isDue = first !== undefined && (first.position <= to || !isResolved);
        if (isDue) await this.process(connections, entries);
        isResolved = await this.resolveAnew(connections);
        if (!isDue && isResolved && (await this.settled(connections))) return true;
        if (enough()) return (await this.settled(connections)) && false;
      }
    } catch (error) {
      this.decider.forget();
      if (error instanceof StaleBatch) return false;
      throw error;
    } finally {
      await this.inFlight.end();
      await this.inbox.dropAhead();
    }
  }

  /** Between two batches of messages, one of profiles that a change of rules reaches. Answers whether none are left. */
  private async resolveAnew(connections: LaneConnections): Promise<boolean> {
    try {
      const batch = await this.decider.resolveAnew(connections.reader);
      if (batch === null) return true;
      await this.inFlight.settle();
      await writeBatch(connections.writers[0], this.options.workspaceId, batch);
    } catch (error) {
      await this.recover(connections, error);
      await this.processCarefully(connections);
    }
    return false;
  }

  private async process(connections: LaneConnections, entries: readonly ClaimedEntry[]): Promise<void> {
    try {
      this.inbox.readAhead(connections.reader, entries);
      const nowMs = this.options.clock();
      const { messages, complete } = await this.prepare(connections, entries, nowMs);
      const batch = await this.decider.decide(connections.reader, messages, { ...complete, nowMs });
      await this.inFlight.room();
      const figures = batchFigures(batch.duplicates, entries, { startedAtMs: nowMs, decidedAtMs: this.options.clock() });
      this.inFlight.add(complete.positions, (before) => this.write(connections, batch.write, figures, before));
    } catch (error) {
      await this.recover(connections, error);
      await this.processCarefully(connections);
    }
  }

  /** Waits for what is being written. A batch that failed is done again with care: then there may be more to do, and the answer is false. */
  private async settled(connections: LaneConnections): Promise<boolean> {
    try {
      await this.inFlight.settle();
      return true;
    } catch (error) {
      await this.recover(connections, error);
      await this.processCarefully(connections);
      return false;
    }
  }

  /** Starts again from what is stored; throws on where trying again is no use. */
  private async recover(connections: LaneConnections, error: unknown): Promise<void> {
    await this.inFlight.end();
    await this.inbox.dropAhead();
    this.decider.forget();
    if (!isDataError(error)) throw error;
    if (isDuplicateInteraction(error)) this.decider.expectDuplicates();
    await this.decider.begin(connections.reader);
  }

  /** One batch from the head of the inbox, without anything written beside it. */
  private async processCarefully(connections: LaneConnections): Promise<void> {
    const entries = await this.inbox.next(connections.reader);
    if (entries.length === 0) return;
    const { messages, complete } = await this.prepare(connections, entries, this.options.clock());
    await this.writeOrSplit(connections, messages, complete);
  }

  /** The requests leave the inbox with the last piece; should that not come to pass, the earlier pieces are duplicates the next time. */
  private async writeOrSplit(connections: LaneConnections, messages: readonly PreparedMessage[], complete: Completion): Promise<void> {
    const nowMs = this.options.clock();
    try {
      const batch = await this.decider.decide(connections.reader, messages, { ...complete, nowMs });
      const oldest = messages[0]?.message;
      const times = { startedAtMs: nowMs, decidedAtMs: this.options.clock() };
      await this.write(connections, batch.write, batchFigures(batch.duplicates, oldest ? [oldest] : [], times));
    } catch (error) {
      await this.recover(connections, error);
      const only = messages[0];
      if (only && messages.length === 1) {
        const deadLetter = deadLetterOf(only, { code: 'MESSAGE_POISONOUS', reason: String(error).slice(0, 500) }, nowMs);
        await this.writeOrSplit(connections, [], { ...complete, deadLetters: [...complete.deadLetters, deadLetter] });
      } else if (only) {
        const half = Math.ceil(messages.length / 2);
        await this.writeOrSplit(connections, messages.slice(0, half), NOTHING_COMPLETE);
        await this.writeOrSplit(connections, messages.slice(half), complete);
      } else {
        throw error;
      }
    }
  }

  /** In pieces, between which the connections get their turn: the database must not wait while this process computes. */
  private async prepare(connections: LaneConnections, entries: readonly ClaimedEntry[], nowMs: number) {
    const settings = await this.decider.settingsFor(connections.reader, entries);
    const messages: PreparedMessage[] = [];
    const deadLetters: DeadLetter[] = [];
    const erasures: ErasureRequest[] = [];
    let sinceTurn = 0;
    for (const entry of entries) {
      const prepared = prepareMessages([entry], { settings, sentimentOf: this.options.sentimentOf, nowMs });
      messages.push(...prepared.messages);
      deadLetters.push(...prepared.deadLetters);
      erasures.push(...prepared.erasures);
      sinceTurn += entry.messageCount;
      if (sinceTurn >= TURN_MESSAGES) {
        await turn();
        sinceTurn = 0;
      }
    }
    return { messages, complete: { positions: entries.map((entry) => entry.position), deadLetters, erasures } };
  }

  private async write(
    connections: LaneConnections,
    batch: EncodedBatch,
    figures: BatchFigures,
    before: Promise<void> | null = null,
  ): Promise<void> {
    this.turn = this.turn === 0 ? 1 : 0;
    await writeBatch(connections.writers[this.turn], this.options.workspaceId, batch, before);
    const writtenAtMs = this.options.clock();
    const { messages, deadLetters } = batch;
    const { workspaceId } = this.options;
    this.options.onBatch({
      ...figures,
      workspaceId,
      messages,
      deadLetters: deadLetters.length,
      lagMs: writtenAtMs - figures.oldestMs,
      writtenAtMs,
    });
  }
}
