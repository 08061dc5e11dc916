import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { segmentDesk } from '../../src/app/segments/segmentDesk';
import { newUuidV7 } from '../../src/kernel/uuid';
import { appPool } from '../../src/storage/pool';
import { type ChangingCustomers, PURCHASES, SEGMENTS } from './changingCustomers';
import { MessageStream } from './messageStream';
import { type SegmentBooks, type StoredChange, type StoredState, segmentBooks } from './segmentBooks';
import type { WebhookReceiver } from './webhookReceiver';

/** What runs, in processes that may be killed. */
export interface ChangingSystem {
  readonly address: string;
  readonly apiKey: string;
  readonly writeKey: string;
  readonly databaseUrl: string;
  /** Past every wall. */
  ask<Row>(statement: string, values?: unknown[]): Promise<Row[]>;
}

export interface SegmentSurvival {
  readonly books: SegmentBooks;
  readonly messages: number;
  readonly rounds: number;
  /** Requests that were not acknowledged. */
  readonly sentAgain: number;
  /** From the first message to the last change, and from there to the last delivery. */
  readonly changedMs: number;
  readonly deliveredMs: number;
}

const WORKSPACE = 1;
const PAUSE_MS = 200;
/** Nothing that the clock changes comes nearer than this to the look at what is true. */
const CALM_MS = 600_000;
/** The follower is not left further behind: it would find only what several rounds come to. */
const MOST_NOTES = 4;
const PATIENCE_MS = 900_000;

/** Defines the segments and the destination, and waits until they are at work. */
export async function prepare(system: ChangingSystem, receiver: WebhookReceiver): Promise<void> {
  const pool = appPool({
    databaseUrl: system.databaseUrl,
    maxConnections: 1,
    statementTimeoutMs: 0,
    applicationName: 'throughline faults',
    onConnectionLost: () => undefined,
  });
  const desk = segmentDesk(pool, () => newUuidV7(Date.now()));
  const author = () => ({ actor: 'faults', auditId: randomUUID(), atMs: Date.now() });
  await desk.createComputedTrait(WORKSPACE, PURCHASES, author());
  for (const [key, { definition }] of Object.entries(SEGMENTS)) {
    await desk.createSegment(WORKSPACE, { key, name: key, description: null, definition }, author());
  }
  await pool.end();
  receiver.secret = await createDestination(system, receiver.url);
  await until('the segments are live', async () => {
    return (await count(system, `select count(*)::int as count from segment s where s.status <> 'LIVE'`)) === 0;
  });
}

/**
 * Sends rounds of messages until so many changes came of them; waits until all is delivered, and does the books. `faults` happen meanwhile, until most is
 * delivered.
 */
export async function surviveChanges(
  system: ChangingSystem,
  receiver: WebhookReceiver,
  customers: ChangingCustomers,
  changes: number,
  faults: (isOver: () => boolean) => Promise<void>,
): Promise<SegmentSurvival> {
  const startedAt = Date.now();
  let isOver = false;
  const sending = sendRounds(system, customers, changes);
  const isMostDelivered = async () => (await pending(system)) * 4 <= (await countChanges(system));
  const most = sending
    .then(() => until('most is delivered', isMostDelivered))
    .finally(() => {
      isOver = true;
    });
  const [sent] = await Promise.all([sending, most, faults(() => isOver)]);
  await until('everything is followed', () => isFollowed(system, customers));
  const changedMs = Date.now() - startedAt;
  await until('everything is delivered', async () => (await pending(system)) === 0);
  const deliveredMs = Date.now() - startedAt - changedMs;
  const books = segmentBooks(await storedState(system), receiver.receipts, customers.belong(Date.now()));
  return { books, ...sent, changedMs, deliveredMs };
}

async function sendRounds(system: ChangingSystem, customers: ChangingCustomers, changes: number) {
  const sent = { messages: 0, sentAgain: 0, rounds: 0 };
  const { address, writeKey } = system;
  while ((await countChanges(system)) < changes) {
    const messages = customers.round(sent.rounds++, Date.now());
    const size = { messages: messages.length, messagesPerRequest: 100, connections: 4, customers: 0 };
    const stream = new MessageStream({ ...size, name: '', address, writeKey, message: (n) => messages[n] as (typeof messages)[number] });
    await stream.run();
    sent.messages += messages.length;
    sent.sentAgain += stream.sentAgain;
    await until('the follower keeps up', async () => (await waiting(system)) <= MOST_NOTES);
  }
  return sent;
}

/** Changes of memberships so far. */
export function countChanges(system: ChangingSystem): Promise<number> {
  return count(system, `select count(*)::int as count from change c where c.segment_id is not null`);
}

function pending(system: ChangingSystem): Promise<number> {
  return count(system, `select count(*)::int as count from delivery d where d.status = 'PENDING'`);
}

/** Rows of the inbox and notes that nobody has seen to yet. */
function waiting(system: ChangingSystem): Promise<number> {
  return count(
    system,
    'select ((select count(*) from inbox) + (select count(*) from change_note n where not n.is_followed))::int as count',
  );
}

async function isFollowed(system: ChangingSystem, { quietAtMs }: ChangingCustomers): Promise<boolean> {
  if (Date.now() <= quietAtMs) return false;
  const soon = [new Date(Date.now() + CALM_MS)];
  const wakes = await count(system, 'select count(*)::int as count from segment_wake w where w.wake_at < $1', soon);
  return wakes + (await waiting(system)) === 0;
}

async function storedState(system: ChangingSystem): Promise<StoredState> {
  return {
    changes: await system.ask<StoredChange>(
      'select c.change_id, c.type, c.profile_id, c.segment_id from change c where c.segment_id is not null order by c.transaction_id, c.change_id',
    ),
    memberships: await system.ask(`
      select s.key || ' ' || coalesce(i.value, m.profile_id::text) as place
      from segment_membership m
      left join segment s on s.workspace_id = m.workspace_id and s.segment_id = m.segment_id
      left join identifier i on i.workspace_id = m.workspace_id and i.profile_id = m.profile_id and i.type = 'user_id'`),
    segments: await system.ask('select s.segment_id, s.key, s.size from segment s'),
    customers: await system.ask(`select i.value as user_id, i.profile_id from identifier i where i.type = 'user_id'`),
  };
}

async function createDestination({ address, apiKey }: ChangingSystem, url: string): Promise<string> {
  const input = { name: 'Receiver', url, events: ['segment.entered', 'segment.left'] };
  const query = 'mutation ($input: CreateDestinationInput!) { createDestination(input: $input) { signingSecret } }';
  const answer = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = (await answer.json()) as { data: { createDestination: { signingSecret: string } } | null; errors?: unknown };
  if (!data) throw new Error(`The destination was refused: ${JSON.stringify(errors)}`);
  return data.createDestination.signingSecret;
}

async function count(system: ChangingSystem, statement: string, values: unknown[] = []): Promise<number> {
  const [row] = await system.ask<{ count: number }>(statement, values);
  return row?.count ?? 0;
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  for (const startedAt = Date.now(); !(await condition()); await sleep(PAUSE_MS)) {
    if (Date.now() - startedAt > PATIENCE_MS) throw new Error(`It never came about that ${what}.`);
  }
}
