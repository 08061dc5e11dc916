import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A port that refuses connections until it is opened, and then leads to a server, until it is closed or holds up what is on its way. */
export class Gate {
  private server: Server | null = null;
  private isHeldUp = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    readonly port: number,
    private readonly target: { readonly host: string; readonly port: number },
  ) {}

  static async closed(target: { readonly host: string; readonly port: number }): Promise<Gate> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');
    return new Gate(port, target);
  }

  async open(): Promise<void> {
    this.server = createServer((socket) => this.lead(socket)).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  close(): void {
    this.server?.close();
    for (const socket of this.sockets) socket.destroy();
  }

  /** Connections stand, also new ones, and nothing gets through in either direction. */
  holdUp(): void {
    this.isHeldUp = true;
    for (const socket of this.sockets) socket.pause();
  }

  letGo(): void {
    this.isHeldUp = false;
    for (const socket of this.sockets) socket.resume();
  }

  private lead(from: Socket): void {
    const to = connect(this.target);
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      this.sockets.add(socket);
      socket.pipe(other);
      if (this.isHeldUp) socket.pause();
      socket.on('error', () => other.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    }
  }
}
