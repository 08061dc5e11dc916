import { normaliseIdentifier } from '../identity/normaliseIdentifier';
import { Refusal } from '../kernel/refusals';

const MAX_CHARACTERS = 200;
const PHONE_LIKE = /^\+?[\d\s().\-/]{6,}$/;
const SHORTEST_WORD = 3;
const LONGEST_WORD = 10;

export interface SearchTerms {
  readonly terms: readonly string[];
  readonly resembling: string;
}

/**
 * What somebody typed into a search box, as terms in lower case. The first is the text itself; then the ways it would have been
 * stored, were it a phone number or an address; then a short word with two neighbouring letters exchanged, the one typing mistake
 * that trigrams don't forgive. Null where nothing was typed. Refuses with INVALID_INPUT a text that is too long.
 */
export function searchTerms(text: string, defaultCountry: string): SearchTerms | null {
  if (text.length > MAX_CHARACTERS) throw new Refusal('INVALID_INPUT', `text may have at most ${MAX_CHARACTERS} characters.`);
  const typed = text.replaceAll('\0', '').normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
  if (typed === '') return null;
  const phone = PHONE_LIKE.test(typed) ? normaliseIdentifier('phone', typed, defaultCountry) : null;
  const email = typed.includes('@') ? normaliseIdentifier('email', typed, defaultCountry) : null;
  const terms = [...new Set([typed, phone, email, ...exchanged(typed)])].filter((term) => term !== null);
  // Addresses of one domain all resemble each other; what tells people apart stands before it.
  return { terms, resembling: typed.split('@')[0] || typed };
}

function exchanged(word: string): string[] {
  if (word.length < SHORTEST_WORD || word.length > LONGEST_WORD || !/^\p{L}+$/u.test(word)) return [];
  const letters = Array.from(word);
  return letters
    .slice(1)
    .map((letter, index) => [...letters.slice(0, index), letter, letters[index], ...letters.slice(index + 2)].join(''));
}
