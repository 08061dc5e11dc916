/** Controls, line and paragraph ends, and marks that turn the reading direction, which could make a line read as another. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\s]+/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** What a text may cost to make readable, however long it is. */
const READ_CHARACTERS = 2_000;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** One line of plain text of at most `most` characters (UTF-16 units), cut between graphemes and then ending in an ellipsis. */
export function plainText(text: string, most: number): string {
  const line = text.slice(0, READ_CHARACTERS).replace(UNSAFE, ' ').replace(LONE_SURROGATE, '\uFFFD').trim();
  return line.length <= most ? line : clipped(line, most);
}

function clipped(line: string, most: number): string {
  let end = 0;
  for (const { index, segment } of graphemes.segment(line)) {
    if (index + segment.length > most - 1) break;
    end = index + segment.length;
  }
  return `${line.slice(0, end).trimEnd()}…`;
}
