import { isBlockedValue } from '../../blockedValues';

const MARKS = /\p{M}+/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
const APOSTROPHES = /['’`´]/gu;
/** Words that sources write where they know nothing, beside those that identity blocks anyhow. */
const UNKNOWN = new Set(['unknown', 'unk', 'missing', 'not known', 'not stated', 'na', 'nil', 'tbc', 'xxx']);

/**
 * Text as it is compared: compatibility forms and accents taken off, lower case, words of letters and digits with one space between. Empty
 * where the text says that nothing is known.
 */
export function fold(text: string): string {
  if (isBlockedValue(text)) return '';
  const folded = text.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(APOSTROPHES, '').replace(NOT_WORD, ' ').trim();
  return UNKNOWN.has(folded) ? '' : folded;
}

export function wordsOf(folded: string): readonly string[] {
  return folded === '' ? [] : folded.split(' ');
}
