import { Refusal } from '../../kernel/refusals';
import { matchFile } from './matchFile';
import { readMatchFlags, USAGE } from './matchFlags';

/** `npm run match`: ends with 0 when the clusters are written, with 1 and a coded line when the input is refused. */
async function main(): Promise<void> {
  const startedAtMs = performance.now();
  const say = (line: string): void => {
    process.stderr.write(`${((performance.now() - startedAtMs) / 1000).toFixed(1).padStart(7)} s  ${line}\n`);
  };
  try {
    const flags = readMatchFlags(process.argv.slice(2));
    if (!flags) {
      process.stdout.write(USAGE);
      return;
    }
    const { clustering, comparedPairs } = await matchFile(flags, say);
    const clusters = new Set(clustering.clusterOf).size;
    say(`${clustering.clusterOf.length} records, ${comparedPairs} pairs compared, ${clusters} clusters`);
    say(`clusters in ${flags.out}, report in ${flags.report}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    process.exitCode = 1;
  }
}

void main();
