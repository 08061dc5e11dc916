import { parseFlags } from '../commandFlags';
import { examine } from './examine';
import { exitCodeOf, reportOf } from './finding';

const USAGE = `npm run doctor [-- --json]
  Looks at the configuration, the database, the queue and what runs, and changes nothing. Ends with 1 where something has failed.
`;

/** `npm run doctor`. */
async function main(args: readonly string[]): Promise<void> {
  const { values } = parseFlags(args, { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const findings = await examine(process.env, Date.now);
  process.exitCode = exitCodeOf(findings);
  process.stdout.write(values.json ? `${JSON.stringify({ ok: process.exitCode === 0, findings }, null, 2)}\n` : reportOf(findings));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
