import { isEnglish } from './language';
import { type VaderLexicon, vaderCompound } from './vader';

/** The sentiment of a text, −1 … 1 with four decimals as VADER prints it; null where nothing is said or it is said in a language without a lexicon. */
export type TextSentiment = (text: string) => number | null;

/** What is read of a text: the longest message that is accepted has less. */
export const SCORED_CHARACTERS = 100_000;

/** `language`: every text is taken to be of that language instead of looking at each. */
export function textSentiment(lexicon: VaderLexicon, language: 'en' | null = null): TextSentiment {
  return (text) => {
    const read = text.slice(0, SCORED_CHARACTERS);
    if (read.trim() === '' || (language === null && !isEnglish(read, lexicon))) return null;
    // Adding 0 turns −0 into 0.
    return Number(vaderCompound(read, lexicon).toFixed(4)) + 0;
  };
}
