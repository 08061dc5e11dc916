import type { Paths } from '../touches/paths';
import { median } from './median';

/** Whether a touch is one that a step asks for, by its place in the paths. */
export type StepMatch = (touch: number) => boolean;

export interface FunnelStepResult {
  /** Who came this far. */
  readonly customers: number;
  /** Of those who came to the step before; of the first step, of those who came to it. Null where nobody did. */
  readonly conversion: number | null;
  /** Of those who came to the first step; null where nobody did. */
  readonly overallConversion: number | null;
  /** From the step before; null at the first step and where nobody came. */
  readonly medianMinutes: number | null;
}

const MINUTE_MS = 60_000;

/**
 * How far customers came through steps in order, other touches in between or not, each touch good for one step. The window is counted from the touch
 * of the first step, which may be any of the customer's: the farthest way counts, and among those the one that got there first, begun as late as it can
 * be. Half-open, as all intervals: what comes exactly `withinMs` after the first step is too late.
 */
export function funnel(paths: Paths, steps: readonly StepMatch[], withinMs: number): FunnelStepResult[] {
  const reached = steps.map(() => 0);
  const minutes: number[][] = steps.map(() => []);
  for (let customer = 0; customer + 1 < paths.starts.length; customer++) {
    const way = farthestWay(paths, steps, withinMs, [paths.starts[customer] as number, paths.starts[customer + 1] as number]);
    for (const [step, atMs] of way.entries()) {
      reached[step] = (reached[step] as number) + 1;
      if (step > 0) minutes[step]?.push((atMs - (way[step - 1] as number)) / MINUTE_MS);
    }
  }
  return steps.map((_, step) => ({
    customers: reached[step] as number,
    conversion: share(reached[step] as number, reached[Math.max(0, step - 1)] as number),
    overallConversion: share(reached[step] as number, reached[0] as number),
    medianMinutes: median(Float64Array.from(minutes[step] as number[])),
  }));
}

/** The times of the steps of the farthest way; empty where not even the first step was taken. */
function farthestWay(
  { occurredAtMs }: Paths,
  steps: readonly StepMatch[],
  withinMs: number,
  [from, to]: readonly [from: number, to: number],
): readonly number[] {
  const ways: (readonly number[])[] = [];
  let farthest: readonly number[] = [];
  for (let touch = from; touch < to && farthest.length < steps.length; touch++) {
    // The last step first, so that one touch does not stand for two.
    for (let step = ways.length; step >= 0; step--) {
      if (steps[step]?.(touch)) goOn(ways, step, occurredAtMs[touch] as number, withinMs);
    }
    if (ways.length > farthest.length) farthest = ways.at(-1) ?? [];
  }
  return farthest;
}

/** For each number of steps the way begun last is kept: of all ways of that length it is the one with the most time left. */
function goOn(ways: (readonly number[])[], step: number, atMs: number, withinMs: number): void {
  const before = step === 0 ? [] : ways[step - 1];
  if (before && atMs - (before[0] ?? atMs) < withinMs) ways[step] = [...before, atMs];
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
