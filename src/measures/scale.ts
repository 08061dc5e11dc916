import type { JsonObject } from '../kernel/json';
import { statedNumber } from './statedProperty';

/** The ends of a rating scale, both of them possible answers. */
export interface Scale {
  readonly min: number;
  readonly max: number;
}

/**
 * As the properties state it (`scale_min`, `scale_max`); what is not stated is as usual, but the lower end of yes and no is 0. An impossible
 * scale is passed over.
 */
export function statedScale(properties: JsonObject, usual: Scale): Scale {
  const max = statedNumber(properties, 'scale_max') ?? usual.max;
  const min = statedNumber(properties, 'scale_min') ?? (max === 1 ? 0 : usual.min);
  return min < max ? { min, max } : usual;
}

/** Where a score stands on its scale, 0 at the lower end and 100 at the upper; null outside it. */
export function onHundred(score: number, { min, max }: Scale): number | null {
  return score < min || score > max ? null : (100 * (score - min)) / (max - min);
}

const RATING_SCALE: Scale = { min: 1, max: 5 };

/** `internal_rating` on 0–100: 1 to 5 where no scale is stated; null without one or outside the scale. */
export function internalRatingOf(properties: JsonObject): number | null {
  const rating = statedNumber(properties, 'internal_rating');
  return rating === null ? null : onHundred(rating, statedScale(properties, RATING_SCALE));
}
