import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A port that leads to a server, and from time to time cuts what leads through it, wherever in a request or an answer that is. */
export class CuttingProxy {
  private readonly pairs = new Set<readonly [Socket, Socket]>();

  private constructor(
    private readonly server: Server,
    private readonly target: () => { readonly host: string; readonly port: number },
  ) {}

  /** `target` is asked for every connection. */
  static async start(target: () => { readonly host: string; readonly port: number }): Promise<CuttingProxy> {
    const server = createServer();
    const proxy = new CuttingProxy(server, target);
    server.on('connection', (socket) => proxy.lead(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Each with this probability; answers how many. Both sides are told by a reset. */
  cut(probability: number, chance: () => number): number {
    const chosen = [...this.pairs].filter(() => chance() < probability);
    for (const pair of chosen) for (const socket of pair) socket.resetAndDestroy();
    return chosen.length;
  }

  stop(): void {
    this.server.close();
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
  }

  private lead(from: Socket): void {
    const to = connect(this.target());
    const pair = [from, to] as const;
    this.pairs.add(pair);
    const end = (): void => {
      this.pairs.delete(pair);
      from.destroy();
      to.destroy();
    };
    from.pipe(to);
    to.pipe(from);
    for (const socket of pair) socket.on('error', end).on('close', end);
  }
}
