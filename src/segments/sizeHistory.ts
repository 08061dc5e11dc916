/** How many entered and left a segment in a step of time. */
export interface SegmentMoves {
  /** When the step begins. */
  readonly atMs: number;
  readonly entered: number;
  readonly left: number;
}

export interface SegmentSizePoint extends SegmentMoves {
  /** At the end of the step. */
  readonly size: number;
}

export interface SizeBasis {
  /** How many are in now. */
  readonly size: number;
  /** How many came and went after the last of the steps. */
  readonly since: { readonly entered: number; readonly left: number };
  readonly moves: readonly SegmentMoves[];
}

/** A point for each step, in order, also for those without anything: from the size now backwards. */
export function sizeHistory({ size, since, moves }: SizeBasis, stepsMs: readonly number[]): SegmentSizePoint[] {
  const byStep = new Map(moves.map((move) => [move.atMs, move]));
  const points: SegmentSizePoint[] = [];
  let sizeAtEnd = size - since.entered + since.left;
  for (const atMs of [...stepsMs].reverse()) {
    const { entered, left } = byStep.get(atMs) ?? { entered: 0, left: 0 };
    points.push({ atMs, size: sizeAtEnd, entered, left });
    sizeAtEnd += left - entered;
  }
  return points.reverse();
}
