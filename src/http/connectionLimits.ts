import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionLimits {
  /** Open at once in this process; who comes later is turned away without a word. */
  readonly maxConnections: number;
  /** Of these, from one address; 0: as many as there are. */
  readonly maxConnectionsPerAddress: number;
  /** The head of a request must have arrived by then, counted from when the connection was opened or the request began. */
  readonly headersTimeoutMs: number;
  /** The whole request must have arrived by then. */
  readonly requestTimeoutMs: number;
  /** A connection over which nothing goes in either direction for so long is closed. */
  readonly idleTimeoutMs: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  maxConnections: 10_000,
  maxConnectionsPerAddress: 1_000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  idleTimeoutMs: 120_000,
};

/** How often Node looks for requests that are late; so much later they may be noticed. */
export const LATE_REQUESTS_CHECK_MS = 1_000;

/** Turns away connections beyond the limits, before anything is read from them; `answer` is what those hear who are too many from one address. */
export function limitConnections(server: Server, limits: ConnectionLimits, answer: string): void {
  server.maxConnections = limits.maxConnections;
  if (limits.maxConnectionsPerAddress === 0) return;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
    if (count <= limits.maxConnectionsPerAddress) return;
    socket.on('error', () => undefined);
    socket.end(answer, () => socket.destroy());
  });
}
