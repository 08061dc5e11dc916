import { offsetsOfYear } from './zoneOffset';

export const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FORESEEABLE_MS = 20 * 365 * DAY_MS;
/** 1 January 1970 was a Thursday; weeks here begin on Monday. */
const WEEKDAY_OF_EPOCH = 3;

/** Opening hours of one day by the wall clock: minutes after midnight, half-open, 1440 is the next midnight. */
export interface DayHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** When the company is there. */
export interface Schedule {
  /** IANA name. */
  readonly timeZone: string;
  /** Seven days from Monday; the hours of each in order, neither touching nor overlapping. Hours past midnight stand on two days. */
  readonly week: readonly (readonly DayHours[])[];
  /** Closed all day: dates of the wall calendar as days since 1 January 1970. */
  readonly holidays: ReadonlySet<number>;
}

/**
 * How much of [from, to) is inside the schedule: the moments at which the schedule's own wall clock shows opening hours. So an hour that a
 * change of clocks leaves out counts for nothing, and one that comes twice counts twice. Exact, nothing is rounded. 0 where to ≤ from.
 */
export function businessMs(fromMs: number, toMs: number, schedule: Schedule): number {
  if (fromMs >= toMs) return 0;
  let total = 0;
  for (const open of openFrom(fromMs, schedule)) {
    if (open.fromMs >= toMs) break;
    total += Math.min(open.toMs, toMs) - open.fromMs;
  }
  return total;
}

export function businessMinutes(fromMs: number, toMs: number, schedule: Schedule): number {
  return businessMs(fromMs, toMs, schedule) / MINUTE_MS;
}

/**
 * The moment when so many business minutes have passed since `fromMs`, the earliest if there are several: so a target that ends with the
 * day is due when the doors close. Null where that is more than 20 years away, as with a schedule that is never open.
 */
export function afterBusinessMinutes(fromMs: number, minutes: number, schedule: Schedule): number | null {
  if (minutes <= 0) return fromMs;
  let left = minutes * MINUTE_MS;
  for (const open of openFrom(fromMs, schedule)) {
    if (open.fromMs - fromMs > FORESEEABLE_MS) return null;
    if (open.toMs - open.fromMs >= left) return open.fromMs + left;
    left -= open.toMs - open.fromMs;
  }
  return null;
}

interface OpenTime {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The last year that a Date can tell. */
const LAST_YEAR = 275_759;

/** Opening times from then on, in order; without end unless the schedule is never open. */
function* openFrom(fromMs: number, schedule: Schedule): Generator<OpenTime> {
  if (schedule.week.every((hours) => hours.length === 0)) return;
  for (let year = new Date(fromMs).getUTCFullYear(); year <= LAST_YEAR; year++) {
    for (const { fromMs: startMs, toMs, offsetMs } of offsetsOfYear(schedule.timeZone, year)) {
      if (toMs > fromMs) yield* openWithin(Math.max(startMs, fromMs), toMs, offsetMs, schedule);
    }
  }
}

/** While the offset stays, the wall clock runs as time does, and every day has 24 hours. */
function* openWithin(fromMs: number, toMs: number, offsetMs: number, schedule: Schedule): Generator<OpenTime> {
  const lastDay = Math.floor((toMs - 1 + offsetMs) / DAY_MS);
  for (let day = Math.floor((fromMs + offsetMs) / DAY_MS); day <= lastDay; day++) {
    if (schedule.holidays.has(day)) continue;
    const midnightMs = day * DAY_MS - offsetMs;
    for (const { fromMinute, toMinute } of schedule.week[(((day + WEEKDAY_OF_EPOCH) % 7) + 7) % 7] ?? []) {
      const opensMs = Math.max(fromMs, midnightMs + fromMinute * MINUTE_MS);
      const closesMs = Math.min(toMs, midnightMs + toMinute * MINUTE_MS);
      if (opensMs < closesMs) yield { fromMs: opensMs, toMs: closesMs };
    }
  }
}
