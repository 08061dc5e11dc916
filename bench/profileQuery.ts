/**
 * The profile page's query (profile by e-mail, identifiers, 20 traits, 50 interactions) through Fastify, Apollo and type-graphql with
 * keys, limits and row-level security, as a share of node:http with one SQL that returns the same JSON, without any of that. Load
 * generator, server and PostgreSQL on one machine; three rounds, each measuring both one after the other; the median counts.
 *
 * BENCH_PROFILES and BENCH_INTERACTIONS (of each) say how much is stored; what a database of BENCH_DATABASE_URL holds already is used as it is.
 *
 *     node scripts/build.mjs && node dist/bench/profileQuery.js
 */

import { deepStrictEqual } from 'node:assert';
import type pg from 'pg';
import { withBenchDatabase } from './database';
import { type LoadFigures, runLoad } from './httpLoad';
import { emailOf, writeProfileData } from './profileData';
import { median, withServer } from './serverUnderLoad';

const PROFILES = Number(process.env['BENCH_PROFILES'] ?? 2_000);
const INTERACTIONS_EACH = Number(process.env['BENCH_INTERACTIONS'] ?? 60);
/** So many different profiles are asked for, spread over all. */
const ASKED = 20_000;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5);
const CONNECTIONS = Number(process.env['BENCH_CONNECTIONS'] ?? 16);
const ROUNDS = 3;

const page = (more: string) => `query ProfilePage($email: String!) {
  profile(identifier: { type: "email", value: $email }) {
    id firstSeenAt lastSeenAt traits
    identifiers { type value firstSeenAt lastSeenAt }
    timeline(first: 50) { totalCount nodes { id occurredAt department channel kind name properties ${more} } }
  }
}`;

const HEADERS = { authorization: 'Bearer bench', 'content-type': 'application/json', accept: 'application/json' };
type Kind = 'plain' | 'api';

function bodiesOf(query: string): Buffer[] {
  return Array.from({ length: Math.min(ASKED, PROFILES) }, (_, index) =>
    Buffer.from(JSON.stringify({ query, variables: { email: emailOf((index * 7919) % PROFILES) } })),
  );
}

function withKind<Result>(kind: Kind, url: string, use: (port: number) => Promise<Result>): Promise<Result> {
  return withServer('profileQueryServer', { NODE_ENV: 'production', PROFILE_SERVER: kind, PROFILE_DATABASE_URL: url }, use);
}

async function answerOf(port: number): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers: HEADERS, body: String(bodiesOf(page(''))[1]) });
  return answer.json();
}

function measure(kind: Kind, url: string, query: string): Promise<LoadFigures> {
  return withKind(kind, url, async (port) => {
    const load = { port, path: '/graphql', headers: HEADERS, bodies: bodiesOf(query), connections: CONNECTIONS };
    await runLoad({ ...load, seconds: 2 });
    return runLoad({ ...load, seconds: SECONDS });
  });
}

const figuresText = ({ requestsPerSecond, p50Ms, p99Ms }: LoadFigures): string =>
  `${Math.round(requestsPerSecond)}/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`;

async function run(url: string, owner: pg.Pool): Promise<void> {
  await writeProfileData(owner, { profiles: PROFILES, interactionsEach: INTERACTIONS_EACH });
  const [plain, api] = [await withKind('plain', url, answerOf), await withKind('api', url, answerOf)];
  deepStrictEqual(api, plain);
  console.log(
    `the same answer from both, ${JSON.stringify(plain).length} characters; ${PROFILES} profiles, ${PROFILES * INTERACTIONS_EACH} interactions`,
  );
  const ratios: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const base = await measure('plain', url, page(''));
    const served = await measure('api', url, page(''));
    ratios.push(served.requestsPerSecond / base.requestsPerSecond);
    console.log(`round ${round}: one SQL ${figuresText(base)}; API ${figuresText(served)}; ratio ${ratios.at(-1)?.toFixed(2)}`);
  }
  console.log(`median ratio ${median(ratios).toFixed(2)}`);
  console.log(`with summaries, which SQL alone does not write: ${figuresText(await measure('api', url, page('summary')))}`);
}

void withBenchDatabase(run);
