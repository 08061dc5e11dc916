import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../../kernel/refusals';
import { SCORED_CHARACTERS, textSentiment } from '../../timeline/sentiment/textSentiment';
import { readVaderLexicon } from './readVaderLexicon';
import { scoreLines } from './scoreLines';
import { readSentimentFlags, type SentimentFlags, USAGE } from './sentimentFlags';

/** `npm run sentiment`: ends with 0 when all lines are scored, with 1 and a coded line when the input is refused. */
async function main(): Promise<void> {
  try {
    const flags = readSentimentFlags(process.argv.slice(2));
    if (flags) await score(flags);
    else process.stdout.write(USAGE);
  } catch (error) {
    if (isClosedPipe(error)) return;
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    process.exitCode = 1;
  }
}

async function score({ file, language }: SentimentFlags): Promise<void> {
  const sentimentOf = textSentiment(readVaderLexicon(), language);
  const input: AsyncIterable<Uint8Array> = file === null ? process.stdin : readable(file);
  const onCut = (lineNumber: number): void => {
    process.stderr.write(`Line ${lineNumber} is longer than ${SCORED_CHARACTERS} characters; its beginning was scored.\n`);
  };
  await pipeline(scoreLines(input, sentimentOf, onCut), process.stdout, { end: false });
}

async function* readable(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new Refusal('FILE_UNREADABLE', `${file} cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
}

/** Whoever reads the scores has read enough, as `head` does. */
function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

void main();
