export interface LoneFault {
  /** At most so many at once at first. */
  readonly limit: number;
  /** Does what is due, of at most `limit`; answers whether nothing is left. Changes nothing where it throws. */
  readonly step: (limit: number) => Promise<boolean>;
  /** Whether it may be the fault of one of those that the step took; everything else is thrown on. */
  readonly isAtFault: (error: unknown) => boolean;
  /** Puts off the one that a step fails with even alone. */
  readonly putOff: (error: Error) => Promise<void>;
}

/** One step, by half as many again and again while it fails, until the one at fault stands alone and is put off, so that nobody else waits for it. */
export async function stepPastFaults({ limit: most, step, isAtFault, putOff }: LoneFault): Promise<boolean> {
  for (let limit = most; ; limit = Math.ceil(limit / 2)) {
    try {
      return await step(limit);
    } catch (error) {
      if (!isAtFault(error)) throw error;
      if (limit > 1) continue;
      await putOff(error as Error);
      return false;
    }
  }
}
