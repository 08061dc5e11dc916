import { Evaluating } from '../../src/app/experience/evaluating';
import { newUuidV7 } from '../../src/kernel/uuid';
import { pipelinedPool } from '../../src/storage/pool';
import { ApiUnderTest } from './apiUnderTest';
import { type BuiltInteraction, NOON_MS, WorkspaceBuilder } from './workspaceBuilder';

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;

const HOUR_MS = 3_600_000;
const HOUR = (hours: number): number => NOON_MS + hours * HOUR_MS;

const ticket = (id: string, openedAtMs: number, replyAtMs: number, solvedAtMs: readonly number[]): BuiltInteraction[] => [
  { atMs: openedAtMs, kind: 'CONVERSATION_OPENED', channel: 'EMAIL', ...supportOf(id), properties: { description: 'It is broken.' } },
  {
    atMs: replyAtMs,
    kind: 'CONVERSATION_REPLIED',
    direction: 'OUTBOUND',
    channel: 'EMAIL',
    ...supportOf(id),
    properties: { author_role: 'agent' },
  },
  ...solvedAtMs.flatMap((atMs, index): BuiltInteraction[] => [
    ...(index === 0 ? [] : [{ atMs: atMs - HOUR_MS, kind: 'CONVERSATION_REOPENED' as const, channel: 'EMAIL' as const, ...supportOf(id) }]),
    { atMs, kind: 'CONVERSATION_SOLVED', direction: 'OUTBOUND', channel: 'EMAIL', ...supportOf(id) },
  ]),
];
const supportOf = (id: string) => ({ department: 'SUPPORT' as const, subject: `ticket ${id}` });
const answer = (atMs: number, survey_type: string, score: number, more: object = {}): BuiltInteraction => ({
  atMs,
  kind: 'SURVEY_ANSWERED',
  channel: 'EMAIL',
  department: 'SUPPORT',
  properties: { survey_type, score, ...more },
});

beforeAll(async () => {
  api = await ApiUnderTest.start();
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
  await acme.profile({
    identifiers: [{ type: 'email', value: 'ada@example.com' }],
    interactions: [
      ...ticket('1', HOUR(0), HOUR(2), [HOUR(3), HOUR(10)]),
      answer(HOUR(11), 'csat', 2, { scale_max: 5, ticket_id: '1' }),
      answer(HOUR(11.5), 'nps', 10),
      answer(HOUR(48), 'nps', 3),
      answer(HOUR(49), 'nps', 11),
    ],
  });
  await acme.profile({
    identifiers: [{ type: 'email', value: 'bob@example.com' }],
    interactions: [
      ...ticket('2', HOUR(24), HOUR(28), [HOUR(30)]),
      answer(HOUR(31), 'csat', 5, { scale_max: 5, ticket_id: '2' }),
      answer(HOUR(32), 'ces', 6, { scale_max: 7 }),
      answer(HOUR(33), 'ces', 2, { scale_max: 5 }),
      { atMs: HOUR(40), kind: 'EMPLOYEE_FEEDBACK_GIVEN', direction: 'INTERNAL', properties: { score: 9, about_department: 'SUPPORT' } },
    ],
  });
  const pool = pipelinedPool({
    databaseUrl: api.database.url,
    maxConnections: 1,
    statementTimeoutMs: 10_000,
    applicationName: 'test',
    onConnectionLost: () => undefined,
  });
  const evaluating = new Evaluating({ pool, clock: Date.now, newId: () => newUuidV7(Date.now()), sentimentOf: () => null });
  while (!(await evaluating.step(acme.workspaceId)));
  await pool.end();
});
afterAll(() => api.stop());

const ask = (fields: string, args = '', by = key) => {
  const period = `from: "${new Date(HOUR(0)).toISOString()}", to: "${new Date(HOUR(72)).toISOString()}"`;
  return api.query(by, `{ experience(${period} ${args}) { ${fields} } }`);
};
const report = async (fields: string, args = '') => {
  const { data, codes } = await ask(fields, args);
  expect(codes).toEqual([]);
  return data.experience;
};

it('scores the answers, each survey for itself, and says what was outside its scale', async () => {
  const { nps, csat, ces, cesEasyRate } = await report(
    'nps { score promoters passives detractors responses invalid marginOfError } csat { rate count of low high } ces { mean responses low } cesEasyRate { count of }',
  );
  expect(nps).toMatchObject({ score: 0, promoters: 1, passives: 0, detractors: 1, responses: 2, invalid: 1 });
  expect(nps.marginOfError).toBeGreaterThan(0);
  expect(csat).toMatchObject({ rate: 0.5, count: 1, of: 2 });
  expect(csat.low).toBeLessThan(0.5);
  expect(ces).toEqual({ mean: 6, responses: 1, low: null });
  expect(cesEasyRate).toEqual({ count: 1, of: 1 });
});

it('measures conversations in minutes, in calendar and business hours', async () => {
  const { firstReplyMinutes, resolutionMinutes, businessResolutionMinutes, oneTouchRate, reopenRate, repeatContactRate } = await report(`
    firstReplyMinutes { median p90 mean count } resolutionMinutes { mean } businessResolutionMinutes { mean }
    oneTouchRate { count of } reopenRate { rate count of } repeatContactRate { count of }`);
  expect(firstReplyMinutes).toEqual({ median: 180, p90: 228, mean: 180, count: 2 });
  expect(resolutionMinutes.mean).toBe(480);
  expect(businessResolutionMinutes.mean).toBe(300);
  expect(oneTouchRate).toEqual({ count: 2, of: 2 });
  expect(reopenRate).toEqual({ rate: 0.5, count: 1, of: 2 });
  expect(repeatContactRate).toEqual({ count: 0, of: 2 });
});

it('answers null and no zero where there is nothing', async () => {
  const nothing = await report(
    'nps { score responses marginOfError } csat { rate of } firstReplyMinutes { median count } averageOrderValue { amount }',
    'channel: PHONE',
  );
  expect(nothing).toEqual({
    nps: { score: null, responses: 0, marginOfError: null },
    csat: { rate: null, of: 0 },
    firstReplyMinutes: { median: null, count: 0 },
    averageOrderValue: null,
  });
});

it('looks at one department or channel where asked to', async () => {
  expect(
    (await report('nps { responses } firstReplyMinutes { count }', 'department: SUPPORT, channel: EMAIL')).firstReplyMinutes.count,
  ).toBe(2);
  expect((await report('firstReplyMinutes { count }', 'department: MARKETING')).firstReplyMinutes.count).toBe(0);
});

it('cuts the period into steps, those without anything among them', async () => {
  const { series } = await report('series { at nps csat ces resolutionMinutes responses }', 'interval: DAY');
  expect(series).toEqual([
    { at: '2026-01-15T00:00:00.000Z', nps: 100, csat: 0, ces: null, resolutionMinutes: 600, responses: 2 },
    { at: '2026-01-16T00:00:00.000Z', nps: null, csat: 1, ces: 6, resolutionMinutes: 360, responses: 3 },
    { at: '2026-01-17T00:00:00.000Z', nps: -100, csat: null, ces: null, resolutionMinutes: null, responses: 1 },
    { at: '2026-01-18T00:00:00.000Z', nps: null, csat: null, ces: null, resolutionMinutes: null, responses: 0 },
  ]);
  expect((await report('series { at }')).series).toEqual([]);
});

it('begins days where the calendar of the workspace has them begin', async () => {
  const { codes } = await api.query(
    key,
    `mutation { setExperienceSettings(input: { settings: { timeZone: "Asia/Tokyo" } }) { experienceSettings { settings } } }`,
  );
  expect(codes).toEqual([]);
  api.passTime(10_000);
  const { series } = await report('series { at }', 'interval: DAY');
  expect(series[0]).toEqual({ at: '2026-01-14T15:00:00.000Z' });
  await api.query(key, `mutation { setExperienceSettings(input: { settings: {} }) { experienceSettings { settings } } }`);
  api.passTime(10_000);
});

it('sets what the company thinks of itself beside what customers say', async () => {
  const { perceptionGap } = await report('perceptionGap { department internal customers gap }');
  expect(perceptionGap).toEqual([{ department: 'SUPPORT', internal: 90, customers: expect.any(Number), gap: expect.any(Number) }]);
  expect(perceptionGap[0].gap).toBeCloseTo(perceptionGap[0].internal - perceptionGap[0].customers, 6);
});

it('reads nothing that was not asked for, and nothing twice', async () => {
  const names = await api.statementsOf(() => report('nps { score } csat { rate } ces { mean } oneTouchRate { rate } reopenRate { rate }'));
  expect([...names].sort()).toEqual(['report_conversation_counts', 'report_survey_answers']);
});

it('reads all durations of the period at once, and friction once for all that is told of it', async () => {
  const names = await api.statementsOf(() =>
    report('firstReplyMinutes { median } resolutionMinutes { median } agentWaitMinutes { p90 } friction { kind } frictionRate { rate }'),
  );
  expect(names.filter((name) => name.startsWith('report_conversation_durations')).length).toBe(1);
  expect(names.filter((name) => name.startsWith('report_friction'))).toEqual(['report_friction_by_kind']);
});

it.each([
  ['a period that ends before it begins', 'from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z"'],
  ['an empty period', 'from: "2026-02-01T00:00:00Z", to: "2026-02-01T00:00:00Z"'],
  ['too many steps', 'from: "2000-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z", interval: HOUR'],
])('refuses %s', async (_name, args) => {
  expect((await api.query(key, `{ experience(${args}) { nps { score } } }`)).codes).toEqual(['INVALID_INPUT']);
});

it('needs the scope reports:read', async () => {
  expect((await ask('nps { score }', '', await acme.apiKey('profiles:read', 'pii:read'))).codes).toEqual(['FORBIDDEN']);
});

it('shows nothing of another workspace', async () => {
  const other = await WorkspaceBuilder.create(api.database.owner, 'Other');
  const { data } = await ask('nps { responses }', '', await other.apiKey());
  expect(data.experience.nps.responses).toBe(0);
});
