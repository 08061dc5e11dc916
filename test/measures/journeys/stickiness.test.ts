import { daysOf, stickiness } from '../../../src/measures/journeys/stickiness';
import type { Touch } from '../../../src/measures/touches/touch';
import { activityOfCustomers, DAY_MS, MONDAY_MS } from '../touches/builders';

const TO_MS = MONDAY_MS + 10 * DAY_MS;
const TEN_DAYS = { window: { fromMs: MONDAY_MS, toMs: TO_MS }, bounds: daysOf(MONDAY_MS, TO_MS, 10)!, firstKinds: [] };
const on = (...days: number[]): Partial<Touch>[] => days.map((day) => ({ occurredAtMs: MONDAY_MS + day * DAY_MS }));

it('is the mean of daily active customers by those active at all', () => {
  const activity = activityOfCustomers([on(0, 0.5, 1, 2), on(5, 6), []], TEN_DAYS);
  expect(stickiness(activity)).toEqual({ rate: 0.25, meanDailyActive: 0.5, activeCustomers: 2, days: 10 });
});

it('takes nobody for active who was only written to', () => {
  const activity = activityOfCustomers([[{ direction: 'OUTBOUND', kind: 'EMAIL_SENT' }]], TEN_DAYS);
  expect(stickiness(activity)).toMatchObject({ rate: null, activeCustomers: 0, meanDailyActive: 0 });
});

it('takes nobody for active on a day on which they were only written to', () => {
  const activity = activityOfCustomers([[...on(0), { direction: 'OUTBOUND', occurredAtMs: MONDAY_MS + DAY_MS }]], TEN_DAYS);
  expect(stickiness(activity)).toMatchObject({ activeCustomers: 1, meanDailyActive: 0.1 });
});

it('takes what is left over of a day for a day, and counts nothing after the window', () => {
  const window = { fromMs: MONDAY_MS, toMs: MONDAY_MS + 1.5 * DAY_MS };
  const activity = activityOfCustomers([on(0, 1.2, 1.8)], { window, bounds: daysOf(window.fromMs, window.toMs, 2)!, firstKinds: [] });
  expect(stickiness(activity)).toEqual({ rate: 1, meanDailyActive: 1, activeCustomers: 1, days: 2 });
});

it('looks at no more days than it may', () => {
  expect(daysOf(MONDAY_MS, TO_MS + 1, 10)).toBeUndefined();
});
