import { cohortsOf } from '../../../src/measures/value/cohorts';
import { day } from '../commerceFacts';

const customer = (startDay: number, ...activeDays: number[]) => ({ startedAtMs: day(startDay), activeAtMs: activeDays.map(day) });
/** Three weeks from day 0. */
const WEEKS = [day(0), day(7), day(14), day(21)];

describe('cohorts', () => {
  const customers = [customer(0, 0, 8, 9, 15), customer(6, 14), customer(7, 7, 6), customer(-1, 3), customer(21, 21)];

  it('count who came back in which period, once a period, by the period in which they began', () => {
    expect(cohortsOf(customers, WEEKS, day(30))).toEqual([
      { startMs: day(0), size: 2, returned: [1, 1, 2] },
      { startMs: day(7), size: 1, returned: [1, 0] },
      { startMs: day(14), size: 0, returned: [0] },
    ]);
  });

  it('have no number for a period that is not over', () => {
    const rows = (nowDay: number) => cohortsOf(customers, WEEKS, day(nowDay)).map(({ returned }) => returned);
    expect(rows(20)).toEqual([[1, 1, null], [1, null], [null]]);
    expect(rows(21)).toEqual([[1, 1, 2], [1, 0], [0]]);
  });

  it('are none without a period', () => {
    expect(cohortsOf(customers, [], day(30))).toEqual([]);
    expect(cohortsOf(customers, [day(0)], day(30))).toEqual([]);
  });
});
