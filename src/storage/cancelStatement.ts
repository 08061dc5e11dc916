import { type Client, type ClientBase, type ClientConfig, Connection } from 'pg';

const GIVE_UP_MS = 2_000;

/** What `pg` knows of a connection and doesn't say in its types. */
type Connected = Client & { readonly processID: number; readonly secretKey: number };
type Cancelling = Connection & {
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processID: number, secretKey: number): void;
};

/**
 * Asks the server to stop whatever the connection is running at that moment, by a connection of its own, as PostgreSQL's protocol has it. Resolves when the
 * server has passed it on, and also where it can't be reached: then nothing is running any more.
 */
export function cancelStatement(running: ClientBase): Promise<void> {
  const { host, port, ssl, processID, secretKey } = running as Connected;
  const connection = new Connection({ ssl } as ClientConfig) as Cancelling;
  const cancel = () => connection.cancel(processID, secretKey);
  return new Promise((resolve) => {
    const timer = setTimeout(() => connection.stream.destroy(), GIVE_UP_MS);
    connection.on('connect', () => (ssl ? connection.requestSsl() : cancel()));
    connection.on('sslconnect', cancel);
    connection.on('error', () => connection.stream.destroy());
    connection.on('end', () => {
      clearTimeout(timer);
      resolve();
    });
    if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
    else connection.connect(port, host);
  });
}
