import { CHANNELS, DEPARTMENTS, INTERACTION_KINDS } from '../../kernel/vocabulary';
import type { Paths } from '../touches/paths';
import { STAGE_OF_KIND, STAGES } from './stages';

/** How closely a path is looked at. */
export const JOURNEY_LEVELS = ['STAGE', 'DEPARTMENT', 'CHANNEL', 'KIND', 'NAME'] as const;
export type JourneyLevel = (typeof JOURNEY_LEVELS)[number];

/** What each touch is called: an index into the texts. */
export interface Labels {
  readonly codes: Uint8Array | Uint32Array;
  readonly texts: readonly string[];
}

export function labelsAt(level: JourneyLevel, paths: Paths): Labels {
  switch (level) {
    case 'STAGE':
      return { codes: paths.kinds.map((kind) => STAGE_OF_KIND[kind] as number), texts: STAGES };
    case 'DEPARTMENT':
      return { codes: paths.departments, texts: DEPARTMENTS };
    case 'CHANNEL':
      return { codes: paths.channels, texts: CHANNELS };
    case 'KIND':
      return { codes: paths.kinds, texts: INTERACTION_KINDS };
    case 'NAME':
      return { codes: paths.names, texts: paths.nameTexts };
  }
}

/**
 * Where a customer's first steps begin, and last where the step after them would: step k has the touches from bounds[k] to bounds[k + 1]. A touch is a step;
 * with `collapse`, touches that follow one another under one label are one.
 */
export function boundsOfSteps(
  { codes }: Labels,
  [from, to]: readonly [from: number, to: number],
  { maxSteps, collapse }: { readonly maxSteps: number; readonly collapse: boolean },
): readonly number[] {
  const bounds: number[] = [];
  for (let touch = from; touch < to && bounds.length <= maxSteps; touch++) {
    if (!collapse || touch === from || codes[touch] !== codes[touch - 1]) bounds.push(touch);
  }
  if (bounds.length <= maxSteps) bounds.push(to);
  return bounds;
}
