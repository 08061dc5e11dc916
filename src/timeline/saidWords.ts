import type { InteractionKind } from '../kernel/vocabulary';
import { EVENT_SPEC_ROWS } from './eventSpecs';

/** Kinds in which somebody says something: the words of their properties are in PostgreSQL's full-text index. */
export const SAID_KINDS: ReadonlySet<InteractionKind> = new Set<InteractionKind>([
  'CONVERSATION_OPENED',
  'CONVERSATION_REPLIED',
  'CONVERSATION_ESCALATED',
  'CONVERSATION_ON_HOLD',
  'CONVERSATION_REOPENED',
  'CALL_ENDED',
  'BOT_REPLIED',
  'SURVEY_ANSWERED',
  'FEEDBACK_GIVEN',
]);

/** Whole words of letters, in scripts that put spaces between them, and whose capitals PostgreSQL and JavaScript write small alike. */
const PLAIN_WORD = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Hangul}]{3,}$/u;
const ONLY_LETTERS = /^\p{L}+$/u;
/** Small letters that stand for a capital by place or by language only. */
const AMBIGUOUS = /[ςıǰŉΐΰ]/u;

/** Words that summaries of those kinds have of their own. They are in no property, so that the index can't know them. */
const OF_SUMMARIES = `ticket case chat call conversation opened reopened on the web in app by e-mail phone sms messenger social media community person
  post note customer agent replied wrote escalated to waits for put hold outbound ended after min bot nps csat ces survey answered of complaint made
  feedback given`;
const OF_NAMES = EVENT_SPEC_ROWS.filter(([, kind]) => SAID_KINDS.has(kind)).flatMap(([names]) => names);
const MADE_WORDS = [...new Set([...OF_SUMMARIES.split(/\s+/), ...OF_NAMES.flatMap((name) => name.toLowerCase().split(/\s+/))])];

/**
 * The words, folded as `wordsToFind` folds them, where an index of whole words may answer for what was said; null where it would miss what a person
 * reads: parts of numbers, languages without spaces, punctuation, words that stand in summaries and names.
 */
export function indexedWords(words: readonly string[]): readonly string[] | null {
  const isIndexed = (word: string) =>
    PLAIN_WORD.test(word) && ONLY_LETTERS.test(word) && !AMBIGUOUS.test(word) && !MADE_WORDS.some((made) => made.includes(word));
  return words.every(isIndexed) ? words : null;
}
