import { IncomingMessage } from 'node:http';

/**
 * A request of which only WebSockets are an upgrade. As soon as anybody listens to upgrades, Node takes every request with the header upgrade for one, and drops
 * its body; but some clients offer HTTP/2 (h2c) with each of their requests and mean an ordinary one.
 */
export class SocketUpgrade extends IncomingMessage {
  private isUpgrade: boolean | null = null;

  get upgrade(): boolean | null {
    return this.isUpgrade && /(^|,)\s*websocket\s*(,|$)/i.test(this.headers.upgrade ?? '');
  }

  set upgrade(isUpgrade: boolean | null) {
    this.isUpgrade = isUpgrade;
  }
}
