/**
 * Durable accept, as a share of the same server with a commit that does nothing: load generator, server and PostgreSQL on one machine,
 * with 100 messages a request and with one. Three rounds, each measuring both servers one after the other; the median counts.
 */
import type pg from 'pg';
import { withBenchDatabase } from './database';
import { type LoadFigures, runLoad } from './httpLoad';
import { median, withServer } from './serverUnderLoad';

const ROUNDS = 3;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 6);
const USERS = 12_000;
const CASES = [
  { name: '100 a request', messages: 100, connections: 32 },
  { name: '1 a request', messages: 1, connections: 64 },
] as const;

let sent = 0;

/** About 500 bytes, as a Segment library sends it. */
function aMessage(): object {
  const index = sent++;
  return {
    type: 'track',
    messageId: `node-next-1795348800000-${index}-3f0c2f5e-77a1-4d5f`,
    userId: `user-${index % USERS}`,
    event: 'Product Viewed',
    timestamp: '2026-11-22T12:00:00.000Z',
    properties: {
      product_id: `p-${index % 997}`,
      sku: 'G-32',
      category: 'Games',
      name: 'Monopoly: 3rd Edition',
      price: 18.99,
      currency: 'EUR',
      position: 3,
    },
    context: { library: { name: '@segment/analytics-node', version: '3.1.0' }, ip: '203.0.113.7', locale: 'en-GB' },
    integrations: {},
    _metadata: { nodeVersion: '20.20.2', jsRuntime: 'node' },
  };
}

/** The server does not look for duplicates, so the same few come again and again. */
function bodiesOf(messages: number): Buffer[] {
  return Array.from({ length: 64 }, () => {
    const body = messages === 1 ? aMessage() : { batch: Array.from({ length: messages }, aMessage), sentAt: '2026-11-22T12:00:00.000Z' };
    return Buffer.from(JSON.stringify(body));
  });
}

function measure(databaseUrl: string | null, { messages, connections }: (typeof CASES)[number]): Promise<LoadFigures> {
  const path = messages === 1 ? '/v1/track' : '/v1/batch';
  const headers = { authorization: `Basic ${Buffer.from('bench:').toString('base64')}`, 'content-type': 'application/json' };
  const settings: Record<string, string> = databaseUrl === null ? {} : { ACCEPT_DATABASE_URL: databaseUrl };
  return withServer('acceptServer', settings, async (port) => {
    const load = { port, path, headers, connections, bodies: bodiesOf(messages) };
    await runLoad({ ...load, seconds: 1 });
    return runLoad({ ...load, seconds: SECONDS });
  });
}

const perSecond = (figures: LoadFigures, messages: number): string => `${Math.round(figures.requestsPerSecond * messages)} messages/s`;

async function run(databaseUrl: string, owner: pg.Pool): Promise<void> {
  for (const one of CASES) {
    const ratios: number[] = [];
    const p99s: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const bare = await measure(null, one);
      const durable = await measure(databaseUrl, one);
      await owner.query('truncate inbox');
      ratios.push(durable.requestsPerSecond / bare.requestsPerSecond);
      p99s.push(durable.p99Ms);
      const durations = `p50 ${durable.p50Ms.toFixed(1)} ms, p99 ${durable.p99Ms.toFixed(1)} ms`;
      console.log(`${one.name}: ${perSecond(bare, one.messages)} not durable, ${perSecond(durable, one.messages)} durable, ${durations}`);
    }
    console.log(
      `${one.name}: durable / not durable ${median(ratios).toFixed(2)}, p99 ${median(p99s).toFixed(1)} ms (medians of ${ROUNDS})`,
    );
  }
}

void withBenchDatabase(run);
