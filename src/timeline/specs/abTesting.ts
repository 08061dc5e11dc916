import type { EventSpecRow } from './eventSpec';

/** Segment, "Spec: A/B Testing Events". The company shows a variation; no kind stands for that, so it keeps its own name. */
export const AB_TESTING: readonly EventSpecRow[] = [
  [['Experiment Viewed', 'Viewed Experiment', 'Experiment Exposed'], 'CUSTOM', 'SOURCE', 'CONTEXT', 'OUTBOUND'],
];
