/** A line with what ends it; the last one may end without. */
export interface FileLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** UTF-16 units. */
export const LONGEST_LINE = 1_000_000;

/** A CR at the end of a piece may be half of a CR LF. */
const LINE_END = /\r\n|\n|\r(?=[^\n])/g;

/** Lines end with LF, CR LF or CR. Of what is longer than LONGEST_LINE only the end comes, filled up to more than that length. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<FileLine> {
  let line = 1;
  let rest = '';
  for await (const piece of pieces) {
    const text = rest + piece;
    let start = 0;
    for (const { index, 0: end } of text.matchAll(LINE_END)) {
      yield { line: line++, text: text.slice(start, index + end.length) };
      start = index + end.length;
    }
    rest = text.slice(start);
    if (rest.length > 2 * LONGEST_LINE) rest = `${' '.repeat(LONGEST_LINE)}${rest.slice(-1)}`;
  }
  if (rest !== '') yield { line, text: rest };
}
