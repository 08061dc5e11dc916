/**
 * How many changes a second reach one destination: the sender as workers run it, a backlog that waits, PostgreSQL and a receiver that answers at once on the same
 * machine. Three rounds; the median counts.
 *
 * BENCH_DELIVERIES says how many wait, of 1,000 customers in turn.
 *
 *     npm run bench -- deliveries
 */

import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import type pg from 'pg';
import { startActivation } from '../src/app/activation/startActivation';
import { withBenchDatabase } from './database';
import { writeProfileData } from './profileData';
import { median } from './serverUnderLoad';

const DELIVERIES = Number(process.env['BENCH_DELIVERIES'] ?? 20_000);
const CUSTOMERS = 1_000;
const ROUNDS = 3;
const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

const DESTINATION = `
insert into destination (workspace_id, destination_id, name, url, events, segment_ids, friction_kinds, quiet_period_seconds, secrets, is_enabled, failures, openings, created_at)
values (1, gen_random_uuid(), 'bench', $1, '{profile.changed}', '{}', '{}', 0, $2, true, 0, 0, now())`;
const BACKLOG = `
insert into delivery (workspace_id, destination_id, change_id, profile_id, type, at, data, status, attempts, tries, next_at, give_up_at)
select 1, d.destination_id, gen_random_uuid(), p.profile_id, 'profile.changed', now(), '{}', 'PENDING', 0, 0, now(), now() + interval '1 day'
from destination d
cross join generate_series(0, $1::integer - 1) as n
join (select profile_id, row_number() over (order by profile_id) - 1 as place from profile) as p on p.place = n % $2::integer
order by n`;

async function round(owner: pg.Pool, url: string): Promise<number> {
  await owner.query('truncate delivery');
  await owner.query(BACKLOG, [DELIVERIES, CUSTOMERS]);
  await owner.query('vacuum analyze delivery');
  const startedAtMs = performance.now();
  const options = { config: { databaseUrl: url, webhookAllowPrivate: true }, clock: Date.now, chance: Math.random, onError: console.error };
  const activation = await startActivation(options);
  while ((await owner.query(`select from delivery d where d.status = 'PENDING' limit 1`)).rowCount !== 0) await sleep(100);
  const tookMs = performance.now() - startedAtMs;
  await activation.stop();
  return DELIVERIES / (tookMs / 1_000);
}

async function run(url: string, owner: pg.Pool): Promise<void> {
  await writeProfileData(owner, { profiles: CUSTOMERS, interactionsEach: 2 });
  const receiver = new Worker(__filename);
  const receiverUrl = await new Promise<string>((resolve) => receiver.once('message', resolve));
  await owner.query(DESTINATION, [receiverUrl, JSON.stringify({ current: SECRET, previous: null, previousUntilMs: null })]);
  const rates: number[] = [];
  for (let n = 1; n <= ROUNDS; n++) {
    rates.push(await round(owner, url));
    console.log(`round ${n}: ${Math.round(rates.at(-1) as number)} deliveries a second`);
  }
  console.log(`median of ${DELIVERIES} deliveries: ${Math.round(median(rates))} a second`);
  await receiver.terminate();
}

function receive(): void {
  const server = http.createServer((request, response) => request.resume().on('end', () => response.writeHead(204).end()));
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    parentPort?.postMessage(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
  });
}

if (isMainThread) void withBenchDatabase(run);
else receive();
