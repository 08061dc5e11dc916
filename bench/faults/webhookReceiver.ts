import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** One request as it arrived, however it was answered. */
export interface Receipt {
  readonly webhookId: string;
  readonly type: string;
  /** Public ids. */
  readonly profileId: string;
  readonly segmentId: string | null;
  /** The library of Standard Webhooks verifies it. */
  readonly isSigned: boolean;
  readonly isTaken: boolean;
}

/** TAKEN: 204. REFUSED: 500. HANGS: no answer at all. CUT: the connection is closed in place of one. */
export type Mood = 'TAKEN' | 'REFUSED' | 'HANGS' | 'CUT';

/** A destination on loopback that notes everything it is sent, and answers as its mood is at the moment. */
export class WebhookReceiver {
  readonly receipts: Receipt[] = [];
  /** As createDestination answered it. */
  secret = '';

  private constructor(
    private readonly server: http.Server,
    private readonly mood: () => Mood,
  ) {}

  static async start(mood: () => Mood): Promise<WebhookReceiver> {
    const server = http.createServer();
    const receiver = new WebhookReceiver(server, mood);
    server.on('request', (request, response) => void receiver.take(request, response).catch(() => response.destroy()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const mood = this.mood();
    const body = JSON.parse(text) as { type: string; data: { profile: { id: string }; segment?: { id: string } } };
    const headers = request.headers as Record<string, string>;
    this.receipts.push({
      webhookId: headers['webhook-id'] ?? '',
      type: body.type,
      profileId: body.data.profile.id,
      segmentId: body.data.segment?.id ?? null,
      isSigned: isSigned(this.secret, text, headers),
      isTaken: mood === 'TAKEN',
    });
    if (mood === 'CUT') request.socket.destroy();
    else if (mood !== 'HANGS') response.writeHead(mood === 'TAKEN' ? 204 : 500).end();
  }
}

function isSigned(secret: string, text: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(text, headers);
    return true;
  } catch {
    return false;
  }
}

/** Of a hundred requests one is refused, of five hundred one is cut off after it was noted, and one of five thousand hangs. */
export function troubledMood(chance: number): Mood {
  if (chance < 0.01) return 'REFUSED';
  if (chance < 0.012) return 'CUT';
  return chance < 0.0122 ? 'HANGS' : 'TAKEN';
}
