import { setTimeout as sleepMs } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { JsonObject } from '../../kernel/json';
import { DEPARTMENTS, type Department } from '../../kernel/vocabulary';
import { type BatchDoor, sendBatch } from '../sendBatch';
import { demoMessages } from './demoMessages';
import { DAY_MS } from './life';

const gzipped = promisify(gzip);

const BATCH_MESSAGES = 250;
/** Requests under way at a time: enough to share commits, few enough to leave the machine usable. */
const MOST_UNDER_WAY = 4;

export interface DemoProgress {
  /** Messages that the server has answered for. */
  readonly messages: number;
  /** How much of the year has been told, from 0 to 1. */
  readonly fraction: number;
}

export interface DemoOptions {
  /** Where the API listens, such as http://127.0.0.1:4000. */
  readonly baseUrl: string;
  /** A source's write key for each department. */
  readonly writeKeys: Readonly<Record<Department, string>>;
  /** The end of the year that is told. An interrupted load is to be repeated with the same. */
  readonly nowMs: number;
  readonly seed?: string;
  readonly onProgress?: (progress: DemoProgress) => void;
  /** Ends the load early: what was answered for stays, the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly sleep?: (waitMs: number) => Promise<unknown>;
}

export interface DemoOutcome {
  readonly messages: number;
  /** How many of them the server refused; none, unless the demo and the protocol have grown apart. */
  readonly rejected: number;
}

/**
 * Sends the demo company's year through the front door, as its tools would: gzip batches to POST /v1/batch. Safe to repeat with the
 * same seed and `nowMs`, because the message ids are the same. Throws where the server can't be reached or refuses a batch for good.
 */
export async function loadDemo(options: DemoOptions): Promise<DemoOutcome> {
  const { nowMs, seed = 'harbour roast' } = options;
  const load = new DemoLoad(options);
  const waiting: Record<Department, JsonObject[]> = { MARKETING: [], SALES: [], PRODUCT: [], SUPPORT: [] };
  for (const { department, atMs, message } of demoMessages(seed, nowMs)) {
    if (waiting[department].push(message) < BATCH_MESSAGES) continue;
    await load.start(department, waiting[department], 1 - (nowMs - atMs) / (365 * DAY_MS));
    waiting[department] = [];
  }
  for (const department of DEPARTMENTS) {
    if (waiting[department].length > 0) await load.start(department, waiting[department], 1);
  }
  return load.end();
}

/** The requests under way, and what came of those that ended. */
class DemoLoad {
  private readonly underWay = new Set<Promise<void>>();
  private readonly door: BatchDoor;
  private messages = 0;
  private rejected = 0;
  private failure: { readonly error: unknown } | null = null;

  constructor(private readonly options: DemoOptions) {
    const { baseUrl, signal, sleep = (waitMs) => sleepMs(waitMs, undefined, { signal }) } = options;
    this.door = { baseUrl, sleep, signal };
  }

  /** Resolves when there is room for a further request. Throws what an earlier one failed with. */
  async start(department: Department, batch: readonly JsonObject[], fraction: number): Promise<void> {
    this.options.signal?.throwIfAborted();
    const sent = this.send(department, batch, fraction)
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => this.underWay.delete(sent));
    this.underWay.add(sent);
    if (this.underWay.size >= MOST_UNDER_WAY) await Promise.race(this.underWay);
    if (this.failure) await this.end();
  }

  /** Waits for what is under way. Throws what the first failed with. */
  async end(): Promise<DemoOutcome> {
    await Promise.all(this.underWay);
    if (this.failure) throw this.failure.error;
    return { messages: this.messages, rejected: this.rejected };
  }

  private async send(department: Department, batch: readonly JsonObject[], fraction: number): Promise<void> {
    const body = await gzipped(JSON.stringify({ batch }), { level: 3 });
    this.rejected += (await sendBatch(this.door, this.options.writeKeys[department], body)).length;
    this.messages += batch.length;
    this.options.onProgress?.({ messages: this.messages, fraction });
  }
}
