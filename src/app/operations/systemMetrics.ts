import { Gauge, type Registry } from 'prom-client';
import type { PoolUse } from '../../storage/pool';
import type { WorkBacklogs } from '../../storage/statements/readWorkBacklogs';
import { withinTime } from './readiness';

/** How pools are used at the moment somebody looks, by the name of each. */
export function watchPools(registry: Registry, pools: Readonly<Record<string, () => PoolUse>>): void {
  const connections = new Gauge({
    name: 'throughline_pool_connections',
    help: 'Connections to PostgreSQL that are open, by pool and by whether they are in use.',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      for (const [pool, use] of Object.entries(pools)) {
        const { open, idle, waiting } = use();
        connections.set({ pool, state: 'idle' }, idle);
        connections.set({ pool, state: 'busy' }, open - idle);
        waits.set({ pool }, waiting);
      }
    },
  });
  const waits = new Gauge({
    name: 'throughline_pool_waiting',
    help: 'Who waits for a connection of the pool or, where statements follow one another on one, for an answer.',
    labelNames: ['pool'],
    registers: [registry],
  });
}

export interface BacklogSources {
  /** As of the last look of the overload gate. */
  readonly inbox: () => { readonly messages: number; readonly oldestReceivedAtMs: number | null };
  readonly work: (nowMs: number) => Promise<WorkBacklogs>;
  /** Jobs by state. */
  readonly queue: () => Promise<Readonly<Record<string, number>>>;
  readonly clock: () => number;
}

/** Asking more often gets the same answer. */
const KEPT_MS = 5_000;
const TIMEOUT_MS = 2_000;

/** What waits in the database and in the queue, of all workspaces and processes together: every API process tells the same. */
export function watchBacklogs(registry: Registry, sources: BacklogSources): void {
  watchInbox(registry, sources);
  watchWork(registry, sources);
  watchQueue(registry, sources);
}

function watchInbox(registry: Registry, { inbox, clock }: BacklogSources): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({ name: `throughline_${name}`, help, registers: [registry], collect: set(read) });
  gauge('inbox_messages', 'Messages that are durable and not yet processed.', () => inbox().messages);
  gauge('inbox_oldest_seconds', 'For how long the oldest message has been waiting to be processed.', () =>
    secondsSince(inbox().oldestReceivedAtMs, clock()),
  );
}

/** Figures of a database that does not answer stay as they were, and `backlog_readable` says so. */
function watchWork(registry: Registry, { work, clock }: BacklogSources): void {
  const readWork = keptFor(KEPT_MS, clock, () => withinTime(work(clock()), TIMEOUT_MS, null).catch(() => null));
  const gauge = (name: string, help: string, read: (backlogs: WorkBacklogs) => number) =>
    new Gauge({
      name: `throughline_${name}`,
      help,
      registers: [registry],
      async collect() {
        const backlogs = await readWork();
        if (backlogs !== null) this.set(read(backlogs));
      },
    });
  gauge('unfollowed_notes', 'Changes that segments and subscribers have yet to follow.', (it) => it.unfollowedNotes);
  gauge('follow_lag_seconds', 'For how long memberships have been behind what is processed.', (it) =>
    secondsSince(it.unfollowedSinceMs, clock()),
  );
  gauge('evaluation_lag_seconds', 'For how long a profile has been due for its measures.', (it) =>
    secondsSince(it.evaluationDueSinceMs, clock()),
  );
  gauge('deliveries_pending', 'Changes that are to be delivered to destinations, also later.', (it) => it.pendingDeliveries);
  gauge('delivery_lag_seconds', 'For how long a delivery has been due.', (it) => secondsSince(it.deliveryDueSinceMs, clock()));
  new Gauge({
    name: 'throughline_backlog_readable',
    help: 'Whether the database answered what waits in it (1) or not (0).',
    registers: [registry],
    async collect() {
      this.set((await readWork()) === null ? 0 : 1);
    },
  });
}

/** For a gauge that is always known. */
function set(read: () => number) {
  return function collect(this: Gauge): void {
    this.set(read());
  };
}

function secondsSince(sinceMs: number | null, nowMs: number): number {
  return sinceMs === null ? 0 : Math.max(0, nowMs - sinceMs) / 1000;
}

function watchQueue(registry: Registry, { queue, clock }: BacklogSources): void {
  const readQueue = keptFor(KEPT_MS, clock, () => withinTime(queue(), TIMEOUT_MS, null).catch(() => null));
  new Gauge({
    name: 'throughline_queue_jobs',
    help: 'Jobs in the queue of the inbox, by state; at most one active and one waiting for each workspace. None where the queue does not answer.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const counts = await readQueue();
      this.reset();
      for (const [state, jobs] of Object.entries(counts ?? {})) this.set({ state }, jobs);
    },
  });
}

/** Reads once in so many milliseconds, however many ask. */
function keptFor<Value>(keptMs: number, clock: () => number, read: () => Promise<Value>): () => Promise<Value> {
  let kept: Promise<Value> | null = null;
  let readAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    if (kept === null || clock() - readAtMs >= keptMs) {
      readAtMs = clock();
      kept = read();
    }
    return kept;
  };
}
