import { stickiness } from '../../../src/measures/journeys/activeCustomers';
import type { Touch } from '../../../src/measures/touches/touch';
import { DAY_MS, MONDAY_MS, pathsOfCustomers } from '../touches/builders';

const TEN_DAYS = { fromMs: MONDAY_MS, toMs: MONDAY_MS + 10 * DAY_MS };
const on = (...days: number[]): Partial<Touch>[] => days.map((day) => ({ occurredAtMs: MONDAY_MS + day * DAY_MS }));

it('is the mean of daily active customers by those active at all', async () => {
  const paths = await pathsOfCustomers([on(0, 0.5, 1, 2), on(5, 6), []], TEN_DAYS);
  expect(stickiness(paths)).toEqual({ rate: 0.25, meanDailyActive: 0.5, activeCustomers: 2, days: 10 });
});

it('takes nobody for active who was only written to', async () => {
  const paths = await pathsOfCustomers([[{ direction: 'OUTBOUND', kind: 'EMAIL_SENT' }]], TEN_DAYS);
  expect(stickiness(paths)).toMatchObject({ rate: null, activeCustomers: 0, meanDailyActive: 0 });
});

it('takes nobody for active on a day on which they were only written to', async () => {
  const paths = await pathsOfCustomers([[...on(0), { direction: 'OUTBOUND', occurredAtMs: MONDAY_MS + DAY_MS }]], TEN_DAYS);
  expect(stickiness(paths)).toMatchObject({ activeCustomers: 1, meanDailyActive: 0.1 });
});
