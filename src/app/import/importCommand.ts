import type { BatchDoor } from '../sendBatch';
import { type ImportOutcome, importFile } from './importFile';
import { readFlags, USAGE } from './importFlags';
import { FileFault } from './importRow';

export interface CommandSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WritableStream;
  readonly terminal: NodeJS.WriteStream;
  readonly signal: AbortSignal;
  readonly sleep: BatchDoor['sleep'];
}

/** `npm run import`. Resolves to the exit code: 0 where every row was taken, 1 where one was refused or the import could not be finished. */
export async function importCommand(args: readonly string[], surroundings: CommandSurroundings): Promise<number> {
  const { environment, output, terminal } = surroundings;
  if (args.includes('--help') || args.includes('-h')) {
    output.write(USAGE);
    return 0;
  }
  try {
    const flags = readFlags(args, environment);
    const outcome = await importFile(flags, surroundings);
    if (!flags.dryRun) output.write(summaryOf(flags.source, outcome));
    if (flags.dryRun && outcome.fault !== null) terminal.write(`${outcome.fault}\n`);
    return outcome.fault === null && outcome.report === null ? 0 : 1;
  } catch (error) {
    if (!(error instanceof FileFault) && !surroundings.signal.aborted) throw error;
    terminal.write(`${surroundings.signal.aborted ? 'Interrupted; nothing was sent.' : (error as FileFault).message}\n`);
    return 1;
  }
}

function summaryOf(source: string, { rows, refused, report, fault, resumable }: ImportOutcome): string {
  const codes = Object.entries(refused).sort(([, a], [, b]) => b - a);
  const refusedRows = codes.reduce((sum, [, count]) => sum + count, 0);
  const counted = (count: number): string => count.toLocaleString('en');
  const lines = [`${source}: ${counted(rows)} rows, ${counted(rows - refusedRows)} taken, ${counted(refusedRows)} refused.`];
  for (const [code, count] of codes) lines.push(`  ${code} ${counted(count)}`);
  if (report !== null) lines.push(`What was refused, and why: ${report}`);
  if (fault !== null) lines.push(`Not finished: ${fault}`);
  if (resumable) lines.push(`The same command goes on after row ${counted(rows)}.`);
  return `${lines.join('\n')}\n`;
}
