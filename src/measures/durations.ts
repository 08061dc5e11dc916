/** Of durations in whatever unit they were given in; null over none. */
export interface DurationScore {
  readonly median: number | null;
  readonly p90: number | null;
  readonly mean: number | null;
  readonly count: number;
}

/** Durations that are not known yet are left out. */
export function durationScore(durations: readonly (number | null)[]): DurationScore {
  const known = durations.filter((duration) => duration !== null).sort((left, right) => left - right);
  const total = known.reduce((sum, duration) => sum + duration, 0);
  return {
    median: quantile(known, 0.5),
    p90: quantile(known, 0.9),
    mean: known.length === 0 ? null : total / known.length,
    count: known.length,
  };
}

/**
 * Between the two nearest of values in rising order, linearly: type 7 of Hyndman & Fan (1996), which is what `percentile_cont` of
 * PostgreSQL computes. Null over none.
 */
export function quantile(rising: readonly number[], share: number): number | null {
  const place = (rising.length - 1) * share;
  const below = rising[Math.floor(place)];
  const above = rising[Math.ceil(place)];
  return below === undefined || above === undefined ? null : below + (above - below) * (place - Math.floor(place));
}
