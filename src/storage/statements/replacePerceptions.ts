import { DEPARTMENTS } from '../../kernel/vocabulary';
import type { Perception } from '../../measures/perceptionGap';
import { bool, integer, replaceRows, smallint, textual, time } from './replaceRows';

/** With its place among those of its customer. */
export interface NumberedPerception extends Perception {
  readonly ordinal: number;
}

/** Grain: one row a profile and perception. */
export const replacePerceptions = replaceRows<NumberedPerception>('perception', 'ordinal', [
  integer('ordinal', (perception) => perception.ordinal),
  smallint('department', (perception) => DEPARTMENTS.indexOf(perception.department)),
  bool('is_internal', (perception) => perception.by === 'COMPANY'),
  textual('score', 'float8', (perception) => String(perception.score)),
  time('at', (perception) => perception.atMs),
]);
