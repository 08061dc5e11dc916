import type { ClientBase, Pool } from 'pg';
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

/** Runs `work` in one transaction inside the wall of one workspace: all of it or, where it throws, nothing. What fails in the database is a refusal. */
export async function inWorkspace<Result>(
  pool: Pool,
  workspaceId: number,
  kind: TransactionKind,
  work: (client: ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect().catch(refuse);
  let broken = true;
  try {
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
    return refuse(error);
  } finally {
    client.release(broken);
  }
}

/** Serialization failures and deadlocks: the same again may succeed. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01');
}

function refuse(error: unknown): never {
  throw refusalOf(error) ?? error;
}
