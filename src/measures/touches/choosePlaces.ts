import type { Paths } from './paths';

/** A touch of a customer, by its place in the columns. */
export interface Place {
  readonly customer: number;
  readonly touch: number;
}

/** The touches for which `isWanted` holds, customer by customer, each customer's in order; null where there are more than `most`. */
export function choosePlaces(paths: Paths, isWanted: (touch: number) => boolean, most: number): readonly Place[] | null {
  const places: Place[] = [];
  for (let customer = 0; customer + 1 < paths.starts.length; customer++) {
    for (let touch = paths.starts[customer] as number; touch < (paths.starts[customer + 1] as number); touch++) {
      if (!isWanted(touch)) continue;
      if (places.length === most) return null;
      places.push({ customer, touch });
    }
  }
  return places;
}
