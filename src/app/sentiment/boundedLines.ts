export interface BoundedLine {
  /** At most so many characters as asked for. */
  readonly text: string;
  /** More followed, and was passed over. */
  readonly isCut: boolean;
}

/**
 * The lines of a UTF-8 stream, however it is cut into chunks, without their ends (LF or CRLF) and without a byte order mark. Holds one chunk and one line of at
 * most `mostCharacters` in memory, however long a line is. A last line without an end is a line; after a last end there is none.
 */
export async function* boundedLines(chunks: AsyncIterable<Uint8Array>, mostCharacters: number): AsyncGenerator<BoundedLine> {
  const decoder = new TextDecoder();
  let begun: BoundedLine | null = null;
  for await (const chunk of chunks) {
    const pieces = decoder.decode(chunk, { stream: true }).split('\n');
    const rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      yield ended(extended(begun, piece, mostCharacters));
      begun = null;
    }
    if (rest !== '') begun = extended(begun, rest, mostCharacters);
  }
  const rest = decoder.decode();
  if (rest !== '') begun = extended(begun, rest, mostCharacters);
  if (begun) yield ended(begun);
}

function extended(begun: BoundedLine | null, piece: string, mostCharacters: number): BoundedLine {
  const room = mostCharacters - (begun?.text.length ?? 0);
  const isCut = (begun?.isCut ?? false) || piece.length > room;
  return { text: (begun?.text ?? '') + piece.slice(0, Math.max(0, room)), isCut };
}

function ended(line: BoundedLine): BoundedLine {
  return line.text.endsWith('\r') && !line.isCut ? { ...line, text: line.text.slice(0, -1) } : line;
}
