import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Refusal } from '../kernel/refusals';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The flags of a command that reads one file; a flag that it does not have is the refusal INVALID_INPUT. */
export function parseFlags<const Flags extends Options>(args: readonly string[], options: Flags) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new Refusal('INVALID_INPUT', `${error instanceof Error ? error.message : error} --help tells the flags.`);
  }
}

/** Undefined where none is named; refuses a second one. */
export function onlyFile([file, ...more]: readonly string[]): string | undefined {
  if (more.length > 0) throw new Refusal('INVALID_INPUT', `One file at a time; "${more[0]}" is one too many.`);
  return file;
}
