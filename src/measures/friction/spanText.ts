const UNITS: readonly (readonly [ms: number, one: string, many: string])[] = [
  [86_400_000, 'day', 'days'],
  [3_600_000, 'hour', 'hours'],
  [60_000, 'minute', 'minutes'],
  [1_000, 'second', 'seconds'],
];

/** A span of time as one would say it, in its largest unit, rounded down: `2 minutes`, `5 days`. */
export function spanText(ms: number): string {
  for (const [unitMs, one, many] of UNITS) {
    const count = Math.floor(ms / unitMs);
    if (count >= 1) return `${count} ${count === 1 ? one : many}`;
  }
  return 'no time';
}
