import { Client, type ClientBase, type ClientConfig } from 'pg';
import { refusalOf } from './databaseRefusal';
import { setWorkspace } from './statements/setWorkspace';
import type { Statement } from './statements/statement';
import { type Row, SESSIONS, type WorkspaceConnections, withinTransaction } from './workspaceConnections';

const READ_CLOCK: Statement = { name: 'read_clock', text: 'select clock_timestamp()' };

/**
 * One state of one workspace, read by as many statements as one likes, on a connection of its own. It holds back what the database could clean up, so it is
 * not to be kept open for long.
 */
export class Snapshot implements WorkspaceConnections {
  private constructor(
    private readonly client: Client,
    private readonly workspaceId: number,
    readonly asOfMs: number,
  ) {}

  /** `connection`: as `appConnection` gives it. Refuses with UNAVAILABLE. */
  static async open(connection: ClientConfig, workspaceId: number): Promise<Snapshot> {
    const client = new Client({ ...connection, pipeline: true } as ClientConfig);
    // Whoever waits for an answer is told by its rejection.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(SESSIONS.pages);
      await client.query('begin isolation level repeatable read read only');
      await setWorkspace(client, workspaceId, 'transaction');
      const [row] = await withinTransaction(client).run<readonly [number]>(workspaceId, READ_CLOCK, []);
      return new Snapshot(client, workspaceId, row?.[0] as number);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw refusalOf(error) ?? error;
    }
  }

  /** Sent at once, answered in order. Takes no other workspace than its own. */
  async run<T extends Row>(workspaceId: number, statement: Statement, values: readonly unknown[]): Promise<readonly T[]> {
    if (workspaceId !== this.workspaceId) throw new Error('A snapshot is of one workspace.');
    try {
      return await withinTransaction(this.client).run<T>(workspaceId, statement, values);
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
  }

  /** For what takes a connection whose transaction is inside the workspace. */
  async within<T>(work: (client: ClientBase) => Promise<T>): Promise<T> {
    try {
      return await work(this.client);
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
  }

  /** Ends the transaction with the connection, whatever is under way. May be called again. */
  end(): void {
    const { stream } = (this.client as unknown as { readonly connection: { readonly stream: { destroy(): void } } }).connection;
    stream.destroy();
  }
}
