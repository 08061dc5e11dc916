/** Which of the first two numbers of 03/04/2011 is the day. */
export type DayOrder = 'DAY_FIRST' | 'MONTH_FIRST';

const TIME_OF_DAY = '(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:[.,](\\d{1,9}))?)?\\s*(am|pm)?\\s*(z|utc|gmt|[+-]\\d{2}(?::?\\d{2})?)?';
/** Year, month, day; what comes after them. */
const YEAR_FIRST = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?:[t\\s:]+${TIME_OF_DAY})?$`, 'i');
const YEAR_LAST = new RegExp(`^(\\d{1,2})[-/.\\s](\\d{1,2}|[a-z]{3})[-/.\\s](\\d{4})(?:[t\\s:,]+${TIME_OF_DAY})?$`, 'i');
/** Since 1970; by their size seconds, milli-, micro- or nanoseconds. */
const SINCE_1970 = /^\d{9,19}(?:\.\d+)?$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MINUTE_MS = 60_000;

/**
 * Milliseconds since 1970, with a fraction where the text is that exact, of a time as event logs have them: 2010-12-30T11:02:00.123456+01:00,
 * 2010/12/30 11:02, 30-12-2010:11.02, 30-Dec-2010 11:02, 12/30/2010 11:02 AM, 1293703320. Without a zone it is UTC. NaN for what is no time.
 */
export function parseEventTime(text: string, dayOrder: DayOrder): number {
  const trimmed = text.trim();
  const iso = YEAR_FIRST.exec(trimmed);
  if (iso) return timeOf([iso[1], iso[2], iso[3]], iso.slice(4));
  const last = YEAR_LAST.exec(trimmed);
  if (last) {
    const monthFirst = dayOrder === 'MONTH_FIRST' && /^\d/.test(last[2] ?? '');
    return timeOf(monthFirst ? [last[3], last[1], last[2]] : [last[3], last[2], last[1]], last.slice(4));
  }
  return SINCE_1970.test(trimmed) ? sinceEpoch(Number(trimmed)) : Number.NaN;
}

/**
 * What a text alone says about the order; null where it could be either. Undefined where it is not written that way, as then no text of the column is.
 */
export function dayOrderOf(text: string): DayOrder | null | undefined {
  const parts = YEAR_LAST.exec(text.trim());
  if (!parts || !/^\d/.test(parts[2] ?? '')) return undefined;
  if (Number(parts[1]) > 12) return 'DAY_FIRST';
  return Number(parts[2]) > 12 ? 'MONTH_FIRST' : null;
}

function timeOf(date: readonly (string | undefined)[], time: readonly (string | undefined)[]): number {
  const [year, month, day] = [Number(date[0]), monthOf(date[1] ?? ''), Number(date[2])];
  const [hour, minute, second] = [hourOf(time[0] ?? '0', time[4]), Number(time[1] ?? 0), Number(time[2] ?? 0)];
  const start = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isTime = start.getUTCDate() === day && start.getUTCMonth() === month - 1 && hour < 24 && minute < 60 && second < 60;
  const fractionMs = Number(`0.${time[3] ?? '0'}`) * 1000;
  return isTime ? start.getTime() + fractionMs - offsetMinutes(time[5]) * MINUTE_MS : Number.NaN;
}

function monthOf(text: string): number {
  return /^\d/.test(text) ? Number(text) : MONTHS.indexOf(text.toLowerCase()) + 1;
}

function hourOf(text: string, half: string | undefined): number {
  const hour = Number(text);
  return half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

function offsetMinutes(zone: string | undefined): number {
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '');
  return parts ? (Number(parts[2]) * 60 + Number(parts[3] ?? 0)) * (parts[1] === '-' ? -1 : 1) : 0;
}

function sinceEpoch(value: number): number {
  if (value < 1e11) return value * 1e3;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1e3 : value / 1e6;
}
