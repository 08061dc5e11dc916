/**
 * The export of a segment: with its default fields as NDJSON and as CSV, with few fields and with all kinds of them, as a share of a plain COPY of the values of
 * the default fields of the same members. The server and PostgreSQL on one machine, the client reads and counts lines; three rounds, each measuring all one
 * after the other; the median counts.
 *
 * BENCH_MEMBERS says how many are in; each has an e-mail address, a telephone number and a device, and six traits.
 *
 *     node scripts/build.mjs && node dist/bench/exports.js
 */

import { strictEqual } from 'node:assert';
import { get } from 'node:http';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { withBenchDatabase } from './database';
import { median, withServer } from './serverUnderLoad';

const MEMBERS = Number(process.env['BENCH_MEMBERS'] ?? 300_000);
const ROUNDS = 3;
const SEGMENT = '00000000-0000-7000-8000-000000000001';

const said = (value: string) => `json_build_object('r', json_build_array(json_build_array(${value}, 1, 1767225600000, 'message-' || n)))`;
const WRITE: readonly string[] = [
  `insert into workspace (name, settings, created_at) values ('bench', '{}', now())`,
  `insert into segment (workspace_id, segment_id, key, name, definition, status, size, created_at, updated_at)
   values (1, '${SEGMENT}', 'bench', 'Bench', '{}', 'LIVE', $1, now(), now())`,
  `create table made as select n, gen_random_uuid() as profile_id from generate_series(1, $1::integer) as n`,
  `insert into profile (workspace_id, profile_id, contested, identifier_count, type_counts, first_seen_at, created_at)
   select 1, profile_id, false, 3, '{"email": 1, "phone": 1, "anonymous_id": 1}', now(), now() from made`,
  `insert into identifier (workspace_id, identifier_id, profile_id, first_seen_at, last_seen_at, interactions, source_id, stronger_links, verified, type, value)
   select 1, n * 3 + t.place, profile_id, now() - t.place * interval '1 s', now(), 5, 1, 0, false, t.type,
     case t.place when 0 then 'customer.' || n || '@example.com' when 1 then '+49301' || (1000000 + n) else gen_random_uuid()::text end
   from made cross join (values (0, 'email'), (1, 'phone'), (2, 'anonymous_id')) as t (place, type) order by profile_id`,
  `insert into trait_state (workspace_id, identifier_id, traits)
   select 1, n * 3, json_build_object('name', ${said(`'Customer Number ' || n`)}, 'email', ${said(`'customer.' || n || '@example.com'`)},
     'phone', ${said(`'+49301' || (1000000 + n)`)}, 'plan', ${said(`'pro'`)}, 'city', ${said(`'Berlin'`)}, 'seats', ${said('n % 50')}) from made`,
  `insert into segment_membership (workspace_id, segment_id, profile_id, entered_at, reason)
   select 1, '${SEGMENT}', profile_id, now(), 'plan is pro and seats is more than 3' from made`,
  'drop table made',
  'vacuum analyze',
];

/** The same values, each found by index or by joining whole tables, as PostgreSQL likes. */
const COPY = `copy (
  select m.profile_id, e.value, p.value, t.traits -> 'name' -> 'r' -> 0 ->> 0, m.entered_at, m.reason
  from segment_membership m
  left join identifier e on e.workspace_id = 1 and e.profile_id = m.profile_id and e.type = 'email'
  left join identifier p on p.workspace_id = 1 and p.profile_id = m.profile_id and p.type = 'phone'
  left join trait_state t on t.workspace_id = 1 and t.identifier_id = e.identifier_id
  where m.workspace_id = 1 and m.segment_id = '${SEGMENT}'
  order by m.profile_id
) to stdout`;

const NEWLINE = 10;

async function membersPerSecond(stream: AsyncIterable<Buffer>, startedAtMs: number, headerLines: number): Promise<number> {
  let lines = -headerLines;
  for await (const part of stream) for (let at = part.indexOf(NEWLINE); at !== -1; at = part.indexOf(NEWLINE, at + 1)) lines++;
  strictEqual(lines, MEMBERS);
  return lines / ((performance.now() - startedAtMs) / 1_000);
}

async function copied(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const startedAtMs = performance.now();
  const rate = await membersPerSecond(client.query(copyTo(COPY)), startedAtMs, 0);
  await client.end();
  return rate;
}

/** What is asked for: the file's kind, and the fields where they are not the default ones. */
const EXPORTS = {
  NDJSON: ['ndjson', ''],
  CSV: ['csv', ''],
  'NDJSON of four fields': ['ndjson', 'id,email,traits.plan,enteredAt'],
  'NDJSON of ids': ['ndjson', 'id'],
  'NDJSON of all kinds of fields': [
    'ndjson',
    'id,email,phone,displayName,language,identifiers,enteredAt,reason,firstSeenAt,lastSeenAt,lifecycleStage,traits.city,traits.plan,traits.seats',
  ],
} as const;
type Figure = 'COPY' | keyof typeof EXPORTS;

function exported(port: number, [kind, fields]: (typeof EXPORTS)[keyof typeof EXPORTS]): Promise<number> {
  const startedAtMs = performance.now();
  return new Promise((resolve, reject) => {
    const path = `/exports/segments/bench.${kind}?fields=${fields}`;
    get({ host: '127.0.0.1', port, path, headers: { authorization: 'Bearer bench' } }, (answer) => {
      strictEqual(answer.statusCode, 200);
      membersPerSecond(answer, startedAtMs, kind === 'csv' ? 1 : 0).then(resolve, reject);
    }).on('error', reject);
  });
}

async function run(url: string, owner: pg.Pool): Promise<void> {
  for (const text of WRITE) await owner.query(text, text.includes('$1') ? [MEMBERS] : []);
  const rates = new Map<Figure, number[]>();
  await withServer('profileQueryServer', { NODE_ENV: 'production', PROFILE_SERVER: 'api', PROFILE_DATABASE_URL: url }, async (port) => {
    for (let round = 0; round <= ROUNDS; round++) {
      const figures = await measureAll(url, port);
      console.log(`${round === 0 ? 'warming up' : `round ${round}`}: ${figuresText(figures)}`);
      if (round > 0) for (const [figure, rate] of figures) rates.set(figure, [...(rates.get(figure) ?? []), rate]);
    }
  });
  const medians = new Map([...rates].map(([figure, measured]) => [figure, median(measured)]));
  console.log(`median of ${MEMBERS} members: ${figuresText(medians)}`);
}

async function measureAll(url: string, port: number): Promise<Map<Figure, number>> {
  const figures = new Map<Figure, number>([['COPY', await copied(url)]]);
  for (const name of Object.keys(EXPORTS) as (keyof typeof EXPORTS)[]) figures.set(name, await exported(port, EXPORTS[name]));
  return figures;
}

function figuresText(figures: ReadonlyMap<Figure, number>): string {
  const copy = figures.get('COPY') ?? Number.NaN;
  return [...figures].map(([name, rate]) => `${name} ${Math.round(rate).toLocaleString('en')}/s (${(rate / copy).toFixed(2)})`).join(', ');
}

void withBenchDatabase(run);
