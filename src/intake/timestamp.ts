/** Ahead of the server's clock by no more than this, or it is no time at which anything can have happened. */
const MAX_AHEAD_MS = 86_400_000;
/** A number below this is in seconds: as milliseconds it would lie before April 1973, as seconds it reaches to the year 5138. */
const SECONDS_BELOW = 100_000_000_000;

/** ISO 8601: a date, or a date and a time; without a zone it is UTC. */
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d*)?)?\s*(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?)?$/i;
/** What `Date.toISOString` writes, and with it nearly every client. */
const CANONICAL_LENGTH = 24;
const ZERO = 0x30;

/**
 * Milliseconds since 1970 of a timestamp as clients send them: ISO 8601 text, or a number (or its digits) of milliseconds or seconds.
 * NaN for what is no date, such as 30 February.
 */
export function parseTimestamp(value: unknown): number {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value !== 'string') return Number.NaN;
  const canonicalMs = value.length === CANONICAL_LENGTH ? fromCanonical(value) : Number.NaN;
  if (!Number.isNaN(canonicalMs)) return canonicalMs;
  const iso = ISO.exec(value.trim());
  if (iso) return fromParts(iso);
  return /^\d{9,16}$/.test(value) ? fromNumber(Number(value)) : Number.NaN;
}

/** The one form that is worth reading without a regular expression. NaN for any other, and from the 29th on, which a month may not have. */
function fromCanonical(text: string): number {
  const isForm = text[4] === '-' && text[7] === '-' && text[10] === 'T' && text[13] === ':' && text[16] === ':' && text[19] === '.';
  const [month, day, hour, minute, second] = [digits(text, 5), digits(text, 8), digits(text, 11), digits(text, 14), digits(text, 17)];
  if (!isForm || text[23] !== 'Z' || month > 12 || month < 1 || day > 28 || day < 1 || hour > 23 || minute > 59 || second > 59)
    return Number.NaN;
  const milliseconds = digits(text, 20) * 10 + (digits(text, 21) % 10);
  return Date.UTC(digits(text, 0) * 100 + digits(text, 2), month - 1, day, hour, minute, second, milliseconds);
}

/** Two decimal digits as a number; NaN for anything else. */
function digits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Within 1970 and one day from now. */
export function isPlausible(atMs: number, nowMs: number): boolean {
  return atMs >= 0 && atMs <= nowMs + MAX_AHEAD_MS;
}

function fromNumber(value: number): number {
  return Math.trunc(Math.abs(value) < SECONDS_BELOW ? value * 1000 : value);
}

function fromParts(parts: RegExpExecArray): number {
  const part = (index: number): number => Number(parts[index] ?? 0);
  const day = part(3);
  const milliseconds = Number((parts[7] ?? '').padEnd(3, '0'));
  const date = new Date(Date.UTC(part(1), part(2) - 1, day, part(4), part(5), part(6), milliseconds));
  const offsetMinutes = (part(9) * 60 + part(10)) * (parts[8] === '-' ? -1 : 1);
  const sane = date.getUTCDate() === day && date.getUTCMonth() === part(2) - 1 && part(4) < 24 && part(5) < 60 && part(6) < 60;
  return sane && part(9) < 24 && part(10) < 60 ? date.getTime() - offsetMinutes * 60_000 : Number.NaN;
}
