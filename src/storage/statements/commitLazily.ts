import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

const COMMIT_LAZILY: Statement = { name: 'commit_lazily', text: 'set local synchronous_commit = off' };

/**
 * The transaction commits without waiting for the disk. For what a later commit of the same process follows on, which takes it to the disk with it, and
 * what is simply done again where neither survives.
 */
export async function commitLazily(client: ClientBase): Promise<void> {
  await send(client, COMMIT_LAZILY, []);
}
