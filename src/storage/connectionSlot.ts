import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { StopSignal } from '../kernel/stopSignal';
import { cancelStatement } from './cancelStatement';
import { setWorkspace } from './statements/setWorkspace';

/** What stands around the statements that are sent behind it. */
export interface Wall {
  readonly workspaceId: number;
  /** It was stopped, so nothing that was sent behind it has seen anything. */
  hasFailed: boolean;
}

/** A statement that waits for its answer. */
export interface Pending {
  readonly signal: StopSignal | undefined;
}

export interface Slot {
  client: Client | null;
  /** What was asked for in this turn of the event loop waits to be sent in one piece. */
  holding: boolean;
  opening: Promise<Client> | null;
  /** The one that stands on the connection; null where none does. */
  wall: Wall | null;
  /** In the order in which they are run: the first is what the server is at. */
  readonly pending: Pending[];
  /** While what is at its head is being stopped. */
  isStopping: boolean;
  /** Until then a statement may have been stopped that was not meant. */
  hitUntilMs: number;
}

/** How soon the server is asked again to stop a statement that goes on. */
const STOP_AGAIN_MS = 50;
/** So much later than it was asked for, a statement may still be stopped. */
const HIT_MS = 1_000;
/** query_canceled, by whomever. */
const CANCELLED = '57014';
/** invalid_sql_statement_name */
const UNPREPARED = '26000';
const UNDONE: ReadonlySet<unknown> = new Set([CANCELLED, UNPREPARED]);

export function emptySlot(): Slot {
  return { client: null, holding: false, opening: null, wall: null, pending: [], isStopping: false, hitUntilMs: 0 };
}

/** What it costs to send one more statement on it, in statements that wait. */
export function effort(slot: Slot, workspaceId: number, worthOfAWrite: number): number {
  return slot.pending.length - (slot.holding ? worthOfAWrite : 0) + (slot.wall?.workspaceId === workspaceId ? 0 : 0.5);
}

/**
 * Statements that come in one turn of the event loop, for one request or for many, leave in one write: system calls are the greater part
 * of what a statement costs.
 */
export function sendTogether(slot: Slot, client: Client): void {
  if (slot.holding) return;
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection;
  slot.holding = true;
  stream.cork();
  setImmediate(() => {
    slot.holding = false;
    stream.uncork();
  });
}

/** Sent ahead on the same connection, so it holds for every statement after it. Should it fail, those see another workspace's rows, which are not theirs: nothing. */
export function standWall(slot: Slot, client: Client, workspaceId: number): Wall {
  const wall = { workspaceId, hasFailed: false };
  slot.wall = wall;
  setWorkspace(client, workspaceId, 'connection').catch((error) => {
    wall.hasFailed = UNDONE.has(stateOf(error));
    if (slot.wall === wall) slot.wall = null;
  });
  return wall;
}

/** Nearly always the first: they are answered in the order in which they were sent. */
export function remove(list: Pending[], item: Pending): void {
  if (list[0] === item) list.shift();
  else list.splice(list.indexOf(item), 1);
}

/** Has the server stop what it runs on the connection, as long as nobody waits for that any more. */
export function stopUnwanted(slot: Slot): void {
  if (slot.pending[0]?.signal?.aborted && !slot.isStopping) void stopAll(slot);
}

async function stopAll(slot: Slot): Promise<void> {
  slot.isStopping = true;
  while (slot.client && slot.pending[0]?.signal?.aborted) {
    slot.hitUntilMs = Number.POSITIVE_INFINITY;
    await cancelStatement(slot.client);
    slot.hitUntilMs = performance.now() + HIT_MS;
    await pause(STOP_AGAIN_MS);
  }
  slot.isStopping = false;
}

/**
 * Whether a statement failed because of one before it that was stopped: it was taken for that one, or was to use what that one would have prepared. Nothing of
 * it has been done.
 */
export function wasHit(slot: Slot, error: unknown): boolean {
  const state = stateOf(error);
  return state === UNPREPARED || (state === CANCELLED && performance.now() < slot.hitUntilMs);
}

function stateOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
