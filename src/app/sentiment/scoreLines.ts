import { SCORED_CHARACTERS, type TextSentiment } from '../../timeline/sentiment/textSentiment';
import { boundedLines } from './boundedLines';

/** The score of each line with its end, four decimals or null, in order. `onCut` hears the number, from 1, of a line of which only the beginning was scored. */
export async function* scoreLines(
  chunks: AsyncIterable<Uint8Array>,
  sentimentOf: TextSentiment,
  onCut: (lineNumber: number) => void,
): AsyncGenerator<string> {
  let lineNumber = 0;
  for await (const { text, isCut } of boundedLines(chunks, SCORED_CHARACTERS)) {
    lineNumber += 1;
    if (isCut) onCut(lineNumber);
    yield `${sentimentOf(text)?.toFixed(4) ?? 'null'}\n`;
  }
}
