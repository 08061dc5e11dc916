import { readFileSync } from 'node:fs';
import type { VaderLexicon } from '../../timeline/sentiment/vader';
import { type NamedEmoji, vaderLexiconOf } from '../../timeline/sentiment/vaderLexicon';

/**
 * Reads VADER's lexicon from the package `vader-sentiment` and the names of Emoji 11, which VADER's are, from `emoji.json`: 0.7 MB, some 10 ms, once a process.
 * Of the package only the lexicon is used: its port of the rules is of 2018 and scores emoji, "Not bad at all" and words in brackets otherwise than VADER does.
 */
export function readVaderLexicon(): VaderLexicon {
  const lexicon = readFileSync(require.resolve('vader-sentiment/vader_lexicon.txt'), 'utf8');
  const emoji: readonly NamedEmoji[] = JSON.parse(readFileSync(require.resolve('emoji.json/emoji.json'), 'utf8'));
  return vaderLexiconOf(lexicon, emoji);
}
