import type { ClientBase } from 'pg';
import { type Statement, send } from './statement';

const LIMIT_STATEMENTS: Statement = { name: 'limit_statements', text: `select set_config('statement_timeout', $1, true)` };

/** For the rest of the transaction a statement that takes longer fails with STATEMENT_TIMEOUT; 0: none does. */
export async function limitStatements(client: ClientBase, limitMs: number): Promise<void> {
  await send(client, LIMIT_STATEMENTS, [String(limitMs)]);
}
