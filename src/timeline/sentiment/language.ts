import { detectAll } from 'tinyld';
import type { VaderLexicon } from './vader';
import { DEGREES, NEGATIONS } from './vaderWords';

/** Addresses and handles are of no language. */
const NO_LANGUAGE = /\bhttps?:\/\/\S+|\bwww\.\S+|[\w.+-]+@[\w.-]+|@\w+/giu;
const WORDS = /\p{L}+(?:['’]\p{L}+)*/gu;
const FOREIGN_SCRIPT = /(?!\p{Script=Latin})\p{L}/gu;
const BEYOND_ASCII = /[^\p{ASCII}’‘“”–—…]/u;
/** What is said first is enough to tell the language by. */
const READ_CHARACTERS = 1_000;

/** Common in English and in no other language that writes Latin letters, as far as these are spoken much. */
const ENGLISH = new Set(
  (
    'the and you your yours this that these those with have having had it its my mine are were been being not but from they them their our ours ' +
    'what where when why who whose which how would could should cannot can does did there here about after again any because before both each ' +
    'get got getting going just now only other some than then through today tomorrow yesterday tonight too until very want wants wanted while ' +
    "yes please thanks thank hello hey sorry i'm i've i'd i'll you're you've it's that's there's what's we're we've they're let's still yet " +
    'such never ever always nobody everybody everything nothing something anything need needs needed waiting waited order ordered refund refunded ' +
    'delivery delivered service invoice parcel package shipping shipped arrived received account password cancel cancelled broken missing wrong ' +
    'late customer support reply answer help working worked works bought buy paid money back'
  ).split(' '),
);

/** Words of VADER that mean the same in several languages: beside other words they tell nothing, by themselves they are taken for English. */
const INTERNATIONAL = new Set(
  (
    'no ok okay hi super perfect cool fun fan hero war fatal brilliant kind grave chic pro plus stop top ultra total major marginal extreme block ' +
    'bully gag gloom join loss luck arrest stark apart hell rage'
  ).split(' '),
);
/** Words of VADER that are common words of other languages. */
const FOREIGN = new Set('die gut toll fest rot so more most less little very interesse merci mia'.split(' '));
const ENGLISH_ENOUGH = 0.3;
const DETECTED_ENOUGH = 0.1;

/**
 * Whether a text is English. Of a few words n-grams tell little, so words that are known to be English go first (a third of them does); then the
 * detector's opinion counts where it takes English for the likeliest. A text without a letter, such as an emoticon, is English where VADER knows it.
 */
export function isEnglish(text: string, lexicon: VaderLexicon): boolean {
  const read = text.slice(0, READ_CHARACTERS).replace(NO_LANGUAGE, ' ').replaceAll('’', "'");
  const words = read.match(WORDS) ?? [];
  if (words.length === 0) return isKnownSign(text.slice(0, READ_CHARACTERS), lexicon);
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  if ((read.match(FOREIGN_SCRIPT)?.length ?? 0) * 3 > letters) return false;
  if (words.every((word) => INTERNATIONAL.has(word.toLowerCase()))) return true;
  const known = words.filter((word) => isEnglishWord(word.toLowerCase(), lexicon)).length / words.length;
  if (known >= ENGLISH_ENOUGH && !BEYOND_ASCII.test(words.join(''))) return true;
  const languages = detectAll(read);
  const english = languages.find(({ lang }) => lang === 'en')?.accuracy ?? 0;
  const isLikeliest = languages[0]?.lang === 'en';
  return known >= ENGLISH_ENOUGH ? isLikeliest || known > 0.5 : isLikeliest && english >= DETECTED_ENOUGH;
}

function isEnglishWord(word: string, lexicon: VaderLexicon): boolean {
  if (ENGLISH.has(word) || word.endsWith("n't")) return true;
  return !INTERNATIONAL.has(word) && !FOREIGN.has(word) && (lexicon.valences.has(word) || DEGREES.has(word) || NEGATIONS.has(word));
}

function isKnownSign(text: string, lexicon: VaderLexicon): boolean {
  if (text.split(/\s+/u).some((token) => lexicon.valences.has(token.toLowerCase()))) return true;
  return [...text].some((character) => lexicon.emojiNames.has(character));
}
