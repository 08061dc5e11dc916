import { editDistance } from '../text/editDistance';
import { fold, wordsOf } from '../text/fold';
import { jaroWinkler } from '../text/jaroWinkler';
import type { Comparison, FieldValue } from './comparison';

/** What addresses abbreviate, each to its shortest form. */
const ABBREVIATIONS = new Map(
  Object.entries({
    street: 'st',
    road: 'rd',
    avenue: 'ave',
    av: 'ave',
    crescent: 'cres',
    court: 'ct',
    place: 'pl',
    drive: 'dr',
    lane: 'ln',
    close: 'cl',
    circuit: 'cct',
    terrace: 'tce',
    parade: 'pde',
    square: 'sq',
    boulevard: 'blvd',
    highway: 'hwy',
    north: 'n',
    south: 's',
    east: 'e',
    west: 'w',
    apartment: 'apt',
    saint: 'st',
    mount: 'mt',
    strasse: 'str',
  }),
);

function prepareWith(abbreviate: boolean): (text: string) => FieldValue | undefined {
  return (text) => {
    const words = wordsOf(fold(text)).map((word) => (abbreviate ? (ABBREVIATIONS.get(word) ?? word) : word));
    return words.length === 0 ? undefined : { text: words.join(' '), words };
  };
}

function level(one: FieldValue, other: FieldValue): number {
  if (one.text === other.text) return 0;
  if (isSlip(one.text, other.text)) return 1;
  return shareOfWords(one, other) >= 0.5 ? 2 : 3;
}

/** One slip in every ten characters, or alike by Jaro–Winkler. */
function isSlip(one: string, other: string): boolean {
  const limit = Math.max(1, Math.floor(Math.min(one.length, other.length) / 8));
  return jaroWinkler(one, other) >= 0.93 || (Math.min(one.length, other.length) >= 4 && editDistance(one, other, limit) <= limit);
}

/** The share of the shorter text's words of three letters and more that both have, be it with a slip. */
function shareOfWords(one: FieldValue, other: FieldValue): number {
  const long = one.words.filter((word) => word.length >= 3);
  const otherLong = other.words.filter((word) => word.length >= 3);
  const fewest = Math.min(long.length, otherLong.length);
  return fewest === 0 ? 0 : Math.min(countFound(long, otherLong), countFound(otherLong, long)) / fewest;
}

function countFound(words: readonly string[], among: readonly string[]): number {
  return words.filter((word) => among.some((other) => word === other || (word.length >= 5 && editDistance(word, other, 1) <= 1))).length;
}

const levels = ['same', 'slips', 'words in common', 'different'];

/** Streets and address lines. */
export const addressLine: Comparison = { levels, expected: [0.7, 0.12, 0.06, 0.12], firstDifferent: 3, prepare: prepareWith(true), level };

/** Towns, suburbs, counties, places of birth. */
export const place: Comparison = { levels, expected: [0.75, 0.1, 0.05, 0.1], firstDifferent: 3, prepare: prepareWith(true), level };

/** Any text of which nothing is known: an occupation, a note, a name of something. */
export const words: Comparison = { levels, expected: [0.65, 0.08, 0.07, 0.2], firstDifferent: 3, prepare: prepareWith(false), level };
