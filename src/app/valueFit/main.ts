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
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    process.exitCode = 1;
  }
}

void main();
