import type { VaderLexicon } from './vader';

/** An emoji as Unicode's list has it. */
export interface NamedEmoji {
  readonly char: string;
  readonly name: string;
}

const VARIATION_SELECTOR = /\ufe0f/g;
/** Unicode's list marks what its edition added. */
const ADDED_MARK = /^⊛ /;

/**
 * What the lexicon of vaderSentiment 3.3.2 has and the packaged one of 2018 has not. Its `heart` (3.2) and `hearts` (3.3) are left out: with them the
 * emoji example that the README publishes would be 0.875 and not the 0.7003 that it prints.
 */
const RATED_SINCE: readonly (readonly [string, number])[] = [
  ['badass', 1.4],
  ['flawed', -2.1],
];

/**
 * The lexicon from VADER's own file (a word and its mean valence, parted by tabs, the raters' figures after them; of a word that is there twice
 * the last) and the names of emoji. VADER reads code point by code point, so only emoji of one code point count.
 */
export function vaderLexiconOf(lexiconText: string, emoji: readonly NamedEmoji[]): VaderLexicon {
  const valences = new Map<string, number>();
  for (const line of lexiconText.split('\n')) {
    const [word, valence] = line.trim().split('\t');
    if (word && valence) valences.set(word, Number(valence));
  }
  for (const [word, valence] of RATED_SINCE) valences.set(word, valence);
  const emojiNames = new Map<string, string>();
  for (const { char, name } of emoji) {
    const bare = char.replace(VARIATION_SELECTOR, '');
    if ([...bare].length === 1) emojiNames.set(bare, name.replace(ADDED_MARK, ''));
  }
  return { valences, emojiNames };
}
