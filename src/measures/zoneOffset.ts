/** A stretch of time in which clocks of a time zone stand at one distance from UTC. Half-open. */
export interface OffsetSpan {
  readonly fromMs: number;
  readonly toMs: number;
  /** Local time less UTC. */
  readonly offsetMs: number;
}

const DAY_MS = 86_400_000;

/** Few zones are in use at one installation, but years go on: so this stays small. */
const MOST_YEARS = 2_000;
const years = new Map<string, readonly OffsetSpan[]>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether the name is one of the IANA time zone database, such as Europe/Berlin. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The offsets of a zone through one year of UTC, in order and without gaps; a change of clocks is found to the millisecond. */
export function offsetsOfYear(timeZone: string, year: number): readonly OffsetSpan[] {
  const key = `${timeZone}/${year}`;
  const known = years.get(key);
  if (known) return known;
  const spans = findOffsets(timeZone, Date.UTC(year, 0), Date.UTC(year + 1, 0));
  if (years.size < MOST_YEARS) years.set(key, spans);
  return spans;
}

/** Clocks are never changed forth and back within a day, so looking once a day finds every change. */
function findOffsets(timeZone: string, fromMs: number, toMs: number): readonly OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  let start = fromMs;
  let offset = offsetAt(timeZone, fromMs);
  for (let day = fromMs; day < toMs; day += DAY_MS) {
    const next = offsetAt(timeZone, day + DAY_MS);
    if (next === offset) continue;
    const change = firstWith(timeZone, next, day, day + DAY_MS);
    spans.push({ fromMs: start, toMs: change, offsetMs: offset });
    start = change;
    offset = next;
  }
  return [...spans, { fromMs: start, toMs, offsetMs: offset }];
}

function firstWith(timeZone: string, offset: number, before: number, after: number): number {
  let low = before;
  let high = after;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}

function offsetAt(timeZone: string, atMs: number): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}
