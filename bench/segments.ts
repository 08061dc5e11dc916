import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { BEHIND_MS } from '../src/app/processing/ingestion';
import { segmentDesk } from '../src/app/segments/segmentDesk';
import { startFollowing } from '../src/app/segments/startFollowing';
import type { Json } from '../src/kernel/json';
import { newUuidV7 } from '../src/kernel/uuid';
import { withBenchDatabase } from './database';
import { aHappening } from './experienceTraffic';
import { LaneOnTap } from './laneOnTap';
import { COMPUTED_TRAITS, segmentBook } from './segmentBook';
import { median } from './serverUnderLoad';
import { ShopSessions } from './shopSessions';
import { aMessage, seeded, visitorOf } from './traffic';

/**
 * What segments cost: ingestion with 200 segments followed beside it and without any, round about; and how long it takes from accepted to a changed
 * membership, at half of what is followed as it comes and at half of what is ingested while following is put off.
 *
 *     npm run bench -- segments        BENCH_MESSAGES=400000 BENCH_SEGMENTS=200 BENCH_SECONDS=20 by default
 */
const MESSAGES = Number(process.env['BENCH_MESSAGES'] ?? 400_000);
const SEGMENTS = Number(process.env['BENCH_SEGMENTS'] ?? 200);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 20);
const ROUND_MESSAGES = Number(process.env['BENCH_ROUND_MESSAGES'] ?? 120_000);
const ROUNDS = 3;
const CUSTOMERS = MESSAGES / 20;
const PROBE_EVERY_MS = 50;
/** Before it is measured: a lane that has just started knows nobody yet. */
const WARM_UP_SECONDS = 5;
/** What is sent while it is measured has just happened. */
const LIVE_MS = 2_000;
/** What happened before did so within so long, the more the nearer to now. */
const HISTORY_MS = 90 * 86_400_000;
const DEFINITIONS = ['segment', 'computed_trait', 'tracked_event'] as const;

const chance = seeded(7);
const newId = () => newUuidV7(Date.now());
const [SHOP, VIEWS, STRANGERS] = ['of sessions in a shop', 'of page views in sessions', 'each of somebody else, half of it no page view'];
const TRAFFIC: Readonly<Record<string, () => () => object>> = {
  [SHOP as string]: () => {
    const sessions = new ShopSessions(CUSTOMERS, chance, null);
    return () => sessions.next();
  },
  [VIEWS as string]: () => {
    const visitor = visitorOf('sessions', chance);
    let n = 0;
    return () => aMessage(n, visitor(n++), Date.now());
  },
  [STRANGERS as string]: () => () => aHappening(Math.floor(chance() * CUSTOMERS), chance, Date.now(), LIVE_MS),
};

async function main(): Promise<void> {
  await withBenchDatabase(async (url, owner) => {
    const tap = await LaneOnTap.open(url);
    const bench = new SegmentBench(tap, owner);
    await bench.fill();
    await bench.define();
    for (const traffic of Object.keys(TRAFFIC)) {
      const { ingested, followed } = await bench.ingestBoth(traffic);
      await bench.latency(traffic, followed / 2);
      await bench.latency(traffic, ingested / 2);
    }
    await bench.stop();
    await tap.pool.end();
  });
}

interface Rates {
  readonly ingested: number;
  readonly followed: number;
}

class SegmentBench {
  private readonly desk;
  private readonly following;
  /** How long the oldest message of the last batch had waited, while there is anything to process. */
  private lagMs = 0;

  constructor(
    private readonly tap: LaneOnTap,
    private readonly owner: pg.Pool,
  ) {
    this.desk = segmentDesk(tap.pool, newId);
    const onError = (error: Error) => print(String(error));
    this.following = startFollowing({ pool: tap.pool, clock: Date.now, newId, isBehind: () => this.lagMs > BEHIND_MS, onError });
    tap.onBatch = ({ lagMs }) => {
      this.lagMs = lagMs;
      this.following.ring(1);
    };
  }

  async fill(): Promise<void> {
    const sessions = new ShopSessions(CUSTOMERS, chance, () => Date.now() - HISTORY_MS * chance() ** 2);
    const next = () => sessions.next();
    for (let sent = 0; sent < MESSAGES; sent += 100_000) {
      await this.tap.send(Math.min(100_000, MESSAGES - sent), next);
      await this.tap.drain();
    }
    this.lagMs = 0;
    await this.settled();
    await this.owner.query('vacuum analyze');
  }

  async define(): Promise<void> {
    const startedAt = performance.now();
    for (const [key, definition] of Object.entries(COMPUTED_TRAITS)) {
      await this.desk.createComputedTrait(1, { key, name: key, definition }, author());
    }
    for (const [key, definition] of Object.entries(segmentBook(SEGMENTS))) await this.create(key, definition);
    await this.create('probed', { event: { name: 'Probe Done' } });
    await this.settled();
    const { rows } = await this.owner.query(
      `select (select count(*) from profile where merged_into is null) as profiles, (select count(*) from segment_membership) as memberships,
       (select count(*) from segment where status = 'LIVE') as live, (select count(*) from event_match) as matches, (select count(*) from tracked_event) as tracked`,
    );
    print(
      `${SEGMENTS} segments created one after the other and complete in ${seconds(startedAt).toFixed(1)} s: ${JSON.stringify(rows[0])}`,
    );
    await this.owner.query('vacuum analyze');
  }

  /** Medians with segments, in messages a second: until the last is on disk, and until the last of their customers is seen to. */
  async ingestBoth(traffic: string): Promise<Rates> {
    const next = newTraffic(traffic);
    const withThem: Rates[] = [];
    const without: Rates[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const isWith of round % 2 === 0 ? [false, true] : [true, false])
        (isWith ? withThem : without).push(await this.ingest(next, isWith));
    }
    const of = (rates: readonly Rates[], figure: keyof Rates) => Math.round(median(rates.map((rate) => rate[figure])));
    const [ingested, followed, bare] = [of(withThem, 'ingested'), of(withThem, 'followed'), of(without, 'ingested')];
    print(
      `ingestion ${traffic}: ${(ingested / bare).toFixed(2)} (${ingested}/s with, ${bare}/s without); followed to the end ${followed}/s`,
    );
    return { ingested, followed };
  }

  private async ingest(next: () => object, isWith: boolean): Promise<Rates> {
    await this.setAside(!isWith);
    await this.tap.send(ROUND_MESSAGES, next);
    const taken = await this.tap.drain();
    this.lagMs = 0;
    const drainedAt = performance.now();
    await this.settled();
    const followedAfter = seconds(drainedAt);
    print(
      `  ${Math.round(ROUND_MESSAGES / taken)}/s ${isWith ? 'with' : 'without'} segments; followed ${followedAfter.toFixed(1)} s later`,
    );
    await this.setAside(false);
    return { ingested: ROUND_MESSAGES / taken, followed: ROUND_MESSAGES / (taken + followedAfter) };
  }

  /** All definitions, while the lane and the follower are idle. Back again they are the same version, and what is known of customers still is. */
  private async setAside(isAside: boolean): Promise<void> {
    for (const table of DEFINITIONS) {
      if (isAside) {
        await this.owner.query(`create table aside_${table} as select * from ${table}`);
        await this.owner.query(`delete from ${table}`);
      } else if ((await this.owner.query(`select to_regclass('aside_${table}') as it`)).rows[0].it !== null) {
        await this.owner.query(`insert into ${table} select * from aside_${table}`);
        await this.owner.query(`drop table aside_${table}`);
      }
    }
    await this.owner.query('update segment_progress set generation = generation + $1', [isAside ? 1 : -1]);
    this.tap.forget();
  }

  /** Of probes that are sent between other messages, at this many a second: from accepted to a membership that others are told of. */
  async latency(traffic: string, perSecond: number): Promise<void> {
    const next = newTraffic(traffic);
    const changedBefore = await this.changes();
    let sent = 0;
    const warmUntilMs = Date.now() + WARM_UP_SECONDS * 1_000;
    const untilMs = warmUntilMs + SECONDS * 1_000;
    const latencies: number[] = [];
    const open = new Map<string, number>();
    let isSending = true;
    const draining = (async () => {
      while (isSending || open.size > 0) {
        await this.tap.drain();
        this.lagMs = 0;
        await pause(2);
      }
    })();
    const watching = this.watch(open, latencies, () => isSending);
    const startedAt = performance.now();
    for (let tick = 0; Date.now() < untilMs; tick++) {
      const due = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond) - sent;
      if (due > 0) await this.tap.send(due, next);
      sent += Math.max(due, 0);
      if (Date.now() > warmUntilMs) await this.probe(open);
      await pause(Math.max(0, startedAt + (tick + 1) * PROBE_EVERY_MS - performance.now()));
    }
    isSending = false;
    await Promise.all([draining, watching]);
    latencies.sort((left, right) => left - right);
    const at = (share: number) => Math.round(latencies[Math.floor(latencies.length * share)] ?? Number.NaN);
    print(
      `accepted to membership changed at ${Math.round(perSecond)} messages/s ${traffic}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${latencies.length}; ${(((await this.changes()) - changedBefore) / sent).toFixed(2)} changes of memberships a message`,
    );
  }

  private async probe(open: Map<string, number>): Promise<void> {
    const userId = `probe-${newId()}`;
    await this.tap.send(1, () => ({ userId, event: 'Probe Done' }));
    open.set(userId, performance.now());
  }

  private async watch(open: Map<string, number>, latencies: number[], isSending: () => boolean): Promise<void> {
    while (isSending() || open.size > 0) {
      const { rows } = await this.owner.query<{ value: string }>(
        `select i.value from change c join segment s using (segment_id) join identifier i on i.workspace_id = 1 and i.profile_id = c.profile_id
         where c.workspace_id = 1 and c.at >= $2 and c.type = 'segment.entered' and s.key = 'probed' and i.value = any ($1)`,
        [[...open.keys()], new Date(Date.now() - (performance.now() - Math.min(...open.values(), performance.now())))],
      );
      for (const { value } of rows) {
        latencies.push(performance.now() - (open.get(value) ?? Number.NaN));
        open.delete(value);
      }
      await pause(10);
    }
  }

  private async changes(): Promise<number> {
    return Number((await this.owner.query('select count(*) from change')).rows[0].count);
  }

  stop(): Promise<void> {
    return this.following.stop();
  }

  private create(key: string, definition: Json): Promise<string> {
    return this.desk.createSegment(1, { key, name: key, description: null, definition }, author());
  }

  /** Nothing is left to follow or to compute. */
  private async settled(): Promise<void> {
    this.following.ring(1);
    const isPending = `select exists (select from change_note where not is_followed) or exists (select from segment where status = 'COMPUTING') as it`;
    while ((await this.owner.query<{ it: boolean }>(isPending)).rows[0]?.it) await pause(20);
  }
}

function newTraffic(traffic: string): () => object {
  return (TRAFFIC[traffic] as () => () => object)();
}

function author() {
  return { actor: 'bench', auditId: newId(), atMs: Date.now() };
}

function seconds(startedAt: number): number {
  return (performance.now() - startedAt) / 1_000;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
