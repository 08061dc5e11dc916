interface Entry {
  readonly atMs: number;
  readonly turn: number;
  readonly act: () => void;
}

/** What will happen, in time order; acts of one moment in the order they were planned. Acts plan further acts, but never into the past. */
export class Agenda {
  private readonly heap: Entry[] = [];
  private turns = 0;
  private clockMs: number;

  constructor(
    startMs: number,
    private readonly endMs: number,
  ) {
    this.clockMs = startMs;
  }

  /** The moment of the act that is running. */
  get nowMs(): number {
    return this.clockMs;
  }

  /** What is planned for after the end never happens. */
  at(atMs: number, act: () => void): void {
    const entry = { atMs: Math.max(Math.round(atMs), this.clockMs), turn: this.turns++, act };
    if (entry.atMs > this.endMs) return;
    this.heap.push(entry);
    this.rise(this.heap.length - 1);
  }

  in(waitMs: number, act: () => void): void {
    this.at(this.clockMs + waitMs, act);
  }

  /** Runs the next act; false where there is none. */
  step(): boolean {
    const [first] = this.heap;
    if (!first) return false;
    const last = this.heap.pop() as Entry;
    if (last !== first) {
      this.heap[0] = last;
      this.sink(0);
    }
    this.clockMs = first.atMs;
    first.act();
    return true;
  }

  private rise(from: number): void {
    for (let index = from; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!this.swapIfEarlier(index, parent)) return;
      index = parent;
    }
  }

  private sink(from: number): void {
    for (let index = from; ; ) {
      const left = 2 * index + 1;
      if (left >= this.heap.length) return;
      const child = left + 1 < this.heap.length && this.isEarlier(left + 1, left) ? left + 1 : left;
      if (!this.swapIfEarlier(child, index)) return;
      index = child;
    }
  }

  private swapIfEarlier(lower: number, upper: number): boolean {
    if (!this.isEarlier(lower, upper)) return false;
    const entry = this.heap[lower] as Entry;
    this.heap[lower] = this.heap[upper] as Entry;
    this.heap[upper] = entry;
    return true;
  }

  private isEarlier(left: number, right: number): boolean {
    const one = this.heap[left] as Entry;
    const other = this.heap[right] as Entry;
    return one.atMs < other.atMs || (one.atMs === other.atMs && one.turn < other.turn);
  }
}
