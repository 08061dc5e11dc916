import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

interface SentMessage {
  readonly messageId: string;
  readonly type: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly traits?: Record<string, unknown>;
}

/** Answers a request in place of the usual answer; undefined: as usual. */
type Interference = (request: { readonly number: number; readonly messages: readonly SentMessage[] }, response: ServerResponse) => boolean;

/** A server that knows of the protocol what an import needs: it refuses messages without an id, and counts. */
export class ServerDouble {
  readonly requests: (readonly SentMessage[])[] = [];
  readonly authorizations = new Set<string>();
  readonly sources: string[] = [];
  interfere: Interference = () => false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ServerDouble> {
    const server = createServer((request, response) => void double.answer(request, response));
    const double = new ServerDouble(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get sent(): readonly SentMessage[] {
    return this.requests.flat();
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((closed) => this.server.close(() => closed()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (request.url === '/graphql') response.end(JSON.stringify({ data: this.graphql(JSON.parse(body.toString())) }));
    else this.batch(JSON.parse(gunzipSync(body).toString()).batch, request, response);
  }

  private batch(messages: readonly SentMessage[], request: IncomingMessage, response: ServerResponse): void {
    this.authorizations.add(String(request.headers.authorization));
    this.requests.push(messages);
    if (this.interfere({ number: this.requests.length, messages }, response)) return;
    const rejected = messages.flatMap((message, index) =>
      message.userId || message.anonymousId ? [] : [{ index, code: 'MESSAGE_WITHOUT_ID', reason: 'Neither userId, "nor" anonymousId.' }],
    );
    response.end(JSON.stringify({ success: true, ...(rejected.length > 0 && { rejected }) }));
  }

  private graphql({ query, variables }: { query: string; variables: { input?: { name: string } } }): object {
    if (!query.includes('createSource')) return { sources: this.sources.map((name) => ({ name })) };
    this.sources.push(variables.input?.name ?? '');
    return { createSource: { source: { writeKey: `tl_write_${this.sources.length}` } } };
  }
}
