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
 * The lexicon from VADER's own file (a word and its mean valence, parted by tabs, the raters' figures after them; of a word that is there twice
 * the last) and the names of emoji. VADER reads code point by code point, so only emoji of one code point count.
 */
export function vaderLexiconOf(lexiconText: string, emoji: readonly NamedEmoji[]): VaderLexicon {
  const valences = new Map<string, number>();
  for (const line of lexiconText.split('\n')) {
    const [word, valence] = line.trim().split('\t');
    if (word && valence) valences.set(word, Number(valence));
  }
  const emojiNames = new Map<string, string>();
  for (const { char, name } of emoji) {
    const bare = char.replace(VARIATION_SELECTOR, '');
    if ([...bare].length === 1) emojiNames.set(bare, name.replace(ADDED_MARK, ''));
  }
  return { valences, emojiNames };
}
