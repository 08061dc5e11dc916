/** The standard normal quantile of a two-sided 95 % interval. */
export const Z_95 = 1.959963984540054;

/** A rate with its counts and its 95 % interval, all between 0 and 1; over nothing there is neither rate nor interval. */
export interface RateScore {
  readonly rate: number | null;
  readonly count: number;
  readonly of: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The score interval of E. B. Wilson (1927) for `count` of `of`; null over nothing. */
export function wilsonInterval(count: number, of: number, z: number = Z_95): Interval | null {
  if (of === 0) return null;
  const share = count / of;
  const zz = z * z;
  const centre = share + zz / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + zz / (4 * of * of));
  const shrink = 1 + zz / of;
  // exact at the ends, where rounding would leave crumbs
  return {
    low: count === 0 ? 0 : Math.max(0, (centre - spread) / shrink),
    high: count === of ? 1 : Math.min(1, (centre + spread) / shrink),
  };
}

export function rateScore(count: number, of: number): RateScore {
  const interval = wilsonInterval(count, of);
  return { rate: of === 0 ? null : count / of, count, of, low: interval?.low ?? null, high: interval?.high ?? null };
}
