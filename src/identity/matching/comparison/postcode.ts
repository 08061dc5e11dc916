import { isBlockedValue } from '../../blockedValues';
import { editDistance } from '../text/editDistance';
import type { Comparison, FieldValue } from './comparison';

const WITH_LETTERS = /^([a-z]{1,2})\d/;
const UK_INWARD_LENGTH = 3;
const AREA_DIGITS = 2;

/**
 * Postcodes, from the whole down to the area. British ones (SW1A 2AA) have a district (SW1A) and an area (SW); of those that are only digits
 * the first three and the first two are taken for it.
 */
export const postcode: Comparison = {
  levels: ['same', 'one slip', 'same district', 'same area', 'different'],
  expected: [0.75, 0.06, 0.06, 0.03, 0.1],
  firstDifferent: 3,
  prepare(text) {
    if (isBlockedValue(text)) return undefined;
    const compact = text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '')
      .replace(/^0+(?=.)/, '');
    return compact === '' ? undefined : { text: compact, words: [districtOf(compact), areaOf(compact)] };
  },
  level(one, other) {
    if (one.text === other.text) return 0;
    return unequal(one, other);
  },
};

function unequal(one: FieldValue, other: FieldValue): number {
  if (editDistance(one.text, other.text, 1) === 1) return 1;
  if (one.words[0] === other.words[0]) return 2;
  return one.words[1] === other.words[1] ? 3 : 4;
}

function districtOf(compact: string): string {
  if (WITH_LETTERS.test(compact) && compact.length > UK_INWARD_LENGTH + 1) return compact.slice(0, -UK_INWARD_LENGTH);
  return compact.slice(0, UK_INWARD_LENGTH);
}

function areaOf(compact: string): string {
  return WITH_LETTERS.exec(compact)?.[1] ?? compact.slice(0, AREA_DIGITS);
}
