import { isBlockedValue } from '../../blockedValues';
import { editDistance } from '../text/editDistance';
import type { Comparison, FieldValue } from './comparison';

const NOT_LETTER_OR_DIGIT = /[^\p{L}\p{N}]+/gu;
/** Shorter ones are alike by chance. */
const SHORTEST_WITH_SLIPS = 4;

function prepare(text: string): FieldValue | undefined {
  if (isBlockedValue(text)) return undefined;
  const code = text.normalize('NFKC').toLowerCase().replace(NOT_LETTER_OR_DIGIT, '');
  return code === '' || isBlockedValue(code) ? undefined : { text: code, words: [code] };
}

function level(one: FieldValue, other: FieldValue): number {
  if (one.text === other.text) return 0;
  if (Math.min(one.text.length, other.text.length) < SHORTEST_WITH_SLIPS) return 3;
  const slips = editDistance(one.text, other.text, 2);
  return slips;
}

/** Numbers that stand for one person: social security, passport, customer number. */
export const code: Comparison = {
  levels: ['same', 'one slip', 'two slips', 'different'],
  expected: [0.85, 0.08, 0.03, 0.04],
  firstDifferent: 3,
  prepare,
  level,
};

/** The digits that tell subscribers apart; what stands before them depends on how a source writes country and trunk codes. */
const SUBSCRIBER_DIGITS = 9;

export const phone: Comparison = {
  levels: ['same', 'one slip', 'two slips', 'different'],
  expected: [0.75, 0.08, 0.03, 0.14],
  firstDifferent: 3,
  prepare(text) {
    const digits = text.replace(/\D+/g, '').replace(/^0+/, '');
    if (digits.length < 4 || isBlockedValue(digits)) return undefined;
    const kept = digits.slice(-SUBSCRIBER_DIGITS);
    return { text: kept, words: [kept] };
  },
  level,
};

/** House numbers and the like: short, and one slip makes another one. */
export const shortNumber: Comparison = {
  levels: ['same', 'one slip', 'different'],
  expected: [0.82, 0.1, 0.08],
  firstDifferent: 2,
  prepare,
  level(one, other) {
    if (one.text === other.text) return 0;
    return editDistance(one.text, other.text, 1) === 1 ? 1 : 2;
  },
};
