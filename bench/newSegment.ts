import type pg from 'pg';
import { segmentDesk } from '../src/app/segments/segmentDesk';
import { startFollowing } from '../src/app/segments/startFollowing';
import type { Json } from '../src/kernel/json';
import { newUuidV7 } from '../src/kernel/uuid';
import { parseDefinition } from '../src/segments/parseDefinition';
import { previewSegment } from '../src/storage/segments/previewSegment';
import { withBenchDatabase } from './database';
import { LaneOnTap } from './laneOnTap';

/**
 * How long a preview takes, whether it is exact, and how fast a new segment is complete: over customers that are written straight into the tables.
 *
 *     npm run bench -- newSegment        BENCH_PREVIEWED=100000 BENCH_PREVIEWS=20 BENCH_PROFILES=1000000 by default
 */
const PREVIEWED = Number(process.env['BENCH_PREVIEWED'] ?? 100_000);
const PREVIEWS = Number(process.env['BENCH_PREVIEWS'] ?? 20);
const PROFILES = Number(process.env['BENCH_PROFILES'] ?? 1_000_000);
const INTERACTIONS_EACH = 10;

const PRO: Json = { trait: 'plan', op: 'eq', value: 'pro' };
const LARGE_ORDER: Json = { name: 'Order Completed', where: [{ property: 'total', op: 'gte', value: 50 }] };
const DEFINITIONS: Readonly<Record<string, Json>> = {
  trait: PRO,
  'event count': { event: LARGE_ORDER, count: { op: 'gte', value: 2 }, within: '30d' },
  sequence: { sequence: [{ name: 'Email Clicked' }, { name: 'Order Completed' }], within: '30d' },
  measure: { measure: 'orders', op: 'gte', value: 2 },
  mixed: {
    all: [{ any: [PRO, { measure: 'orders', op: 'gte', value: 3 }] }, { event: LARGE_ORDER, within: '30d' }, { not: { consent: 'email' } }],
  },
  'health, which SQL does not read': { measure: 'health', op: 'gte', value: 50 },
};

async function main(): Promise<void> {
  await withBenchDatabase(async (url, owner) => {
    const tap = await LaneOnTap.open(url);
    await fill(owner, PREVIEWED, INTERACTIONS_EACH);
    await previews(tap.pool, 'read from the timeline');
    await track(tap.pool, owner);
    await previews(tap.pool, 'noted as matches, since a segment asks about it');
    await fill(owner, PROFILES, 1);
    await newSegment(tap.pool, owner);
    await tap.pool.end();
  });
}

/** Customers of whom a third are on each plan, with events spread over sixty days, half of them orders. */
async function fill(owner: pg.Pool, profiles: number, interactionsEach: number): Promise<void> {
  await owner.query(
    'truncate profile, identifier, interaction, trait_state, customer, segment, segment_membership, segment_wake, event_match, tracked_event, computed_trait, change',
  );
  const profile = `('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const people = `generate_series(1, ${profiles}) n`;
  const at = `now() - ((n + i * 7) % 60) * interval '1 day' - i * interval '1 minute'`;
  const statements = [
    `insert into profile select 1, ${profile}, null, false, 1, '{}', '2026-01-01', now() from ${people}`,
    `insert into identifier select 1, n, ${profile}, null, '2026-01-01', now(), 1, 1, 0, false, 'user_id', 'user-' || n from ${people}`,
    `insert into trait_state select 1, n, json_build_object('plan', json_build_object('r', json_build_array(
       json_build_array((array['free', 'pro', 'team'])[1 + n % 3], 1, 1767225600000, 'm' || n)))) from ${people}`,
    `insert into interaction select 1, gen_random_uuid(), n, ${at}, ${at}, 1, 20, 2, 0, 0, case when i % 2 = 0 then 'Order Completed' else 'Email Clicked' end,
       'm-' || n || '-' || i, null, null, json_build_object('total', (n + i) % 100), null from ${people}, generate_series(0, ${interactionsEach - 1}) i`,
    `insert into customer (workspace_id, profile_id, stage, stages, stages_at, customer_from, customer_to, orders, currency, order_days, day_values)
     select 1, ${profile}, 'CUSTOMER', '{CUSTOMER}', '{2026-01-01}', '{2026-01-01}', '{infinity}', n % 5, 'EUR', '{}', '{}' from ${people}`,
    'vacuum analyze',
  ];
  for (const text of statements) await owner.query(text);
}

async function previews(pool: pg.Pool, how: string): Promise<void> {
  for (const [name, json] of Object.entries(DEFINITIONS)) {
    const definition = parseDefinition(json);
    const tookMs: number[] = [];
    let exact = 0;
    let size = 0;
    for (let round = 0; round < PREVIEWS; round++) {
      const startedAt = performance.now();
      const preview = await previewSegment(pool, 1, definition, Date.now());
      tookMs.push(performance.now() - startedAt);
      exact += preview.isExact ? 1 : 0;
      size = preview.size;
    }
    tookMs.sort((left, right) => left - right);
    const shareMs = (share: number) => Math.round(tookMs[Math.min(tookMs.length - 1, Math.floor(tookMs.length * share))] ?? Number.NaN);
    print(
      `preview over ${PREVIEWED} profiles, ${name} (events ${how}): p50 ${shareMs(0.5)} ms, p99 ${shareMs(0.99)} ms; ${exact} of ${PREVIEWS} exact; ${size} in`,
    );
  }
}

/** Segments that ask about the same events, complete. */
async function track(pool: pg.Pool, owner: pg.Pool): Promise<void> {
  await complete(pool, owner, { buyers: DEFINITIONS['event count'] as Json, clickers: DEFINITIONS['sequence'] as Json });
  await owner.query('vacuum analyze');
}

/** Of one trait and one event, over customers of whom a third satisfy each. */
async function newSegment(pool: pg.Pool, owner: pg.Pool): Promise<void> {
  const startedAt = performance.now();
  await complete(pool, owner, { new: { all: [PRO, { event: LARGE_ORDER, within: '30d' }] } });
  const { rows } = await owner.query(`select size, status from segment where key = 'new'`);
  const seconds = (performance.now() - startedAt) / 1_000;
  print(`a new segment over ${PROFILES} profiles complete in ${seconds.toFixed(1)} s: ${JSON.stringify(rows[0])}`);
}

/** Creates segments, notes what they ask about and computes them, as the follower does. */
async function complete(pool: pg.Pool, owner: pg.Pool, segments: Readonly<Record<string, Json>>): Promise<void> {
  const newId = () => newUuidV7(Date.now());
  await owner.query('update segment_progress set generation = generation + 1');
  const desk = segmentDesk(pool, newId);
  const following = startFollowing({ pool, clock: Date.now, newId, isBehind: () => false, onError: (error) => print(String(error)) });
  for (const [key, definition] of Object.entries(segments)) {
    const author = { actor: 'bench', auditId: newId(), atMs: Date.now() };
    await desk.createSegment(1, { key, name: key, description: null, definition }, author);
  }
  following.ring(1);
  const isPending = `select exists (select from segment where status = 'COMPUTING') as it`;
  while ((await owner.query<{ it: boolean }>(isPending)).rows[0]?.it) await new Promise((resolve) => setTimeout(resolve, 20));
  await following.stop();
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
