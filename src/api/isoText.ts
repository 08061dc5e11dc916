const DAY_MS = 86_400_000;
const MAX_DAYS = 10_000;

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
/** `2026-01-31T` by day since 1970; a timeline holds few. */
const days = new Map<number, string>();

/** The same as `Date.prototype.toISOString`, several times as fast where many times of few days are written. */
export function isoText(atMs: number): string {
  const day = Math.floor(atMs / DAY_MS);
  const ofDayMs = atMs - day * DAY_MS;
  const seconds = Math.floor(ofDayMs / 1000);
  const minutes = Math.floor(seconds / 60);
  const hour = Math.floor(minutes / 60);
  const milliseconds = ofDayMs - seconds * 1000;
  const padding = milliseconds < 10 ? '00' : milliseconds < 100 ? '0' : '';
  return `${days.get(day) ?? remember(day)}${TWO_DIGITS[hour]}:${TWO_DIGITS[minutes - hour * 60]}:${TWO_DIGITS[seconds - minutes * 60]}.${padding}${milliseconds}Z`;
}

function remember(day: number): string {
  if (days.size >= MAX_DAYS) days.clear();
  const iso = new Date(day * DAY_MS).toISOString();
  const text = iso.slice(0, iso.indexOf('T') + 1);
  days.set(day, text);
  return text;
}
