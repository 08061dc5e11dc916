/**
 * Everything that `npm start` runs, with a load generator beside it on the same machine: how many messages a second go from HTTP to resolved
 * and readable; how long one takes from accepted to readable at half of that; what memory the processes take. Compare with the COPY figure
 * that `npm run bench -- worker` prints on the same machine.
 *
 *     npm run bench -- endToEnd        BENCH_MESSAGES=200000 BENCH_SECONDS=20 by default
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { newDataDir, removeDataDir } from './faults/dataDir';
import { freePort, StartedSystem } from './faults/startedSystem';
import { aMessage, seeded, visitorOf } from './traffic';

const MESSAGES = Number(process.env['BENCH_MESSAGES'] ?? 200_000);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 20);
const REQUEST_MESSAGES = 100;
const CONNECTIONS = 16;
const PROBE_EVERY_MS = 50;

async function main(): Promise<void> {
  const dataDir = newDataDir();
  const port = await freePort();
  const system = await StartedSystem.spawn(dataDir, port).ready();
  try {
    const sender = new Sender(`http://127.0.0.1:${port}`, system);
    await sender.send(20_000 / REQUEST_MESSAGES, Number.POSITIVE_INFINITY, () => sender.write());
    await sender.processed();
    const requests = Array.from({ length: MESSAGES / REQUEST_MESSAGES }, () => sender.write());
    const startedAt = performance.now();
    await sender.send(requests.length, Number.POSITIVE_INFINITY, (number) => requests[number] as string);
    const acceptedS = (performance.now() - startedAt) / 1000;
    await sender.processed();
    const rate = MESSAGES / ((performance.now() - startedAt) / 1000);
    print(`HTTP to readable: ${Math.round(rate)} messages/s (accepted at ${Math.round(MESSAGES / acceptedS)}/s)`);
    print(`memory after that: API ${residentMb(system, 'apiProcess')} MB, worker ${residentMb(system, 'ingestion')} MB`);
    const slower = rate / 2 / REQUEST_MESSAGES;
    const [latencies] = await Promise.all([sender.probe(), sender.send(SECONDS * slower, slower, () => sender.write())]);
    latencies.sort((left, right) => left - right);
    const at = (share: number) => Math.round(latencies[Math.floor(latencies.length * share)] ?? Number.NaN);
    print(`accepted to readable at half of that: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${latencies.length}`);
    print(`memory after ${SECONDS} s of that: API ${residentMb(system, 'apiProcess')} MB, worker ${residentMb(system, 'ingestion')} MB`);
  } finally {
    system.process.kill('SIGTERM');
    await system.ended();
    removeDataDir(dataDir);
  }
}

class Sender {
  private sent = 0;
  private readonly visitor = visitorOf('sessions', seeded(7));
  private readonly writeAuthorization: string;
  private readonly readAuthorization: string;

  constructor(
    private readonly baseUrl: string,
    system: StartedSystem,
  ) {
    this.writeAuthorization = `Basic ${Buffer.from(`${system.writeKey}:`).toString('base64')}`;
    this.readAuthorization = `Bearer ${system.apiKey}`;
  }

  /** The body of the next request. */
  write(): string {
    return bodyOf(Array.from({ length: REQUEST_MESSAGES }, () => aMessage(this.sent, this.visitor(this.sent++), Date.now())));
  }

  /** At most `perSecond` requests, by a plan: one that is late does not slow down those after it. */
  async send(requests: number, perSecond: number, body: (number: number) => string): Promise<void> {
    const startedAt = performance.now();
    let next = 0;
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (next < requests) {
          const number = next++;
          const dueMs = startedAt + (number * 1000) / perSecond - performance.now();
          if (dueMs > 1) await sleep(dueMs);
          await this.post(body(number));
        }
      }),
    );
  }

  /** Waits until the inbox is worked off. */
  async processed(): Promise<void> {
    const { position } = await this.post(bodyOf([aMessage(this.sent++, 0, Date.now())]));
    while (!(await this.readable(position))) await sleep(20);
  }

  /** For the time of the run: a message every now and then, and how long until GraphQL answers with it. */
  async probe(): Promise<number[]> {
    const latencies: number[] = [];
    const endsAt = performance.now() + SECONDS * 1000;
    const waiting: Promise<void>[] = [];
    while (performance.now() < endsAt) {
      await sleep(PROBE_EVERY_MS);
      waiting.push(this.probeOnce(latencies));
    }
    await Promise.all(waiting);
    return latencies;
  }

  private async probeOnce(latencies: number[]): Promise<void> {
    const { position } = await this.post(bodyOf([aMessage(this.sent++, 1, Date.now())]));
    const acceptedAt = performance.now();
    if (!(await this.readable(position))) throw new Error('A message was not readable within 10 s.');
    latencies.push(performance.now() - acceptedAt);
  }

  private async post(body: string): Promise<{ position: string }> {
    const response = await fetch(`${this.baseUrl}/v1/batch`, {
      method: 'POST',
      headers: { authorization: this.writeAuthorization },
      body,
    });
    if (response.status !== 200) throw new Error(`The server answered ${response.status}.`);
    return (await response.json()) as { position: string };
  }

  /** False where it took longer than the ten seconds that a request waits. */
  private async readable(position: string): Promise<boolean> {
    const response = await fetch(`${this.baseUrl}/graphql`, {
      method: 'POST',
      headers: { authorization: this.readAuthorization, 'content-type': 'application/json', 'throughline-position': position },
      body: '{"query":"{ profile(identifier: { type: \\"user_id\\", value: \\"user-1\\" }) { timeline(first: 1) { nodes { id } } } }"}',
    });
    const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    if (errors && errors[0]?.extensions.code !== 'POSITION_TIMEOUT') throw new Error(JSON.stringify(errors));
    return !errors;
  }
}

function bodyOf(batch: readonly object[]): string {
  return JSON.stringify({ batch });
}

function residentMb(system: StartedSystem, part: string): number {
  const [pid] = system.children(part);
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
