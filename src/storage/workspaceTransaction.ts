import type { ClientBase, Pool } from 'pg';
import type { StopSignal } from '../kernel/stopSignal';
import { cancelStatement } from './cancelStatement';
import { refusalOf } from './databaseRefusal';
import { setWorkspace } from './statements/setWorkspace';

/**
 * A snapshot sees one state of the database throughout, and can't write. So do steady changes, which can; they fail (`isOvertaken`) where somebody else
 * has meanwhile changed a row that they lock or write, and are to be tried again then.
 */
export type TransactionKind = 'changes' | 'snapshot' | 'steadyChanges';

const BEGIN: Readonly<Record<TransactionKind, string>> = {
  changes: 'begin',
  snapshot: 'begin isolation level repeatable read read only',
  steadyChanges: 'begin isolation level repeatable read',
};

/**
 * Runs `work` in one transaction inside the wall of one workspace: all of it or, where it throws, nothing. What fails in the database is a refusal. Where
 * `signal` is aborted, the statement under way is stopped, and what it is aborted with is thrown.
 */
export async function inWorkspace<Result>(
  pool: Pool,
  workspaceId: number,
  kind: TransactionKind,
  work: (client: ClientBase) => Promise<Result>,
  signal?: StopSignal,
): Promise<Result> {
  signal?.throwIfAborted();
  const client = await pool.connect().catch(refuse);
  const stopping = signal && stopWith(signal, client);
  let broken = true;
  try {
    signal?.throwIfAborted();
    await client.query(BEGIN[kind]);
    await setWorkspace(client, workspaceId, 'transaction');
    const result = await work(client);
    await client.query('commit');
    broken = false;
    return result;
  } catch (error) {
    broken = await client.query('rollback').then(
      () => false,
      () => true,
    );
    signal?.throwIfAborted();
    return refuse(error);
  } finally {
    // A statement that is still to be stopped must not be one of who gets the connection next.
    await stopping?.end();
    client.release(broken);
  }
}

function stopWith(signal: StopSignal, client: ClientBase): { end(): Promise<void> } {
  let stopped: Promise<void> = Promise.resolve();
  const stop = () => {
    stopped = cancelStatement(client);
  };
  signal.addEventListener('abort', stop);
  return {
    end() {
      signal.removeEventListener('abort', stop);
      return stopped;
    },
  };
}

/** Serialization failures and deadlocks: the same again may succeed. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01');
}

function refuse(error: unknown): never {
  throw refusalOf(error) ?? error;
}
