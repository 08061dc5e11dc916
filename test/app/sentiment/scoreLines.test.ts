import fc from 'fast-check';
import { boundedLines } from '../../../src/app/sentiment/boundedLines';
import { readVaderLexicon } from '../../../src/app/sentiment/readVaderLexicon';
import { scoreLines } from '../../../src/app/sentiment/scoreLines';
import { readSentimentFlags } from '../../../src/app/sentiment/sentimentFlags';
import { textSentiment } from '../../../src/timeline/sentiment/textSentiment';

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function linesOf(text: string, size = 7, mostCharacters = 1000) {
  const lines = [];
  for await (const line of boundedLines(inChunks(Buffer.from(text), size), mostCharacters)) lines.push(line);
  return lines;
}
const texts = async (text: string, size?: number) => (await linesOf(text, size)).map((line) => line.text);

describe('The lines of a file', () => {
  it('end with LF or CRLF; the last one may have no end', async () => {
    expect(await texts('a\r\nb\n\nc')).toEqual(['a', 'b', '', 'c']);
    expect(await texts('a\n')).toEqual(['a']);
    expect(await texts('')).toEqual([]);
    expect(await texts('\uFEFFa\n')).toEqual(['a']);
  });

  it('are the same however the file is cut into chunks', async () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\uFEFF]/g, ''));
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 9 }), async (lines, size) => {
        expect(await texts(lines.map((text) => `${text}\n`).join(''), size)).toEqual(lines);
      }),
    );
  });

  it('are cut where they are longer than asked for, and the next one is whole', async () => {
    expect(await linesOf('abcdefghijkl\nmn\n', 3, 5)).toEqual([
      { text: 'abcde', isCut: true },
      { text: 'mn', isCut: false },
    ]);
  });
});

describe('Scores', () => {
  it('are one a line, four decimals or null', async () => {
    const file = 'The book was good.\n\nNot bad at all\nDas ist sehr schlecht gewesen\nWhere is it?\n';
    const scores = [];
    for await (const score of scoreLines(inChunks(Buffer.from(file), 5), textSentiment(readVaderLexicon()), () => undefined))
      scores.push(score);
    expect(scores.join('')).toBe('0.4404\nnull\n0.4310\nnull\n0.0000\n');
  });

  it('tell which line was too long', async () => {
    const cut: number[] = [];
    const scores = [];
    const file = `fine\n${'great '.repeat(20_000)}\n`;
    for await (const score of scoreLines(inChunks(Buffer.from(file), 1000), textSentiment(readVaderLexicon()), (line) => cut.push(line))) {
      scores.push(score);
    }
    expect(cut).toEqual([2]);
    expect(scores).toEqual(['0.2023\n', '1.0000\n']);
  });
});

describe('The command line', () => {
  it('names a file, or standard input', () => {
    expect(readSentimentFlags(['texts.txt'])).toEqual({ file: 'texts.txt', language: null });
    expect(readSentimentFlags([])).toEqual({ file: null, language: null });
    expect(readSentimentFlags(['-', '--language', 'en'])).toEqual({ file: null, language: 'en' });
    expect(readSentimentFlags(['--help'])).toBeUndefined();
  });

  it('is refused with what is wrong about it', () => {
    expect(() => readSentimentFlags(['a', 'b'])).toThrow('one too many');
    expect(() => readSentimentFlags(['--language', 'de'])).toThrow('no lexicon for "de"');
    expect(() => readSentimentFlags(['--nonsense'])).toThrow('--help tells the flags');
  });
});
