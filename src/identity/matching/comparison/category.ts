import { fold } from '../text/fold';
import type { Comparison, FieldValue } from './comparison';

const GENDERS = new Map(
  Object.entries({ m: 'male', man: 'male', f: 'female', woman: 'female', w: 'female', male: 'male', female: 'female' }),
);

function prepare(text: string): FieldValue | undefined {
  const folded = fold(text);
  return folded === '' ? undefined : { text: folded, words: [folded] };
}

function level(one: FieldValue, other: FieldValue): number {
  return one.text === other.text ? 0 : 1;
}

/** One of a few values: a state, a country, a language. */
export const category: Comparison = { levels: ['same', 'different'], expected: [0.9, 0.1], firstDifferent: 1, prepare, level };

export const gender: Comparison = {
  levels: ['same', 'different'],
  expected: [0.96, 0.04],
  firstDifferent: 1,
  prepare(text) {
    const value = prepare(text);
    const known = value && GENDERS.get(value.text);
    return known === undefined ? value : { text: known, words: [known] };
  },
  level,
};
