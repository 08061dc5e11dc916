import { Refusal } from '../kernel/refusals';

/** Nesting up to here is read; PostgreSQL's parser of `json` and JSON.stringify both go well beyond. */
const MAX_BODY_LEVELS = 1_000;
/** Up to this many characters even nothing but brackets is parsed within a few milliseconds. */
const HARMLESS_CHARACTERS = 65_536;

const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACE = 0x7d;
const CLOSING_BRACKET = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Parses JSON whose text PostgreSQL can store: `\u0000` and escaped halves of a surrogate pair become U+FFFD, in keys too.
 * A key `__proto__` stays a plain key. Refuses with BODY_NOT_JSON or BODY_TOO_DEEP.
 */
export function parseJson(text: string): unknown {
  if (text.length > HARMLESS_CHARACTERS) refuseDeep(text);
  return parse(makeStorable(text));
}

/**
 * As `parseJson`, but a number that a double can't hold exactly (an integer beyond 2^53, or 1e999) becomes a string of its own text.
 * For a text that `parseJson` has read.
 */
export function parseJsonExactly(text: string): unknown {
  return parse(makeStorable(text).replace(STRING_OR_NUMBER, quoteInexact));
}

/** Refuses with BODY_TOO_DEEP what nests deeper than 1,000 levels. */
export function refuseDeep(text: string): void {
  let levels = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at);
    else if (unit === OPENING_BRACE || unit === OPENING_BRACKET) levels++;
    else if (unit === CLOSING_BRACE || unit === CLOSING_BRACKET) levels--;
    if (levels > MAX_BODY_LEVELS) throw new Refusal('BODY_TOO_DEEP');
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('BODY_NOT_JSON');
  }
}

/** Every escape sequence, a proper surrogate pair as one. */
const ESCAPE = /\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^u])/g;
const UNSTORABLE = /^\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})$/;
const MAYBE_UNSTORABLE = /\\u(?:0000|[dD][89a-fA-F])/;

/** The text with what PostgreSQL can't store made U+FFFD. */
export function makeStorable(text: string): string {
  if (!text.includes('\\u') || !MAYBE_UNSTORABLE.test(text)) return text;
  return text.replace(ESCAPE, (sequence) => (UNSTORABLE.test(sequence) ? '\\ufffd' : sequence));
}

/** Strings are matched whole, so that no digits inside them are. In valid JSON every match succeeds at its first try. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

function quoteInexact(token: string): string {
  if (token.startsWith('"')) return token;
  const value = Number(token);
  const exact = Number.isFinite(value) && (Number.isSafeInteger(value) || /[.eE]/.test(token));
  return exact ? token : `"${token}"`;
}
