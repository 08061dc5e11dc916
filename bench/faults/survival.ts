import { type Accounting, accountFor } from './accounting';
import { MessageStream } from './messageStream';
import type { StartedSystem } from './startedSystem';

/** The command line of the process that a fault ends. */
export const VICTIMS = { worker: 'workers/ingestion.js', api: 'apiProcess.js', PostgreSQL: 'bin/postgres' } as const;
export type Victim = keyof typeof VICTIMS;

export interface Survival {
  readonly books: Accounting;
  readonly acknowledged: number;
  readonly sentAgain: number;
  /** From the first message sent to the last one processed. */
  readonly tookMs: number;
}

/** kill -9, in the middle of whatever it is doing. Resolves when another one is there. */
export async function kill(system: StartedSystem, victim: Victim): Promise<void> {
  const part = VICTIMS[victim];
  await system.until(() => system.children(part).length > 0);
  const [killed] = system.children(part) as [number];
  process.kill(killed, 'SIGKILL');
  await system.until(() => system.children(part).some((pid) => pid !== killed));
}

/** Sends messages while `faults` happen, waits until everything acknowledged is processed, and does the books. */
export async function survive(
  system: StartedSystem,
  address: string,
  sent: { readonly name: string; readonly messages: number },
  faults: (stream: MessageStream) => Promise<void>,
): Promise<Survival> {
  const startedAt = Date.now();
  const { writeKey } = system;
  const customers = Math.ceil(sent.messages / 15);
  const stream = new MessageStream({ ...sent, address, writeKey, messagesPerRequest: 50, connections: 4, customers });
  await Promise.all([stream.run(), faults(stream)]);
  await system.until(async () => (await left(system)) === 0);
  const tookMs = Date.now() - startedAt;
  const books = await accountFor(stream.acknowledged, (statement, values) => system.ask<Accounting>(statement, values));
  return { books, acknowledged: stream.acknowledged.length, sentAgain: stream.sentAgain, tookMs };
}

/** The database may just be away. */
async function left(system: StartedSystem): Promise<number> {
  try {
    return Number((await system.ask<{ left: string }>('select count(*) as left from inbox')).left);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
