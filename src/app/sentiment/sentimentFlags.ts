import { Refusal } from '../../kernel/refusals';
import { onlyFile, parseFlags } from '../commandFlags';

/** What the command line asks for. */
export interface SentimentFlags {
  /** Null: standard input. */
  readonly file: string | null;
  /** Null: each line's own. */
  readonly language: 'en' | null;
}

export const USAGE = `npm run sentiment -- texts.txt [flags]

Prints VADER's compound score of each line, -1 to 1 with four decimals; null for a line without words, or in another language than English.
Reads standard input where no file is named, or the file is -.

  --language en        take every line to be English                (detected line by line)
`;

/** Reads the flags; undefined where help is asked for. */
export function readSentimentFlags(args: readonly string[]): SentimentFlags | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const file = onlyFile(positionals) ?? '-';
  const { language } = values;
  if (language !== undefined && language !== 'en')
    throw new Refusal('INVALID_INPUT', `--language is en; there is no lexicon for "${language}".`);
  return { file: file === '-' ? null : file, language: language ?? null };
}

function parse(args: readonly string[]) {
  const options = { language: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
  return parseFlags(args, options);
}
