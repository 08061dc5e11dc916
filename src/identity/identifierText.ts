/** Characters an identifier may have after normalising; a longer value is no identifier. */
export const MAX_IDENTIFIER_LENGTH = 512;

const UNSTORABLE = /\0|\p{Surrogate}/u;

/**
 * The text of an identifier without the space around it, in Unicode's normalisation form C. Null where it is no identifier: nothing is
 * left, it is too long, or it holds a NUL or half a surrogate pair, which PostgreSQL cannot store and which, if replaced, would make two values one.
 */
export function identifierText(value: string): string | null {
  if (value.length > 4 * MAX_IDENTIFIER_LENGTH) return null;
  const trimmed = value.trim();
  if (trimmed === '' || trimmed.length > MAX_IDENTIFIER_LENGTH || UNSTORABLE.test(trimmed)) return null;
  const text = trimmed.normalize('NFC');
  return text.length > MAX_IDENTIFIER_LENGTH ? null : text;
}
