const DAY_CHARACTERS = 10;
const MAX_DAYS = 10_000;
const ZERO = 0x30;

/** Days that were read lately; a timeline holds few. */
const dayStartsMs = new Map<string, number>();

/** ISO text in UTC as PostgreSQL writes a timestamptz, such as `2026-11-22 18:57:29.188+00`, to milliseconds since 1970. */
export function parseTimestampText(text: string): number {
  if (text.endsWith('infinity')) return text === 'infinity' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const day = text.slice(0, DAY_CHARACTERS);
  const seconds = (digits(text, 11) * 60 + digits(text, 14)) * 60 + digits(text, 17);
  return (dayStartsMs.get(day) ?? remember(day)) + seconds * 1000 + fractionMs(text);
}

function remember(day: string): number {
  if (dayStartsMs.size >= MAX_DAYS) dayStartsMs.clear();
  const startMs = Date.parse(`${day}T00:00:00Z`);
  dayStartsMs.set(day, startMs);
  return startMs;
}

/** PostgreSQL leaves trailing zeros out, and the fraction altogether where it is zero; what is finer than a millisecond is cut off. */
function fractionMs(text: string): number {
  if (text[19] !== '.') return 0;
  let fraction = 0;
  for (let place = 100, at = 20; place >= 1; place /= 10, at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    fraction += digit * place;
  }
  return fraction;
}

function digits(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}
