/** What the operation of one request costs its key. */
export interface Meter {
  /** Refuses with RATE_LIMITED where the key has less left. */
  spend(cost: number): void;
}

/** Whatever it asks for, a request costs this much. */
export const REQUEST_COST = 10;
