import { parseTimestamp } from '../../intake/timestamp';

const DAY_MS = 86_400_000;
const DIGITS_OF_DATE = /^(\d{4})(\d{2})(\d{2})$/;
/** A plain number up to here is a day that somebody counted; from here on it is a date's digits, or a time. */
const COUNTED_DAY = /^[+-]?\d{1,6}(?:\.0+)?$/;

/** A calendar date or time as the number of its UTC day since 1970; null for anything else, such as 30 February or 3/4/1997. */
export function readCalendarDay(text: string): number | null {
  const trimmed = text.trim();
  const iso = trimmed.replace(DIGITS_OF_DATE, '$1-$2-$3');
  const atMs = /^\d{4}-/.test(iso) ? parseTimestamp(iso) : Number.NaN;
  return Number.isNaN(atMs) ? null : Math.floor(atMs / DAY_MS);
}

/** A day as a file writes it: of the calendar (UTC, counted from 1970), or by a number that only the file knows the meaning of. */
export interface FileDay {
  readonly day: number;
  readonly isCounted: boolean;
}

/** Null for what is neither. */
export function readDay(text: string): FileDay | null {
  if (COUNTED_DAY.test(text.trim())) return { day: Number(text), isCounted: true };
  const day = readCalendarDay(text);
  return day === null ? null : { day, isCounted: false };
}
