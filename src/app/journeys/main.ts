import { Refusal } from '../../kernel/refusals';
import { readJourneyFlags, USAGE } from './journeyFlags';
import { journeyReport, reportTable } from './journeyReport';
import { readEventLog } from './readEventLog';

/** `npm run journeys`: ends with 0 when the report is printed, with 1 and a coded line when the input is refused. */
async function main(): Promise<void> {
  try {
    const flags = readJourneyFlags(process.argv.slice(2));
    if (!flags) {
      process.stdout.write(USAGE);
      return;
    }
    const log = await readEventLog(flags, (line) => process.stderr.write(`${line}\n`));
    const report = journeyReport(log, flags.repeats);
    process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : reportTable(report, flags.first));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    process.exitCode = 1;
  }
}

void main();
