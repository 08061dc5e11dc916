import { Refusal } from '../../kernel/refusals';
import { valueFit } from './valueFit';
import { readValueFitFlags, USAGE } from './valueFitFlags';

/** `npm run value:fit`: ends with 0 when all is written, with 1 and a coded line when the input is refused. */
async function main(): Promise<void> {
  try {
    const flags = readValueFitFlags(process.argv.slice(2));
    if (flags) await valueFit(flags, process.stdout, (line) => process.stderr.write(`${line}\n`));
    else process.stdout.write(USAGE);
  } catch (error) {
    if (isClosedPipe(error)) return;
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Whoever reads the output has seen enough, as `| head` has. */
function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

process.stdout.on('error', (error) => {
  if (!isClosedPipe(error)) throw error;
});
void main();
