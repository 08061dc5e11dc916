import type { InfluenceCase } from '../../measures/departmentInfluence';
import { bool, replaceRows, text, time } from './replaceRows';

/** Grain: one row a profile and pair. */
export const replaceInfluenceCases = replaceRows<InfluenceCase>('influence_case', 'pair', [
  text('pair', (influence) => influence.pair),
  time('at', (influence) => influence.atMs),
  bool('has_signal', (influence) => influence.hasSignal),
  bool('has_outcome', (influence) => influence.hasOutcome),
]);
