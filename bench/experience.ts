import type pg from 'pg';
import { REPORTED_DURATIONS } from '../src/api/ports/experienceReports';
import { Evaluating } from '../src/app/experience/evaluating';
import { EvaluationLoop } from '../src/app/experience/evaluationLoop';
import { readVaderLexicon } from '../src/app/sentiment/readVaderLexicon';
import { fitValue } from '../src/app/valueModel/fitValue';
import { ValueModelFitting } from '../src/app/valueModel/valueModelFitting';
import { publicId } from '../src/kernel/ids';
import { newUuidV7 } from '../src/kernel/uuid';
import { appConnection } from '../src/storage/pool';
import { reportChurn } from '../src/storage/statements/reportChurn';
import { reportConversationCounts, reportConversationDurations } from '../src/storage/statements/reportConversations';
import { reportInfluence, reportPerceptions } from '../src/storage/statements/reportDepartments';
import { reportFriction } from '../src/storage/statements/reportFriction';
import { reportOrders, reportOrdersOfCustomers } from '../src/storage/statements/reportOrders';
import type { ReportPeriod } from '../src/storage/statements/reportPeriod';
import { reportRevenueChurn } from '../src/storage/statements/reportRevenue';
import { reportSurveyAnswers } from '../src/storage/statements/reportSurveys';
import { PipelinedConnections } from '../src/storage/workspaceConnections';
import { textSentiment } from '../src/timeline/sentiment/textSentiment';
import { withBenchDatabase } from './database';
import { aHappening } from './experienceTraffic';
import { LaneOnTap } from './laneOnTap';
import { withServer } from './serverUnderLoad';
import { seeded } from './traffic';

/**
 * What experience costs: ingestion with the evaluation running beside it and without, round about, of messages of which half are facts; how fast
 * everybody is evaluated; and the reports over all customers at a million interactions.
 *
 *     npm run bench -- experience
 */
const MESSAGES = Number(process.env['BENCH_MESSAGES'] ?? 1_000_000);
const CUSTOMERS = MESSAGES / 20;
const ROUND_MESSAGES = 40_000;
const ROUNDS = 3;

async function main(): Promise<void> {
  await withBenchDatabase(async (url, owner) => {
    const tap = await LaneOnTap.open(url);
    const evaluating = new Evaluating({
      pool: tap.pool,
      clock: Date.now,
      newId: () => newUuidV7(Date.now()),
      sentimentOf: textSentiment(readVaderLexicon()),
    });
    await fill(tap, MESSAGES - 2 * ROUNDS * ROUND_MESSAGES);
    await owner.query('vacuum analyze');
    await evaluateAll(evaluating, 'all customers at once');
    await owner.query('vacuum analyze');
    for (let round = 0; round < ROUNDS; round++) {
      for (const isEvaluated of round % 2 === 0 ? [false, true] : [true, false]) await ingest(tap, evaluating, isEvaluated);
    }
    await evaluateAll(evaluating, 'what was left');
    await owner.query('vacuum analyze');
    await report(url, owner);
    await wholeReport(url, 'of all customers', null);
    await wholeReport(url, 'of a segment of half of them', await halfOfThem(owner));
    await fitting(tap);
    await tap.pool.end();
  });
}

const chance = seeded(7);

async function fill(tap: LaneOnTap, messages: number): Promise<void> {
  for (let sent = 0; sent < messages; sent += 100_000) {
    await tap.send(Math.min(100_000, messages - sent), () => aHappening(Math.floor(chance() * CUSTOMERS), chance, Date.now()));
    await tap.drain();
  }
}

async function evaluateAll(evaluating: Evaluating, what: string): Promise<void> {
  const startedAt = performance.now();
  let steps = 0;
  do steps++;
  while (!(await evaluating.step(1)));
  print(`evaluated ${what} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s, ${steps} steps`);
}

async function ingest(tap: LaneOnTap, evaluating: Evaluating, isEvaluated: boolean): Promise<void> {
  await tap.send(ROUND_MESSAGES, () => aHappening(Math.floor(chance() * CUSTOMERS), chance, Date.now()));
  const loop = new EvaluationLoop({
    step: (workspaceId) => evaluating.step(workspaceId),
    onDone: () => Promise.resolve(),
    pending: () => Promise.resolve([1]),
    isBusy: () => true,
    clock: Date.now,
    onError: (error) => print(String(error)),
  });
  const ringing = isEvaluated ? setInterval(() => loop.ring(1), 200) : undefined;
  const seconds = await tap.drain();
  clearInterval(ringing);
  await loop.stop();
  print(`ingested ${Math.round(ROUND_MESSAGES / seconds)}/s ${isEvaluated ? 'with' : 'without'} evaluation beside`);
}

async function report(url: string, owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query(
    `select (select count(*) from interaction) as interactions, (select count(*) from conversation) as conversations,
     (select count(*) from customer) as customers, (select count(*) from customer_order) as orders, (select count(*) from survey_answer) as answers,
     (select count(*) from friction_signal) as signals`,
  );
  print(JSON.stringify(rows[0]));
  const connections = new PipelinedConnections({ connection: appConnection(url, 60_000), connections: 4, manner: 'reports' });
  const [fromMs, toMs] = [Date.now() - 365 * 86_400_000, Date.now()];
  const period: ReportPeriod = { fromMs, toMs, department: null, channel: null, interval: 'month', timeZone: 'UTC', segmentId: null };
  const months = Array.from({ length: 12 }, (_, month) => ({
    fromMs: fromMs + month * 30 * 86_400_000,
    toMs: fromMs + (month + 1) * 30 * 86_400_000,
  }));
  const reports: Record<string, () => Promise<unknown>> = {
    answers: () => reportSurveyAnswers(connections, 1, period),
    conversations: () => reportConversationCounts(connections, 1, { ...period, repeatsBeforeMs: toMs }),
    resolution: () => reportConversationDurations(connections, 1, period, ['fullResolution']),
    durations: () => reportConversationDurations(connections, 1, { ...period, interval: null }, REPORTED_DURATIONS),
    orders: () => reportOrders(connections, 1, period),
    ordersOfCustomers: () => reportOrdersOfCustomers(connections, 1, { ...period, fromMs: 0 }),
    friction: () => reportFriction(connections, 1, period),
    perceptions: () => reportPerceptions(connections, 1, { fromMs, toMs, department: null, segmentId: null }),
    influence: () => reportInfluence(connections, 1, { fromMs, toMs, begunByMs: toMs, segmentId: null }),
    churn: () => reportChurn(connections, 1, months, null),
    revenue: () => reportRevenueChurn(connections, 1, period, null),
  };
  for (const [name, run] of Object.entries(reports)) print(`${name}: ${(await median(run)).toFixed(0)} ms`);
  print(`all of them together: ${(await median(() => Promise.all(Object.values(reports).map((run) => run())))).toFixed(0)} ms`);
  await connections.close();
}

const CONTRACT = `nps { score responses } csat { rate of } ces { mean } firstReplyMinutes { median p90 mean count } resolutionMinutes { median }
  businessResolutionMinutes { median } oneTouchRate { rate } reopenRate { rate } repeatContactRate { rate } churnRate { rate } retentionRate { rate }
  averageOrderValue { amount } customerLifetimeValue { amount } activeCustomers frictionRate { rate count of }
  perceptionGap { department gap } departmentInfluence { signal lift customers } series { at nps csat ces resolutionMinutes churnRate responses }`;

/** What else there is of it. */
const MORE = `cesEasyRate { rate } businessFirstReplyMinutes { median } firstResolutionMinutes { median } requesterWaitMinutes { median }
  businessRequesterWaitMinutes { median } agentWaitMinutes { median } businessAgentWaitMinutes { median } abandonedCallRate { rate }
  averageOrderValues { amount } customerLifetimeValues { amount } revenueChurn { currency grossRate }
  friction { kind department signals customers unresolved }`;

/** Everything that the contract has of `experience`, and all fields of it, asked for through GraphQL over the year; by month and as a whole. */
async function wholeReport(url: string, of: string, segmentId: string | null): Promise<void> {
  const [from, to] = [Date.now() - 365 * 86_400_000, Date.now()].map((atMs) => new Date(atMs).toISOString());
  const queries = {
    'all of the contract, by month': `query ($id: ID) { experience(from: "${from}", to: "${to}", interval: MONTH, segmentId: $id) { ${CONTRACT} } }`,
    'all fields, by month': `query ($id: ID) { experience(from: "${from}", to: "${to}", interval: MONTH, segmentId: $id) { ${CONTRACT} ${MORE} } }`,
    'all fields, by day': `query ($id: ID) { experience(from: "${from}", to: "${to}", interval: DAY, segmentId: $id) { ${CONTRACT} ${MORE} } }`,
    'all fields, of the year as a whole': `query ($id: ID) { experience(from: "${from}", to: "${to}", segmentId: $id) { ${CONTRACT} ${MORE} } }`,
  };
  const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' };
  await withServer('profileQueryServer', { PROFILE_SERVER: 'api', PROFILE_DATABASE_URL: url }, async (port) => {
    const ask = async (query: string) => {
      const body = JSON.stringify({ query, variables: { id: segmentId && publicId('Segment', segmentId) } });
      const answer = (await (await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body })).json()) as {
        errors?: object;
      };
      if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    };
    for (const [name, query] of Object.entries(queries)) {
      print(`experience through GraphQL ${of}, ${name}: ${(await median(() => ask(query))).toFixed(0)} ms`);
    }
  });
}

/** A segment by hand, as if it had been computed. */
async function halfOfThem(owner: pg.Pool): Promise<string> {
  const segmentId = newUuidV7(Date.now());
  await owner.query(
    `insert into segment (workspace_id, segment_id, key, name, definition, status, size, created_at, updated_at)
     values (1, $1, 'half', 'Half', '{"all": []}', 'LIVE', 0, now(), now())`,
    [segmentId],
  );
  await owner.query(
    `insert into segment_membership (workspace_id, segment_id, profile_id, entered_at, reason)
     select 1, $1, p.profile_id, now(), 'drawn' from profile p where p.merged_into is null and hashtext(p.profile_id::text) % 2 = 0`,
    [segmentId],
  );
  await owner.query('vacuum analyze segment_membership');
  return segmentId;
}

/** Milliseconds, of five runs after one that warms up. */
async function median(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  await run();
  for (let round = 0; round < 5; round++) {
    const startedAt = performance.now();
    await run();
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b)[2] as number;
}

async function fitting(tap: LaneOnTap): Promise<void> {
  const startedAt = performance.now();
  await new ValueModelFitting({ pool: tap.pool, clock: Date.now, learn: (toFit) => Promise.resolve(fitValue(toFit)) }).fit(1);
  print(`models of value fitted in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
