import { isJsonObject, type Json } from '../kernel/json';
import { Refusal } from '../kernel/refusals';

const MAX_CHARACTERS = 200;

/**
 * What somebody typed to find something, word for word. A text holds it where it holds each word, anywhere, also within a longer word:
 * languages that don't part their words by spaces are searched like those that do. Neither letter case nor the way in which Unicode
 * writes a character makes a difference; no character has a meaning of its own. Refuses with INVALID_INPUT a text without words and one
 * that is too long.
 */
export function wordsToFind(text: string): readonly string[] {
  if (text.length > MAX_CHARACTERS) throw new Refusal('INVALID_INPUT', `text may have at most ${MAX_CHARACTERS} characters.`);
  const words = folded(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) throw new Refusal('INVALID_INPUT', 'text must hold a word to look for.');
  return [...new Set(words)];
}

export function holdsWords(text: string, words: readonly string[]): boolean {
  const searched = folded(text);
  return words.every((word) => searched.includes(word));
}

/** The texts and numbers in a JSON value at any depth, one a line; not the names of its fields. */
export function textsIn(value: Json): string {
  const texts: string[] = [];
  gather(value, texts);
  return texts.join('\n');
}

function gather(value: Json | undefined, texts: string[]): void {
  if (typeof value === 'string') texts.push(value);
  else if (typeof value === 'number') texts.push(String(value));
  else if (Array.isArray(value)) for (const item of value) gather(item, texts);
  else if (isJsonObject(value)) for (const key of Object.keys(value)) gather(value[key], texts);
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
