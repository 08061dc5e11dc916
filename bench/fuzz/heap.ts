import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

const PATIENCE_MS = 20_000;

/** Looks into the heap of a process that was started with --inspect-port=0, through the inspector that SIGUSR1 makes it open. */
export class HeapProbe {
  private asked = 0;

  private constructor(private readonly socket: WebSocket) {}

  /** `said`: what the process has written so far; it says there where its inspector listens. */
  static async open(pid: number, said: () => string): Promise<HeapProbe> {
    process.kill(pid, 'SIGUSR1');
    for (const startedAt = Date.now(); ; await sleep(50)) {
      const address = [...said().matchAll(/Debugger listening on (ws:\S+)/g)].at(-1)?.[1];
      if (address !== undefined) return new HeapProbe(await opened(address));
      if (Date.now() - startedAt > PATIENCE_MS) throw new Error('The process did not open its inspector.');
    }
  }

  /** Bytes that are in use once all garbage is collected. */
  async usedBytes(): Promise<number> {
    await this.ask('HeapProfiler.collectGarbage');
    const { usedSize } = (await this.ask('Runtime.getHeapUsage')) as { readonly usedSize: number };
    return usedSize;
  }

  /** Bytes of typed arrays and buffers, which lie beside the heap. */
  async bufferBytes(): Promise<number> {
    const expression = 'process.memoryUsage().arrayBuffers';
    const { result } = (await this.ask('Runtime.evaluate', { expression })) as { readonly result: { readonly value: number } };
    return result.value;
  }

  close(): void {
    this.socket.terminate();
  }

  private ask(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.asked;
    return new Promise((resolve) => {
      const hear = (data: unknown) => {
        const answer = JSON.parse(String(data)) as { readonly id?: number; readonly result?: unknown };
        if (answer.id !== id) return;
        this.socket.off('message', hear);
        resolve(answer.result);
      };
      this.socket.on('message', hear);
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }
}

function opened(address: string): Promise<WebSocket> {
  const socket = new WebSocket(address);
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** How many more bytes per 1,000 inputs, by the line that fits the second half best: caches fill up in the first. */
export function slopeOf(points: readonly { readonly sent: number; readonly bytes: number }[]): number {
  const late = points.slice(Math.floor(points.length / 2));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(late.map(({ sent }) => sent)), mean(late.map(({ bytes }) => bytes))];
  const covariance = late.reduce((sum, { sent, bytes }) => sum + (sent - x) * (bytes - y), 0);
  const variance = late.reduce((sum, { sent }) => sum + (sent - x) ** 2, 0);
  return variance === 0 ? 0 : (covariance / variance) * 1_000;
}
