import { areNicknames } from '../nicknames';
import { editDistance } from '../text/editDistance';
import { fold, wordsOf } from '../text/fold';
import { jaroWinkler } from '../text/jaroWinkler';
import type { Comparison, FieldValue } from './comparison';

const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'sir', 'rev', 'jr', 'sr', 'esq']);

const SAME = 0;
const FORM = 1;
const SLIP = 2;
const INITIAL = 3;
const ALIKE = 4;
const DIFFERENT = 5;

/** Given names and surnames; both kinds are compared alike, since they are often swapped. */
export const personName: Comparison = {
  levels: ['same', 'another form of it, or a part in common', 'one slip', 'only an initial', 'alike', 'different'],
  expected: [0.78, 0.05, 0.08, 0.02, 0.03, 0.04],
  firstDifferent: DIFFERENT,
  prepare(text) {
    const all = wordsOf(fold(text));
    const withoutTitles = all.filter((word) => !TITLES.has(word));
    const words = withoutTitles.length > 0 ? withoutTitles : all;
    return words.length === 0 ? undefined : { text: words.join(' '), words };
  },
  level(one, other) {
    if (one.text === other.text) return SAME;
    return unequal(one, other);
  },
};

/** Up to this level two names may well be the same one. */
export const LAST_AGREEING_NAME_LEVEL = SLIP;

function unequal(one: FieldValue, other: FieldValue): number {
  let best = wordLevel(one.text, other.text);
  if (one.words.length === 1 && other.words.length === 1) return best;
  for (const word of one.words) {
    for (const otherWord of other.words) {
      const level = word === otherWord ? partLevel(word) : Math.max(wordLevel(word, otherWord), SLIP);
      if (level < best) best = level;
    }
  }
  return best;
}

function partLevel(word: string): number {
  return word.length > 1 ? FORM : INITIAL;
}

function wordLevel(one: string, other: string): number {
  if (one.length === 1 || other.length === 1) return one.charCodeAt(0) === other.charCodeAt(0) ? INITIAL : DIFFERENT;
  if (areNicknames(one, other)) return FORM;
  const similarity = jaroWinkler(one, other);
  if (similarity >= 0.92) return SLIP;
  if (Math.min(one.length, other.length) >= 4 && editDistance(one, other, 1) === 1) return SLIP;
  return similarity >= 0.8 ? ALIKE : DIFFERENT;
}
