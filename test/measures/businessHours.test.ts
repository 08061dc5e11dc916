import fc from 'fast-check';
import { afterBusinessMinutes, businessMinutes, businessMs, type Schedule } from '../../src/measures/businessHours';
import { scheduleFromJson } from '../../src/measures/scheduleFromJson';
import { usualSchedule } from '../../src/measures/settings';
import { SettingsFaults } from '../../src/measures/settingsFaults';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './conversationFacts';

const NINE_TO_FIVE = usualSchedule('UTC');
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function aSchedule(timeZone: string, hours: Readonly<Record<string, readonly string[]>>, ...holidays: readonly string[]): Schedule {
  const faults = new SettingsFaults();
  const schedule = scheduleFromJson('schedule', { hours, holidays }, timeZone, faults);
  expect(faults.list).toEqual([]);
  return schedule;
}

function everyDay(timeZone: string, hours: string): Schedule {
  return aSchedule(timeZone, Object.fromEntries(WEEKDAYS.map((day) => [day, [hours]])));
}

function weekdays(timeZone: string, hours: string): Schedule {
  return aSchedule(timeZone, Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, [hours]])));
}

const ms = (iso: string) => Date.parse(iso);
const minutes = (from: string, to: string, schedule: Schedule) => businessMinutes(ms(from), ms(to), schedule);
const iso = (from: string, after: number, schedule: Schedule) =>
  new Date(afterBusinessMinutes(ms(from), after, schedule) ?? Number.NaN).toISOString();

describe('business hours', () => {
  // Keeping, "Calculating First Response Time": at work from 7, a ticket of 18:00 answered at 8:00 took an hour
  it('begin to count when somebody is there', () => {
    const seven = everyDay('UTC', '07:00-17:00');
    expect(minutes('2026-03-02T18:00Z', '2026-03-03T08:00Z', seven)).toBe(60);
    expect(minutes('2026-03-02T18:00Z', '2026-03-02T19:00Z', seven)).toBe(0);
  });

  // Amy Dee of Zendesk on SLA badges: due in 2 business hours at 16:00 on a Friday is due at 10:00 on Monday
  it('carry a target over the weekend', () => {
    expect(iso('2026-03-06T16:00Z', 120, NINE_TO_FIVE)).toBe('2026-03-09T10:00:00.000Z');
  });

  // Switchlabs CRM, "Business Hours": 4 hours from Thursday 15:00 end on Friday at 11:00
  it('carry a target over the night', () => {
    expect(iso('2026-03-05T15:00Z', 240, NINE_TO_FIVE)).toBe('2026-03-06T11:00:00.000Z');
  });

  // Ticket 941606 in the decision log of Fivetran's dbt_zendesk, "Business Time Metrics", with two schedules; there, moments are rounded to minutes and
  // seconds written as hundredths, which makes 538 + 421.25 and 448 + 241.46 minutes of what is exactly this.
  it.each([
    ['Level 1 Chicago', everyDay('America/Chicago', '07:00-21:00'), '2020-09-30T19:01:25Z', 538 * 60 + 22 + 421 * 60 + 25],
    ['Level 2 San Francisco', weekdays('America/Los_Angeles', '08:00-17:30'), '2020-09-30T19:01:46Z', 448 * 60 + 22 + 241 * 60 + 46],
  ])('of a ticket from San Francisco are those of the schedule: %s', (_, schedule, until, seconds) => {
    expect(businessMs(ms('2020-09-29T17:01:38Z'), ms(until), schedule)).toBe(seconds * 1000);
  });

  it('end a target with the day and not with the next morning', () => {
    expect(iso('2026-03-06T09:00Z', 480, NINE_TO_FIVE)).toBe('2026-03-06T17:00:00.000Z');
  });

  it('are exact to the millisecond', () => {
    expect(businessMs(ms('2026-03-02T16:59:59.999Z'), ms('2026-03-03T09:00:00.001Z'), NINE_TO_FIVE)).toBe(2);
  });

  it('count nothing backwards', () => {
    expect(minutes('2026-03-03T12:00Z', '2026-03-03T11:00Z', NINE_TO_FIVE)).toBe(0);
  });

  it('leave out the break at noon', () => {
    const withBreak = aSchedule('UTC', { monday: ['13:00-17:00', '09:00-12:30'] });
    expect(minutes('2026-03-02T12:00Z', '2026-03-02T14:00Z', withBreak)).toBe(90);
  });

  it('differ by schedule over the same time', () => {
    const [from, to] = ['2026-03-06T16:00Z', '2026-03-09T10:00Z'];
    expect(minutes(from, to, NINE_TO_FIVE)).toBe(120);
    expect(minutes(from, to, everyDay('UTC', '00:00-24:00'))).toBe(66 * 60);
  });

  it('stand still on holidays', () => {
    const christmas = aSchedule('Europe/Berlin', { friday: ['09:00-17:00'], monday: ['09:00-17:00'] }, '2026-12-25');
    expect(minutes('2026-12-25T00:00Z', '2026-12-28T11:00Z', christmas)).toBe(180);
    expect(iso('2026-12-24T18:00Z', 30, christmas)).toBe('2026-12-28T08:30:00.000Z');
  });

  it('are there on a leap day, unless that is a holiday', () => {
    const [from, to] = ['2028-02-28T17:00Z', '2028-03-01T09:00Z'];
    expect(minutes(from, to, NINE_TO_FIVE)).toBe(480);
    expect(minutes(from, to, { ...NINE_TO_FIVE, holidays: new Set([ms('2028-02-29T00:00Z') / DAY_MS]) })).toBe(0);
    expect(iso('2028-02-28T16:00Z', 120, NINE_TO_FIVE)).toBe('2028-02-29T10:00:00.000Z');
  });

  it('know the days of the week before the epoch, too', () => {
    expect(minutes('1969-12-26T00:00Z', '1969-12-30T00:00Z', NINE_TO_FIVE)).toBe(2 * 480);
  });

  it('never come where a schedule is never open', () => {
    const closed = aSchedule('UTC', {});
    expect(minutes('2026-03-02T00:00Z', '2027-03-02T00:00Z', closed)).toBe(0);
    expect(afterBusinessMinutes(0, 1, closed)).toBeNull();
    expect(afterBusinessMinutes(0, 100_000, aSchedule('UTC', { monday: ['09:00-09:01'] }))).toBeNull();
  });

  it('begin where nothing is asked for', () => {
    expect(iso('2026-03-07T12:00Z', 0, NINE_TO_FIVE)).toBe('2026-03-07T12:00:00.000Z');
  });
});

describe('business hours when clocks are changed', () => {
  const berlin = everyDay('Europe/Berlin', '01:00-04:00');
  const roundTheClock = everyDay('Europe/Berlin', '00:00-24:00');

  it('lose the hour that is left out in spring', () => {
    expect(minutes('2026-03-28T23:00Z', '2026-03-29T22:00Z', roundTheClock)).toBe(23 * 60);
    expect(minutes('2026-03-28T23:00Z', '2026-03-29T22:00Z', berlin)).toBe(2 * 60);
    expect(iso('2026-03-29T00:00Z', 90, berlin)).toBe('2026-03-29T01:30:00.000Z');
  });

  it('gain the hour that comes twice in autumn', () => {
    expect(minutes('2026-10-24T22:00Z', '2026-10-25T23:00Z', roundTheClock)).toBe(25 * 60);
    expect(minutes('2026-10-24T22:00Z', '2026-10-25T23:00Z', berlin)).toBe(4 * 60);
    expect(iso('2026-10-24T23:00Z', 210, berlin)).toBe('2026-10-25T02:30:00.000Z');
  });

  it('open at the same time by the clock on the wall before and after', () => {
    const newYork = usualSchedule('America/New_York');
    expect(iso('2026-03-06T22:00Z', 1, newYork)).toBe('2026-03-09T13:01:00.000Z');
    expect(iso('2026-03-05T22:00Z', 1, newYork)).toBe('2026-03-06T14:01:00.000Z');
  });

  it('know clocks that are changed by half an hour', () => {
    const lordHowe = everyDay('Australia/Lord_Howe', '00:00-24:00');
    expect(minutes('2026-04-04T13:00Z', '2026-04-05T13:30Z', lordHowe)).toBe(24.5 * 60);
    expect(minutes('2026-04-04T13:00Z', '2026-04-05T13:30Z', everyDay('Australia/Lord_Howe', '01:30-02:00'))).toBe(60);
  });
});

const QUARTER_MS = 15 * MINUTE_MS;

/** Quarter by quarter, by what the clock of the zone shows. Hours and changes of clocks are on quarters of an hour. */
function businessMsByLooking(
  fromMs: number,
  toMs: number,
  timeZone: string,
  hours: ReadonlyMap<string, readonly [number, number]>,
): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  let total = 0;
  for (let atMs = fromMs; atMs < toMs; atMs += QUARTER_MS) {
    const parts = Object.fromEntries(clock.formatToParts(atMs).map(({ type, value }) => [type, value]));
    const quarter = Number(parts['hour']) * 4 + Number(parts['minute']) / 15;
    const [opens, closes] = hours.get(String(parts['weekday']).toLowerCase()) ?? [0, 0];
    if (quarter >= opens && quarter < closes) total += QUARTER_MS;
  }
  return total;
}

const quarterText = (quarter: number) =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;

const hoursArbitrary = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...WEEKDAYS), fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 })), {
    selector: ([day]) => day,
    minLength: 1,
  })
  .map(
    (days) => new Map(days.filter(([, opens, closes]) => opens < closes).map(([day, opens, closes]) => [day, [opens, closes] as const])),
  );

const caseArbitrary = fc.record({
  timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Africa/Casablanca'),
  hours: hoursArbitrary,
  // around the changes of 2026 and a turn of the year
  day: fc.constantFrom('2026-03-27', '2026-10-23', '2026-03-06', '2026-10-30', '2026-04-03', '2026-10-02', '2026-12-30', '2026-02-14'),
  startQuarters: fc.integer({ min: 0, max: 96 }),
  lengthQuarters: fc.integer({ min: 0, max: 384 }),
});

function scheduleWith(timeZone: string, hours: ReadonlyMap<string, readonly [number, number]>): Schedule {
  return aSchedule(
    timeZone,
    Object.fromEntries([...hours].map(([day, [opens, closes]]) => [day, [`${quarterText(opens)}-${quarterText(closes)}`]])),
  );
}

describe('business hours of any schedule', () => {
  it('are what the clock of the zone shows', () => {
    fc.assert(
      fc.property(caseArbitrary, ({ timeZone, hours, day, startQuarters, lengthQuarters }) => {
        const fromMs = ms(day) + startQuarters * QUARTER_MS;
        const toMs = fromMs + lengthQuarters * QUARTER_MS;
        expect(businessMs(fromMs, toMs, scheduleWith(timeZone, hours))).toBe(businessMsByLooking(fromMs, toMs, timeZone, hours));
      }),
      { numRuns: 60 },
    );
  });

  it('of two spans that meet are those of the whole', () => {
    fc.assert(
      fc.property(caseArbitrary, fc.nat(10 * DAY_MS), fc.nat(10 * DAY_MS), ({ timeZone, hours, day }, first, second) => {
        const schedule = scheduleWith(timeZone, hours);
        const [a, b, c] = [ms(day), ms(day) + first, ms(day) + first + second];
        expect(businessMs(a, b, schedule) + businessMs(b, c, schedule)).toBe(businessMs(a, c, schedule));
      }),
    );
  });

  it('lead to the first moment at which so many are over', () => {
    fc.assert(
      fc.property(caseArbitrary, fc.integer({ min: 1, max: 3000 }), ({ timeZone, hours, day }, wanted) => {
        const schedule = scheduleWith(timeZone, hours);
        const dueMs = afterBusinessMinutes(ms(day), wanted, schedule);
        if (hours.size === 0) return expect(dueMs).toBeNull();
        expect(businessMinutes(ms(day), dueMs as number, schedule)).toBe(wanted);
        expect(businessMs(ms(day), (dueMs as number) - 1, schedule)).toBe(wanted * MINUTE_MS - 1);
      }),
    );
  });
});

it('counts the working days of a year', () => {
  // 2026 has 261 of them
  expect(businessMs(ms('2026-01-01T00:00Z'), ms('2027-01-01T00:00Z'), NINE_TO_FIVE)).toBe(261 * 8 * HOUR_MS);
});
