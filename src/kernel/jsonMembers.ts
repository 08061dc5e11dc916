const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * The text of a JSON object without those of its members that nobody wants, which are passed over and not decoded: that is most of what reading a large object
 * costs. Members stay in their order, and repeated ones stay so. Of a text that is no JSON object, anything.
 */
export function jsonMembers(text: string, wanted: ReadonlySet<string>): string {
  let chosen = '';
  for (let opening = text.indexOf('"'); opening !== -1; ) {
    const closing = closingQuote(text, opening);
    const end = endOfValue(text, closing + 1);
    if (wanted.has(nameOf(text, opening, closing))) chosen += `${chosen === '' ? '' : ','}${text.slice(opening, end)}`;
    opening = text.indexOf('"', end);
  }
  return `{${chosen}}`;
}

function nameOf(text: string, opening: number, closing: number): string {
  const name = text.slice(opening + 1, closing);
  return name.includes('\\') ? JSON.parse(text.slice(opening, closing + 1)) : name;
}

/** Where the comma or the brace behind a member's value stands; `start`: behind its name. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = closingQuote(text, at);
    else if (code === OPEN_LIST || code === OPEN_OBJECT) depth++;
    else if (depth > 0 && (code === CLOSE_LIST || code === CLOSE_OBJECT)) depth--;
    else if (depth === 0 && (code === COMMA || code === CLOSE_OBJECT)) return at;
  }
  return text.length;
}

function closingQuote(text: string, opening: number): number {
  let at = text.indexOf('"', opening + 1);
  while (at !== -1 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at === -1 ? text.length : at;
}

/** By an odd number of backslashes before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before--;
  return (at - before) % 2 === 0;
}
