/**
 * `YYYY-MM-DD`, and where a time is given: `T` or one space, `HH:MM`, `:SS` or not, behind it a point and 1 to 9 digits or not, and the zone: nothing or `Z`
 * (UTC), `±HH:MM` or `±HHMM`.
 */
const INSTANT =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?(?:Z|([+-])([0-9]{2}):?([0-9]{2}))?)?$/;
const SHORTEST = 10;
const LONGEST = 35;
const MINUTE_MS = 60_000;

/**
 * Milliseconds since 1970 of a text that is an ISO 8601 date or time, else null. The SQL reading has the same grammar, to the letter: capitals only,
 * nothing before or after, years 0001 to 9999, days that the (proleptic Gregorian) calendar has, hours 00 to 23, minutes and seconds 00 to 59, also those of the
 * offset. A date is its midnight in UTC. Fractions are cut to milliseconds.
 */
export function instantOf(text: string): number | null {
  if (text.length < SHORTEST || text.length > LONGEST) return null;
  const parts = INSTANT.exec(text);
  if (parts === null) return null;
  const part = (index: number): number => Number(parts[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const [offsetHour, offsetMinute] = [part(9), part(10)];
  if (year < 1 || hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return null;
  const midnightMs = new Date(0).setUTCFullYear(year, month - 1, day);
  const midnight = new Date(midnightMs);
  if (month < 1 || midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null;
  const milliseconds = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const offsetMinutes = (offsetHour * 60 + offsetMinute) * (parts[8] === '-' ? -1 : 1);
  return midnightMs + (hour * 60 + minute - offsetMinutes) * MINUTE_MS + second * 1_000 + milliseconds;
}
