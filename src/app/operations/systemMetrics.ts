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
  const gauge = (name: string, help: string) => new Gauge({ name: `throughline_${name}`, help, registers: [registry] });
  const messages = gauge('inbox_messages', 'Messages that are durable and not yet processed.');
  const oldest = gauge('inbox_oldest_seconds', 'For how long the oldest message has been waiting to be processed.');
  const notes = gauge('unfollowed_notes', 'Changes that segments and subscribers have yet to follow.');
  const follow = gauge('follow_lag_seconds', 'For how long memberships have been behind what is processed.');
  const evaluation = gauge('evaluation_lag_seconds', 'For how long a profile has been due for its measures.');
  const deliveries = gauge('deliveries_pending', 'Changes that are to be delivered to destinations, also later.');
  const overdue = gauge('delivery_lag_seconds', 'For how long a delivery has been due.');
  const up = gauge('backlog_readable', 'Whether the database answered what waits in it (1) or not (0); then the figures are as they were.');
  const readWork = keptFor(KEPT_MS, sources.clock, () => withinTime(sources.work(sources.clock()), TIMEOUT_MS, null).catch(() => null));
  const secondsSince = (sinceMs: number | null): number => (sinceMs === null ? 0 : Math.max(0, sources.clock() - sinceMs) / 1000);
  // Whichever gauge is asked last finds the others set: the registry asks all of them before it writes.
  new Gauge({
    name: 'throughline_backlog_read_timestamp_seconds',
    help: 'When what waits was looked at.',
    registers: [registry],
    async collect() {
      const inbox = sources.inbox();
      messages.set(inbox.messages);
      oldest.set(secondsSince(inbox.oldestReceivedAtMs));
      const work = await readWork();
      up.set(work === null ? 0 : 1);
      if (work === null) return;
      notes.set(work.unfollowedNotes);
      follow.set(secondsSince(work.unfollowedSinceMs));
      evaluation.set(secondsSince(work.evaluationDueSinceMs));
      deliveries.set(work.pendingDeliveries);
      overdue.set(secondsSince(work.deliveryDueSinceMs));
      this.set(sources.clock() / 1000);
    },
  });
  watchQueue(registry, sources);
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
