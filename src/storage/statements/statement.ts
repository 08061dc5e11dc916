import type { ClientBase, QueryResultRow } from 'pg';

/** One SQL statement with a name, so that PostgreSQL parses it once a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** A statement with its values, ready to be sent: what takes time to encode is encoded already. */
export interface Call {
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

/** Sends it without waiting for what was sent before: on a pipelined connection a row of calls costs one round trip. */
export async function send<Row extends QueryResultRow>(
  client: ClientBase,
  statement: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  const result = await client.query<Row>({ name: statement.name, text: statement.text, values: [...values] });
  return result.rows;
}

export async function sendCall(client: ClientBase, { statement, values }: Call): Promise<void> {
  await send(client, statement, values);
}
