/** A day as written, month and day 0 where only the year (or year and month) is known. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ].*)?$/;
const YEAR_LAST = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const YEAR_ONLY = /^(\d{4})(?:\.0)?$/;

/**
 * Reads 1984-04-14, 1984/4/14, 19840414, 14/04/1984 (the day first unless only the month can be), 1984-04 and 1984. Months and days that no
 * calendar has are kept as they are, for a mistyped date still says something. Undefined where the text is no date.
 */
export function readCalendarDate(text: string): CalendarDate | undefined {
  const trimmed = text.trim();
  const first = YEAR_FIRST.exec(trimmed) ?? COMPACT.exec(trimmed) ?? YEAR_ONLY.exec(trimmed);
  if (first) return { year: Number(first[1]), month: Number(first[2] ?? 0), day: Number(first[3] ?? 0) };
  const last = YEAR_LAST.exec(trimmed);
  if (!last) return undefined;
  const [day, month] = [Number(last[1]), Number(last[2])];
  const isMonthFirst = month > 12 && day <= 12;
  return { year: Number(last[3]), month: isMonthFirst ? day : month, day: isMonthFirst ? month : day };
}

/** Days since the start of the era, near enough to tell how far two dates are apart. */
export function dayNumber({ year, month, day }: CalendarDate): number {
  return Math.round(Date.UTC(year, Math.max(month, 1) - 1, Math.max(day, 1)) / 86_400_000);
}

export function dateText({ year, month, day }: CalendarDate): string {
  const text = String(year).padStart(4, '0') + String(month).padStart(2, '0') + String(day).padStart(2, '0');
  return text;
}
