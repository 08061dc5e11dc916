import fc from 'fast-check';
import type { QueryRunner } from 'typeorm';
import { TellSignsBefore1795700000000 } from '../../../migrations/1795700000000-TellSignsBefore';
import { CHANNELS, DEPARTMENTS } from '../../../src/kernel/vocabulary';
import { cesOf } from '../../../src/measures/ces';
import { oneTouchRate, REPEAT_WITHIN_DAYS, reopenRate, repeatContactRate } from '../../../src/measures/conversationRates';
import { conversationTimes } from '../../../src/measures/conversationTimes';
import { csatOf } from '../../../src/measures/csat';
import { Customer } from '../../../src/measures/customer';
import { departmentInfluence, INFLUENCE_WITHIN_DAYS, influenceCases, influenceOf } from '../../../src/measures/departmentInfluence';
import { durationScore } from '../../../src/measures/durations';
import type { FrictionSignal } from '../../../src/measures/friction/signal';
import { INFLUENCE_PAIRS } from '../../../src/measures/influencePairs';
import { npsOf } from '../../../src/measures/nps';
import { perceptionGap, perceptionGaps, perceptionsOf } from '../../../src/measures/perceptionGap';
import { USUAL_SETTINGS } from '../../../src/measures/settings';
import { churnOf, revenueChurnOf } from '../../../src/measures/value/churn';
import { customerSpansOf } from '../../../src/measures/value/customerSpans';
import { rateScore } from '../../../src/measures/wilson';
import { appConnection } from '../../../src/storage/pool';
import { loadFacts } from '../../../src/storage/statements/readFacts';
import { reportChurn } from '../../../src/storage/statements/reportChurn';
import { reportConversationCounts, reportConversationDurations } from '../../../src/storage/statements/reportConversations';
import { reportInfluence, reportPerceptions } from '../../../src/storage/statements/reportDepartments';
import { reportFriction, reportFrictionTimes } from '../../../src/storage/statements/reportFriction';
import { reportOrders, reportOrdersOfCustomers } from '../../../src/storage/statements/reportOrders';
import type { ReportPeriod } from '../../../src/storage/statements/reportPeriod';
import { reportRevenueChurn } from '../../../src/storage/statements/reportRevenue';
import { reportSurveyAnswers } from '../../../src/storage/statements/reportSurveys';
import { PipelinedConnections } from '../../../src/storage/workspaceConnections';
import { inWorkspace } from '../../../src/storage/workspaceTransaction';
import { RECEIVED_AT_MS } from '../processing/world';
import { anEvent, ExperienceWorld } from './experienceWorld';

jest.setTimeout(60_000);

const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;

const TICKET_EVENTS = [
  ...['Ticket Created', 'Ticket Created', 'Ticket Replied', 'Ticket Replied', 'Ticket Solved'],
  ...['Ticket Reopened', 'Ticket Closed', 'Call Abandoned'],
];

/** What customers do, and within how many days before it is told. */
const happening = fc.noBias(
  fc.record({
    customer: fc.nat(39),
    minutesBefore: fc.nat(200 * DAY_MINUTES),
    event: fc.oneof(
      fc.tuple(
        fc.constantFrom(...TICKET_EVENTS),
        fc.record({
          ticket_id: fc.nat(9).map(String),
          author_role: fc.constantFrom('agent', 'customer', 'customer'),
          topic: fc.constantFrom('billing', 'login'),
          channel: fc.constantFrom('chat', 'chat', 'email'),
          internal_rating: fc.constantFrom(undefined, 2, 5),
        }),
      ),
      fc.tuple(
        fc.constantFrom('NPS Answered', 'CSAT Answered', 'CES Answered'),
        fc.record({ score: fc.nat(11), scale_max: fc.constantFrom(5, 7, 10), about_department: fc.constantFrom('sales', undefined) }),
      ),
      fc.tuple(
        fc.constant('Employee Feedback Given'),
        fc.record({ score: fc.nat(10), about_department: fc.constantFrom('sales', 'support') }),
      ),
      fc.tuple(
        fc.constantFrom('Order Completed', 'Order Completed', 'Order Refunded', 'Order Cancelled'),
        fc.record({
          order_id: fc.constantFrom('1', '2', '3', '4'),
          total: fc.nat(9_999).map((cents) => cents / 100),
          currency: fc.constantFrom('EUR', 'USD'),
        }),
      ),
      fc.tuple(
        fc.constantFrom('Subscription Started', 'Subscription Changed', 'Subscription Cancelled'),
        fc.record({
          subscription_id: fc.constantFrom('a', 'b'),
          price: fc.constantFrom(9, 19, undefined),
          currency: fc.constantFrom('EUR', 'USD'),
        }),
      ),
      fc.tuple(fc.constantFrom('Error Seen', 'Payment Failed', 'Payment Made', 'Signed In'), fc.constant({})),
    ),
  }),
);

let experience: ExperienceWorld;
let connections: PipelinedConnections;
let customers: Customer[];
beforeAll(async () => {
  experience = await ExperienceWorld.create();
  connections = new PipelinedConnections({
    connection: appConnection(experience.world.database.url, 30_000),
    connections: 2,
    manner: 'reports',
  });
  const happenings = fc.sample(happening, { numRuns: 4_000, seed: 7 });
  await experience.hear(
    ...happenings.map(({ customer, minutesBefore, event: [name, properties] }) => anEvent(`c${customer}`, name, minutesBefore, properties)),
  );
  await experience.evaluate();
  const profiles = await experience.world.query<{ ids: string[] }>(
    'select array_agg(identifier_id::text) as ids from identifier group by workspace_id, profile_id',
  );
  const facts = await inWorkspace(experience.world.pool, 1, 'snapshot', (client) =>
    loadFacts(client, 1, { profiles: profiles.map(({ ids }) => ids), untilMs: null }),
  );
  const basis = { nowMs: experience.nowMs, settings: USUAL_SETTINGS, sentimentOf: experience.options.sentimentOf };
  customers = facts.map((own) => new Customer({ ...basis, facts: own }));
});
afterAll(async () => {
  await connections.close();
  await experience.close();
});

const [fromMs, toMs] = [RECEIVED_AT_MS - 150 * DAY_MS, RECEIVED_AT_MS - 20 * DAY_MS];
const period: ReportPeriod = { fromMs, toMs, department: null, channel: null, interval: null, timeZone: 'UTC', segmentId: null };
const isIn = (atMs: number) => atMs >= fromMs && atMs < toMs;
const conversations = () => customers.flatMap((customer) => customer.conversations).filter(({ openedAtMs }) => isIn(openedAtMs));
const answers = () => customers.flatMap((customer) => customer.answers).filter(({ fact }) => isIn(fact.occurredAtMs));
const near = (value: number | null) => (value === null ? null : expect.closeTo(value, 6));

describe('over the rows of all customers SQL reports what the measures make of all facts', () => {
  it('how often conversations were solved at one touch, opened again, repeated', async () => {
    const repeatsBeforeMs = experience.nowMs - REPEAT_WITHIN_DAYS * DAY_MS;
    const [counts] = await reportConversationCounts(connections, 1, { ...period, repeatsBeforeMs });
    expect(counts?.conversations).toBe(conversations().length);
    expect(rateScore(counts!.oneTouch, counts!.everSolved)).toEqual(oneTouchRate(conversations()));
    expect(rateScore(counts!.reopened, counts!.everSolved)).toEqual(reopenRate(conversations()));
    const all = { ...period, fromMs: 0, toMs: RECEIVED_AT_MS + DAY_MS, repeatsBeforeMs };
    const [ever] = await reportConversationCounts(connections, 1, all);
    expect(rateScore(ever!.repeated, ever!.repeatable)).toEqual(
      repeatContactRate(
        customers.map((customer) => customer.conversations),
        experience.nowMs,
      ),
    );
    expect(ever!.repeated).toBeGreaterThan(0);
    expect(counts!.oneTouch).toBeGreaterThan(0);
  });

  it('how long replies and solutions took, by both clocks', async () => {
    const durations = [
      'firstReply',
      'firstReplyInBusinessHours',
      'fullResolution',
      'fullResolutionInBusinessHours',
      'firstResolution',
    ] as const;
    const times = conversations().map((conversation) => conversationTimes(conversation, experience.nowMs, USUAL_SETTINGS.defaultSchedule));
    const told = {
      firstReply: times.map(({ firstReply }) => firstReply?.calendarMs ?? null),
      firstReplyInBusinessHours: times.map(({ firstReply }) => firstReply?.businessMs ?? null),
      fullResolution: times.map(({ fullResolution }) => fullResolution?.calendarMs ?? null),
      fullResolutionInBusinessHours: times.map(({ fullResolution }) => fullResolution?.businessMs ?? null),
      firstResolution: times.map(({ firstResolution }) => firstResolution?.calendarMs ?? null),
    };
    const together = await reportConversationDurations(connections, 1, period, durations);
    expect(together.length).toBe(durations.length);
    for (const duration of durations) {
      const { median, p90, mean, count } = durationScore(told[duration]);
      const expected = { step: null, duration, medianMs: near(median), p90Ms: near(p90), meanMs: near(mean), count };
      expect(await reportConversationDurations(connections, 1, period, [duration])).toEqual([expected]);
      expect(together).toContainEqual(expected);
      expect(count).toBeGreaterThan(3);
    }
  });

  it('what customers answered', async () => {
    const rows = await reportSurveyAnswers(connections, 1, period);
    const row = (survey: string, version: string | null = null) => rows.find((each) => each.survey === survey && each.version === version)!;
    const nps = npsOf(answers());
    expect(row('nps')).toMatchObject({ valid: nps.responses, favourable: nps.promoters, detractors: nps.detractors, invalid: nps.invalid });
    const csat = csatOf(answers());
    expect(row('csat')).toMatchObject({ valid: csat.of, favourable: csat.count, invalid: csat.invalid });
    const ces = cesOf(answers());
    expect(row('ces', '2.0')).toMatchObject({
      valid: ces.responses,
      favourable: ces.easy.count,
      invalid: ces.invalid,
      mean: near(ces.mean),
    });
    expect(Math.min(nps.responses, csat.of, ces.responses)).toBeGreaterThan(3);
  });

  it('what the company thinks of its departments, and what customers do', async () => {
    const rows = await reportPerceptions(connections, 1, { fromMs, toMs, department: null, segmentId: null });
    const gaps = rows.map(({ department, internalMean, customerMean }) =>
      perceptionGap(DEPARTMENTS[department]!, internalMean, customerMean),
    );
    const perceptions = customers
      .flatMap((each) => perceptionsOf(each.basis.facts, each.conversations, each.answers))
      .filter(({ atMs }) => isIn(atMs));
    expect(gaps).toEqual(
      perceptionGaps(perceptions).map((gap) => ({
        ...gap,
        internal: near(gap.internal),
        customers: near(gap.customers),
        gap: near(gap.gap),
      })),
    );
    expect(gaps.some(({ gap }) => gap !== null)).toBe(true);
  });

  it('how a signal in one department goes with outcomes in another', async () => {
    const begunByMs = experience.nowMs - INFLUENCE_WITHIN_DAYS * DAY_MS;
    const rows = await reportInfluence(connections, 1, { fromMs, toMs, begunByMs, segmentId: null });
    const cases = customers.flatMap((each) =>
      influenceCases(
        { facts: each.basis.facts, conversations: each.conversations, answers: each.answers },
        USUAL_SETTINGS,
        experience.nowMs,
      ),
    );
    const reported = INFLUENCE_PAIRS.flatMap((pair) => {
      const counts = rows.find((row) => row.pair === pair.key);
      return counts ? [influenceOf(pair, counts)] : [];
    });
    expect(reported).toEqual(departmentInfluence(cases.filter(({ atMs }) => isIn(atMs))));
    expect(reported.length).toBeGreaterThan(2);
  });

  it('what orders brought, each currency for itself', async () => {
    const rows = await reportOrders(connections, 1, period);
    const rowsOfCustomers = await reportOrdersOfCustomers(connections, 1, period);
    const placed = customers.flatMap((each) => each.orders).filter(({ status, placedAtMs }) => status !== 'CANCELLED' && isIn(placedAtMs));
    for (const currency of ['EUR', 'USD']) {
      const own = placed.filter(({ net }) => net.currency === currency);
      const cents = own.reduce((sum, { net }) => sum + Math.round(Number(net.amount) * 100), 0);
      const row = rows.find((each) => each.currency === currency)!;
      expect([row.orders, Math.round(Number(row.net) * 100)]).toEqual([own.length, cents]);
      expect(own.length).toBeGreaterThan(3);
      const buyers = customers.filter((each) => each.orders.some((order) => own.includes(order))).length;
      expect(rowsOfCustomers).toContainEqual({ ...row, customers: buyers });
    }
    expect(rowsOfCustomers.some((row) => row.customers < row.orders)).toBe(true);
  });

  it('who was lost, whatever the period, and which revenue with them', async () => {
    const starts = Array.from({ length: 12 }, (_, index) => fromMs + index * 11 * DAY_MS);
    const periods = [
      ...starts.map((startMs) => ({ fromMs: startMs, toMs: startMs + 11 * DAY_MS })),
      { fromMs, toMs },
      { fromMs: 0, toMs: 1 },
    ];
    const spans = customers.map((each) => customerSpansOf(each.orders, each.subscriptions));
    const churn = periods.map((each) => churnOf(spans, each));
    expect(await reportChurn(connections, 1, periods, null)).toEqual(churn.map(({ atStart, lost }) => ({ atStart, lost })));
    expect(Math.max(...churn.map(({ lost }) => lost))).toBeGreaterThan(0);
    const subscriptions = customers.map((each) => each.subscriptions);
    for (const each of periods) {
      const expected = [...revenueChurnOf(subscriptions, each)].sort((a, b) => (a.currency < b.currency ? -1 : 1));
      expect(await reportRevenueChurn(connections, 1, each, null)).toEqual(expected);
      expect(expected.length).toBeGreaterThan(1);
    }
  });

  it('which signs of friction were found, and in how many customers', async () => {
    const found = customers.map((each) => each.friction.signals.filter(({ detectedAtMs }) => isIn(detectedAtMs)));
    const times = await reportFrictionTimes(connections, 1, period);
    expect(times.length).toBe(24 * found.flat().length);
    const { kinds } = await reportFriction(connections, 1, period);
    for (const { kind, department, signals, customers: inHowMany, unresolved } of kinds) {
      const own = found.map((each) => each.filter((signal) => signal.kind === kind && signal.department === DEPARTMENTS[department]));
      expect({ signals, inHowMany, unresolved }).toEqual({
        signals: own.flat().length,
        inHowMany: own.filter((each) => each.length > 0).length,
        unresolved: own.flat().filter(({ resolvedAtMs }) => resolvedAtMs === null).length,
      });
    }
    expect(kinds.reduce((sum, { signals }) => sum + signals, 0)).toBe(found.flat().length);
    expect(kinds.length).toBeGreaterThan(3);
  });
});

it('cuts a period into steps that together are the whole, by the calendar of the zone', async () => {
  const months = { ...period, interval: 'month', timeZone: 'America/New_York' } as const;
  const rows = await reportSurveyAnswers(connections, 1, months);
  const starts = [...new Set(rows.flatMap(({ step }) => (step === null ? [] : [new Date(step).toISOString()])))].sort();
  expect(starts).toEqual([
    '2026-01-01T05:00:00.000Z',
    '2026-02-01T05:00:00.000Z',
    '2026-03-01T05:00:00.000Z',
    '2026-04-01T04:00:00.000Z',
    '2026-05-01T04:00:00.000Z',
  ]);
  const sum = (of: (row: (typeof rows)[number]) => boolean) => rows.filter(of).reduce((total, { valid }) => total + valid, 0);
  expect(sum(({ step }) => step !== null)).toBe(sum(({ step }) => step === null));
});

it('keeps to a department and a channel where one is asked for', async () => {
  const support = { ...period, department: DEPARTMENTS.indexOf('SUPPORT'), repeatsBeforeMs: experience.nowMs };
  const [counts] = await reportConversationCounts(connections, 1, support);
  expect(counts?.conversations).toBe(conversations().filter(({ department }) => department === 'SUPPORT').length);
  const [none] = await reportConversationCounts(connections, 1, { ...support, channel: 10 });
  expect(none?.conversations).toBe(0);
});

describe('who met friction is counted once, whatever a report keeps to', () => {
  it.each([
    ['everything', []],
    ['a department', ['department']],
    ['a channel', ['channel']],
    ['a department and a channel', ['department', 'channel']],
  ])('%s', async (_, keptTo) => {
    const department = keptTo.includes('department') ? DEPARTMENTS.indexOf('SUPPORT') : null;
    const channel = keptTo.includes('channel') ? CHANNELS.indexOf('CHAT') : null;
    const isAsked = (signal: FrictionSignal) =>
      isIn(signal.detectedAtMs) &&
      (department === null || DEPARTMENTS.indexOf(signal.department) === department) &&
      (channel === null || CHANNELS.indexOf(signal.channel) === channel);
    const found = customers.map((each) => each.friction.signals.filter(isAsked));
    const { kinds, profileIds } = await reportFriction(connections, 1, { ...period, department, channel });
    const named = new Set(
      Array.from({ length: profileIds.length / 16 }, (_, index) => profileIds.toString('hex', 16 * index, 16 * index + 16)),
    );
    expect(named.size).toBe(found.filter((signals) => signals.length > 0).length);
    if (department === null && channel === null) expect(profileIds.length).toBe(16 * named.size);
    for (const row of kinds) {
      const isOwn = ({ kind, department: of }: FrictionSignal) => kind === row.kind && of === DEPARTMENTS[row.department];
      expect(row.customers).toBe(found.filter((signals) => signals.some(isOwn)).length);
    }
    expect(kinds.some(({ signals, customers: inHowMany }) => signals > inHowMany)).toBe(true);
  });
});

it('fills in which signs came before others where they were found before that was written down', async () => {
  const stored = () => experience.world.query('select * from friction_signal order by profile_id, signal_key');
  const evaluated = await stored();
  const runner = { query: (text: string) => experience.world.query(text) } as unknown as QueryRunner;
  await new TellSignsBefore1795700000000().down(runner);
  expect(Object.keys((await stored())[0]!)).not.toContain('previous_at');
  await new TellSignsBefore1795700000000().up(runner);
  expect(await stored()).toEqual(evaluated);
});
