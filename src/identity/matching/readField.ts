import type { FieldOrigin } from './field';
import { fold, wordsOf } from './text/fold';

const HOUSE_NUMBER = /^\s*(?:(?:flat|unit|apt|no)\W*)?(\d+(?:\s?[a-z])?(?:\s*[/-]\s*\d+)?)\b[\s,]*(.*)$/i;
const LETTERS = /\p{L}/u;

/** The text of a field in a record, given the record's columns; empty where it has none. */
export function readField(origin: FieldOrigin, columns: readonly string[]): string {
  const text = columns[origin.column] ?? '';
  if (text === '') return '';
  switch (origin.kind) {
    case 'whole':
      return text;
    case 'givenNameOf':
      return splitName(text, origin.isSurnameFirst).given;
    case 'surnameOf':
      return splitName(text, origin.isSurnameFirst).surname;
    case 'houseNumberOf':
      return HOUSE_NUMBER.exec(text)?.[1] ?? '';
    case 'streetOf':
      return streetOf(text);
    case 'restOf':
      return restOf(
        text,
        origin.besides.map((column) => columns[column] ?? ''),
      );
  }
}

/** 'Ada King Lovelace' is Ada King and Lovelace, and so is 'Lovelace, Ada King'; one word alone is the surname. */
export function splitName(text: string, isSurnameFirst: boolean): { readonly given: string; readonly surname: string } {
  const comma = text.indexOf(',');
  if (isSurnameFirst && comma > 0) return { given: text.slice(comma + 1).trim(), surname: text.slice(0, comma).trim() };
  const parts = wordsOf(fold(text));
  return { given: parts.slice(0, -1).join(' '), surname: parts.at(-1) ?? '' };
}

function streetOf(text: string): string {
  const street = HOUSE_NUMBER.exec(text)?.[2] ?? text;
  return LETTERS.test(street) ? street : text;
}

function restOf(text: string, besides: readonly string[]): string {
  const known = new Set(besides.flatMap((other) => wordsOf(fold(other))));
  return wordsOf(fold(text))
    .filter((word) => !known.has(word))
    .join(' ');
}
