import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a body is whatever was sent
  readonly body: any;
}

export type Reaction = (response: http.ServerResponse, received: Received, request: http.IncomingMessage) => void;

export const answering =
  (status: number, headers: Record<string, string> = {}): Reaction =>
  (response) =>
    void response.writeHead(status, headers).end('said');

/** A real server on loopback that keeps what it is sent, and answers as it is told to. */
export class Receiver {
  readonly received: Received[] = [];
  react: Reaction = answering(204);

  private constructor(private readonly server: http.Server) {}

  static async start(): Promise<Receiver> {
    const server = http.createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => void receiver.take(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  /** Of each request, in the order they came. */
  get reasons(): string[] {
    return this.received.map(({ body }) => body.data.reason);
  }

  clear(): void {
    this.received.length = 0;
    this.react = answering(204);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const received = { headers: request.headers, text, body: JSON.parse(text) };
    this.received.push(received);
    this.react(response, received, request);
  }
}
