import { type Interval, nextPeriod, periodStart, periodsOf } from '../../../src/measures/journeys/periods';
import { COHORT_KINDS, retention } from '../../../src/measures/journeys/retention';
import type { Touch } from '../../../src/measures/touches/touch';
import { ALWAYS, activityOfCustomers, DAY_MS, MONDAY_MS } from '../touches/builders';

const day = (days: number, fields: Partial<Touch> = {}): Partial<Touch> => ({ occurredAtMs: MONDAY_MS + days * DAY_MS, ...fields });
const order = (days: number) => day(days, { kind: 'ORDER_PLACED' });

function weekly(customers: readonly (readonly Partial<Touch>[])[], weeks: number, options: { fromMs?: number; overMs?: number } = {}) {
  const toMs = MONDAY_MS + 7 * weeks * DAY_MS;
  const bounds = periodsOf(MONDAY_MS, toMs, 'WEEK', 100)!;
  const activity = activityOfCustomers(customers, { window: { ...ALWAYS, toMs }, bounds, firstKinds: COHORT_KINDS });
  return retention(activity, { bounds, fromMs: MONDAY_MS, overMs: toMs, ...options });
}

it('counts customers by the week of their first order or sign-up, and who did something in the weeks after', () => {
  const cohorts = weekly([[order(0), day(8)], [order(6)], [day(7, { kind: 'SIGNED_UP' }), order(14), day(15)]], 3);
  expect(cohorts).toEqual([
    { startMs: MONDAY_MS, size: 2, returned: [2, 1, 0] },
    { startMs: MONDAY_MS + 7 * DAY_MS, size: 1, returned: [1, 1] },
    { startMs: MONDAY_MS + 14 * DAY_MS, size: 0, returned: [0] },
  ]);
});

it('leaves out the cells of periods that are not over', () => {
  const cohorts = weekly([[order(0), day(15)]], 3, { overMs: MONDAY_MS + 20 * DAY_MS });
  expect(cohorts.map(({ returned }) => returned)).toEqual([[1, 0], [0], []]);
});

it('has customers in no cohort who began before the time asked for', () => {
  const cohorts = weekly([[order(-1), order(1)]], 2);
  expect(cohorts.map(({ size }) => size)).toEqual([0, 0]);
});

it('has customers in no cohort who never ordered nor signed up', () => {
  expect(weekly([[day(1), day(8)]], 2).map(({ size }) => size)).toEqual([0, 0]);
});

it('does not take for a return what was only sent to the customer', () => {
  const [cohort] = weekly([[order(0), day(8, { kind: 'EMAIL_SENT', direction: 'OUTBOUND' })]], 2);
  expect(cohort?.returned).toEqual([1, 0]);
});

it('counts a customer once a period', () => {
  expect(weekly([[order(0), day(7), day(8), day(9)]], 2)[0]?.returned).toEqual([1, 1]);
});

it.each<[Interval, string, string, string]>([
  ['HOUR', '2026-03-29T01:59:59.999Z', '2026-03-29T01:00:00.000Z', '2026-03-29T02:00:00.000Z'],
  ['DAY', '2024-02-29T12:00:00.000Z', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
  ['WEEK', '2027-01-01T00:00:00.000Z', '2026-12-28T00:00:00.000Z', '2027-01-04T00:00:00.000Z'],
  ['WEEK', '1970-01-01T00:00:00.000Z', '1969-12-29T00:00:00.000Z', '1970-01-05T00:00:00.000Z'],
  ['MONTH', '2024-02-29T23:00:00.000Z', '2024-02-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
  ['QUARTER', '2026-12-31T23:59:59.999Z', '2026-10-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
])('knows the %s that %s lies in', (interval, at, start, end) => {
  const startMs = periodStart(Date.parse(at), interval);
  expect([startMs, nextPeriod(startMs, interval)].map((atMs) => new Date(atMs).toISOString())).toEqual([start, end]);
});

it('lists no more periods than it may', () => {
  expect(periodsOf(0, 10 * DAY_MS, 'DAY', 9)).toBeUndefined();
  expect(periodsOf(0, 10 * DAY_MS, 'DAY', 10)).toHaveLength(11);
  expect(periodsOf(5, 5, 'DAY', 10)).toHaveLength(1);
});
