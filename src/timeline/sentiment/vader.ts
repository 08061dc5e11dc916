import { hasEmphasis, isShouted, namingEmoji, vaderTokens } from './vaderTokens';
import { DEGREES, IDIOMS, NEGATIONS } from './vaderWords';

/** Valences of words and emoticons in lower case, −4 … 4, and the names of emoji, one code point each. */
export interface VaderLexicon {
  readonly valences: ReadonlyMap<string, number>;
  readonly emojiNames: ReadonlyMap<string, string>;
}

const SHOUTING = 0.733;
const NEGATING = -0.74;
const REACH = 3;
/** How much of a degree adverb is left one, two and three words away. */
const DEGREE_LEFT = [1, 0.95, 0.9] as const;
const ALPHA = 15;

/**
 * VADER's compound score of an English text, −1 … 1, not rounded: the rules of the paper (Hutto & Gilbert 2014) as their reference
 * implementation, vaderSentiment 3.3.2, applies them, its order of steps and its peculiarities included, so that scores agree to the digit.
 */
export function vaderCompound(text: string, lexicon: VaderLexicon): number {
  const worded = namingEmoji(text, lexicon.emojiNames);
  const tokens = vaderTokens(worded);
  const words = tokens.map((token) => token.toLowerCase());
  const reading: Reading = { tokens, words, valences: lexicon.valences, isEmphatic: hasEmphasis(tokens) };
  const scores = words.map((_, index) => valenceAt(reading, index));
  shiftAtBut(words, scores);
  const sum = scores.reduce((total, score) => total + score, 0);
  const emphasised = sum === 0 ? 0 : sum + Math.sign(sum) * punctuationEmphasis(worded);
  return emphasised / Math.sqrt(emphasised * emphasised + ALPHA);
}

interface Reading {
  readonly tokens: readonly string[];
  readonly words: readonly string[];
  readonly valences: ReadonlyMap<string, number>;
  readonly isEmphatic: boolean;
}

function valenceAt(reading: Reading, index: number): number {
  const { words, valences } = reading;
  const word = words[index] ?? '';
  if (DEGREES.has(word) || (word === 'kind' && words[index + 1] === 'of')) return 0;
  const own = valences.get(word);
  if (own === undefined) return 0;
  let valence = shouted(reading, index, afterNo(reading, index, own));
  for (let back = 1; back <= REACH && back <= index; back += 1) {
    const before = words[index - back] ?? '';
    if (valences.has(before)) continue;
    valence += degreeOf(reading, index - back, valence) * (DEGREE_LEFT[back - 1] ?? 1);
    valence = negated(words, index, back, valence);
    if (back === REACH) valence = inIdiom(words, index, valence);
  }
  return isLeast(reading, index) ? valence * NEGATING : valence;
}

/** "no" before a word of the lexicon negates it and has no valence of its own. */
function afterNo({ words, valences }: Reading, index: number, own: number): number {
  const isNegated =
    words[index - 1] === 'no' ||
    words[index - 2] === 'no' ||
    (words[index - 3] === 'no' && (words[index - 1] === 'or' || words[index - 1] === 'nor'));
  if (isNegated) return own * NEGATING;
  return words[index] === 'no' && valences.has(words[index + 1] ?? '') ? 0 : own;
}

function shouted({ tokens, isEmphatic }: Reading, index: number, valence: number): number {
  if (!isEmphatic || !isShouted(tokens[index] ?? '')) return valence;
  return valence > 0 ? valence + SHOUTING : valence - SHOUTING;
}

function degreeOf(reading: Reading, at: number, valence: number): number {
  const degree = DEGREES.get(reading.words[at] ?? '');
  if (degree === undefined) return 0;
  const signed = valence < 0 ? -degree : degree;
  if (!reading.isEmphatic || !isShouted(reading.tokens[at] ?? '')) return signed;
  return valence > 0 ? signed + SHOUTING : signed - SHOUTING;
}

/** "never so" and "never this" strengthen, "without doubt" leaves as it is, other negations within three words turn. */
function negated(words: readonly string[], index: number, back: number, valence: number): number {
  const [third, second, first] = [words[index - 3], words[index - 2], words[index - 1]];
  const before = words[index - back] ?? '';
  if (back > 1 && strengthens(back, third, second, first)) return valence * 1.25;
  if (back > 1 && before === 'without' && (first === 'doubt' || (back === REACH && second === 'doubt'))) return valence;
  return isNegation(before) ? valence * NEGATING : valence;
}

function strengthens(back: number, third?: string, second?: string, first?: string): boolean {
  const firstIntensifies = first === 'so' || first === 'this';
  if (back === 2) return second === 'never' && firstIntensifies;
  return (third === 'never' && (second === 'so' || second === 'this')) || firstIntensifies;
}

function isNegation(word: string): boolean {
  return NEGATIONS.has(word) || word.includes("n't");
}

function inIdiom(words: readonly string[], index: number, valence: number): number {
  const phrase = (from: number, to: number) => words.slice(index + from, index + to + 1).join(' ');
  const behind = [phrase(-1, 0), phrase(-2, 0), phrase(-2, -1), phrase(-3, -1), phrase(-3, -2)].find((words) => IDIOMS.has(words));
  const ahead = [index + 2 < words.length ? phrase(0, 2) : '', index + 1 < words.length ? phrase(0, 1) : ''].find((words) =>
    IDIOMS.has(words),
  );
  const idiom = IDIOMS.get(ahead ?? behind ?? '') ?? valence;
  return [phrase(-3, -1), phrase(-3, -2), phrase(-2, -1)].reduce((sum, words) => sum + (DEGREES.get(words) ?? 0), idiom);
}

function isLeast({ words, valences }: Reading, index: number): boolean {
  if (words[index - 1] !== 'least' || valences.has('least')) return false;
  return index === 1 || (words[index - 2] !== 'at' && words[index - 2] !== 'very');
}

/**
 * What stands before the first "but" counts half, what stands after it half as much again. Changed in place, and a score is looked for by its value,
 * the first equal one changed: so does the reference implementation, and so do the scores that it prints.
 */
function shiftAtBut(words: readonly string[], scores: number[]): void {
  const but = words.indexOf('but');
  if (but < 0) return;
  for (let turn = 0; turn < scores.length; turn += 1) {
    const score = scores[turn] ?? 0;
    if (score === 0) continue;
    const at = scores.indexOf(score);
    scores[at] = score * (at < but ? 0.5 : 1.5);
  }
}

/** Up to four exclamation marks; of question marks two or three, each, or a fixed amount for more. */
function punctuationEmphasis(text: string): number {
  const exclamations = Math.min(4, occurrences(text, '!')) * 0.292;
  const questions = occurrences(text, '?');
  if (questions < 2) return exclamations;
  return exclamations + (questions <= 3 ? questions * 0.18 : 0.96);
}

function occurrences(text: string, character: string): number {
  return text.split(character).length - 1;
}
