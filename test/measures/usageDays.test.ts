import { usageDays } from '../../src/measures/usageDays';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 4, 31, 12);
const ago = (days: number): number => NOW_MS - days * DAY_MS;

describe('days of usage', () => {
  it('count each day once, in the last 30 days and in the 30 before', () => {
    expect(usageDays([ago(1), ago(1.1), ago(2), ago(31), ago(45), ago(59)], true, NOW_MS)).toEqual({ before: 3, recent: 2 });
  });

  it('leave out what is older, and what lies ahead', () => {
    expect(usageDays([ago(-1), ago(61)], true, NOW_MS)).toEqual({ before: 0, recent: 0 });
  });

  it('are not known where the times were cut off within the 60 days, and are where they were cut off before', () => {
    expect(usageDays([ago(1), ago(20)], false, NOW_MS)).toBeNull();
    expect(usageDays([ago(1), ago(61)], false, NOW_MS)).toEqual({ before: 0, recent: 1 });
    expect(usageDays([], true, NOW_MS)).toEqual({ before: 0, recent: 0 });
  });

  it('belong to the 30 days before from the very moment on', () => {
    expect(usageDays([ago(30)], true, NOW_MS)).toEqual({ before: 1, recent: 0 });
    expect(usageDays([ago(60)], true, NOW_MS)).toEqual({ before: 0, recent: 0 });
  });
});
