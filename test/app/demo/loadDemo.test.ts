import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { demoMessages } from '../../../src/app/demo/demoMessages';
import { type DemoProgress, loadDemo } from '../../../src/app/demo/loadDemo';
import { progressBar } from '../../../src/app/demo/progressBar';
import type { Department } from '../../../src/kernel/vocabulary';

const NOW_MS = Date.UTC(2026, 10, 22, 12);
const WRITE_KEYS: Record<Department, string> = { MARKETING: 'wk_m', SALES: 'wk_s', PRODUCT: 'wk_p', SUPPORT: 'wk_c' };

type Answer = (request: { readonly key: string; readonly ids: string[] }, response: ServerResponse) => void;

let server: Server;
let answer: Answer;
let underWay = 0;
let mostUnderWay = 0;
const waits: number[] = [];

beforeEach(async () => {
  underWay = mostUnderWay = waits.length = 0;
  server = createServer((request, response) => void read(request).then((body) => answer(body, response)));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterEach(() => new Promise((closed) => server.close(closed)));

async function read(request: IncomingMessage): Promise<{ key: string; ids: string[] }> {
  mostUnderWay = Math.max(mostUnderWay, ++underWay);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { batch } = JSON.parse(gunzipSync(Buffer.concat(chunks)).toString()) as { batch: { messageId: string }[] };
  underWay--;
  const [key = ''] = Buffer.from(String(request.headers.authorization).replace('Basic ', ''), 'base64').toString().split(':');
  return { key, ids: batch.map((message) => message.messageId) };
}

function load(parts: { onProgress?: (progress: DemoProgress) => void; signal?: AbortSignal } = {}) {
  const { port } = server.address() as AddressInfo;
  const sleep = (waitMs: number): Promise<void> => Promise.resolve(void waits.push(waitMs));
  return loadDemo({ baseUrl: `http://127.0.0.1:${port}`, writeKeys: WRITE_KEYS, nowMs: NOW_MS, seed: 'harbour roast', sleep, ...parts });
}

const success = (response: ServerResponse): void => void response.end('{"success":true}');

it("sends every message once, with its department's key, a few requests at a time", async () => {
  const byKey = new Map<string, string[]>();
  answer = ({ key, ids }, response) => {
    byKey.set(key, [...(byKey.get(key) ?? []), ...ids]);
    success(response);
  };
  const progress: DemoProgress[] = [];
  const outcome = await load({ onProgress: (one) => progress.push(one) });
  const told = [...demoMessages('harbour roast', NOW_MS)];
  for (const department of Object.keys(WRITE_KEYS) as Department[]) {
    const expected = told.filter((one) => one.department === department).map((one) => one.message['messageId'] as string);
    expect(byKey.get(WRITE_KEYS[department])?.toSorted()).toEqual(expected.toSorted());
  }
  expect(outcome).toEqual({ messages: told.length, rejected: 0 });
  expect(progress.at(-1)?.messages).toBe(told.length);
  expect(Math.max(...progress.map((one) => one.fraction))).toBe(1);
  expect(mostUnderWay).toBeLessThanOrEqual(4);
});

it('waits as long as an overloaded server asks, and comes through a failing one', async () => {
  let requests = 0;
  const taken: string[] = [];
  answer = ({ ids }, response) => {
    requests++;
    if (requests === 1) response.writeHead(429, { 'retry-after': '7' }).end();
    else if (requests === 2) response.writeHead(503).end();
    else if (requests === 3) response.destroy();
    else {
      taken.push(...ids);
      success(response);
    }
  };
  const { messages } = await load();
  expect(waits).toContain(7_000);
  expect(waits).toHaveLength(3);
  expect(new Set(taken).size).toBe(messages);
});

it('counts what the server refused', async () => {
  answer = ({ key }, response) => void response.end(JSON.stringify({ success: true, rejected: key === 'wk_c' ? [{ index: 0 }] : [] }));
  expect((await load()).rejected).toBeGreaterThan(0);
});

it('ends with what the server said where the key is unknown', async () => {
  answer = (_request, response) => void response.writeHead(401).end('{"code":"UNAUTHENTICATED"}');
  await expect(load()).rejects.toThrow(/401.*UNAUTHENTICATED/);
  expect(waits).toEqual([]);
});

it('gives up on a server that goes on failing', async () => {
  answer = (_request, response) => void response.writeHead(500).end('no');
  await expect(load()).rejects.toThrow(/500/);
});

it('can be stopped', async () => {
  const stop = new AbortController();
  answer = (_request, response) => {
    success(response);
    stop.abort(new Error('stopping'));
  };
  await expect(load({ signal: stop.signal })).rejects.toThrow(/stopping|abort/);
});

describe('the progress bar', () => {
  const drawn = (isTTY: boolean, fractions: readonly number[]): string[] => {
    const written: string[] = [];
    const bar = progressBar({ isTTY, write: (text) => written.push(text) }, 'Demo');
    for (const fraction of fractions) bar.show(fraction, 'messages');
    bar.end();
    return written;
  };

  it('is drawn over itself on a terminal', () => {
    expect(drawn(true, [0.5, 0.5, 1])).toEqual([
      `\rDemo [${'█'.repeat(15)}${'░'.repeat(15)}] 50% messages\u001b[K`,
      `\rDemo [${'█'.repeat(30)}] 100% messages\u001b[K`,
      '\n',
    ]);
  });

  it('is a line every tenth of the way where there is no terminal', () => {
    expect(drawn(false, [0, 0.05, 0.1, 0.12, 0.35, 0.36, 2])).toEqual([
      'Demo 10% messages\n',
      'Demo 35% messages\n',
      'Demo 100% messages\n',
    ]);
  });
});
