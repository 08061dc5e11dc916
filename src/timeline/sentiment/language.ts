import { detectAll } from 'tinyld/light';
import { ENGLISH_WORDS, FOREIGN_WORDS, HALF_ENGLISH_WORDS, INTERNATIONAL_WORDS } from './languageWords';
import type { VaderLexicon } from './vader';
import { DEGREES, NEGATIONS } from './vaderWords';

/** Addresses and handles are of no language. */
const NO_LANGUAGE = /\bhttps?:\/\/\S+|\bwww\.\S+|[\w.+-]+@[\w.-]+|@\w+/giu;
const WORDS = /\p{L}+(?:['’]\p{L}+)*/gu;
const FOREIGN_SCRIPT = /(?!\p{Script=Latin})\p{L}/gu;
const BEYOND_ASCII = /[^\p{ASCII}’‘“”–—…]/u;
/** What is said first is enough to tell the language by. */
const READ_CHARACTERS = 1_000;

const ENGLISH_ENOUGH = 0.3;
const DETECTED_ENOUGH = 0.1;

/**
 * Whether a text is English. Of a few words n-grams tell little, so words that are known to be English go first, less those known not to be: they must
 * make up a third; then the detector's opinion counts where it takes English for the likeliest. A text without a letter, such as an emoticon, is
 * English where VADER knows it.
 */
export function isEnglish(text: string, lexicon: VaderLexicon): boolean {
  const read = text.slice(0, READ_CHARACTERS).replace(NO_LANGUAGE, ' ').replaceAll('’', "'");
  const words = (read.match(WORDS) ?? []).map((word) => word.toLowerCase());
  if (words.length === 0) return isKnownSign(text.slice(0, READ_CHARACTERS), lexicon);
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  if ((read.match(FOREIGN_SCRIPT)?.length ?? 0) * 3 > letters) return false;
  if (words.every((word) => INTERNATIONAL_WORDS.has(word))) return true;
  const known = words.reduce((sum, word) => sum + evidenceOf(word, lexicon), 0) / words.length;
  if (known >= ENGLISH_ENOUGH && !BEYOND_ASCII.test(words.join(''))) return true;
  const languages = detectAll(read);
  const english = languages.find(({ lang }) => lang === 'en')?.accuracy ?? 0;
  const isLikeliest = languages[0]?.lang === 'en';
  return known >= ENGLISH_ENOUGH ? isLikeliest || known > 0.5 : isLikeliest && english >= DETECTED_ENOUGH;
}

function evidenceOf(word: string, lexicon: VaderLexicon): number {
  if (FOREIGN_WORDS.has(word)) return -1;
  if (ENGLISH_WORDS.has(word) || word.endsWith("n't")) return 1;
  if (HALF_ENGLISH_WORDS.has(word)) return 0.5;
  const isVaders = lexicon.valences.has(word) || DEGREES.has(word) || NEGATIONS.has(word);
  return isVaders && !INTERNATIONAL_WORDS.has(word) ? 1 : 0;
}

function isKnownSign(text: string, lexicon: VaderLexicon): boolean {
  if (text.split(/\s+/u).some((token) => lexicon.valences.has(token.toLowerCase()))) return true;
  return [...text].some((character) => lexicon.emojiNames.has(character));
}
