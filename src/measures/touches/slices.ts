/** Lets everybody else who waits for the thread have a turn. */
export type TakeTurn = () => Promise<void>;

/** So many touches are looked at in some ten milliseconds. */
const SLICE = 100_000;

/** Goes through `length` entries, [from, to) at a time, with turns between. */
export async function inSlices(length: number, takeTurn: TakeTurn, work: (from: number, to: number) => void): Promise<void> {
  for (let from = 0; from < length; from += SLICE) {
    work(from, Math.min(from + SLICE, length));
    await takeTurn();
  }
}
