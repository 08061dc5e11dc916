import { CHANNELS, DEPARTMENTS, DIRECTIONS, INTERACTION_KINDS } from './vocabulary';

/** A value of a closed vocabulary is stored as its place in its list. */
export const KIND_CODES = codesOf(INTERACTION_KINDS);
export const DEPARTMENT_CODES = codesOf(DEPARTMENTS);
export const CHANNEL_CODES = codesOf(CHANNELS);
export const DIRECTION_CODES = codesOf(DIRECTIONS);

function codesOf<Value extends string>(values: readonly Value[]): Record<Value, number> {
  return Object.fromEntries(values.map((value, code) => [value, code])) as Record<Value, number>;
}
