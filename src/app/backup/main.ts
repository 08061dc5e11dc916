import { Refusal } from '../../kernel/refusals';
import { ConfigFaults, loadConfig } from '../config';
import { DataDirInUse } from '../supervisor/dataDirLock';
import { backup, restore } from './backupCommand';

/** `npm run backup` and `npm run restore`, which the first argument tells apart: ends with 0, or with 1 and a line that says why. */
async function main([command, ...args]: readonly string[]): Promise<void> {
  try {
    const surroundings = { config: loadConfig(process.env), nowMs: Date.now() };
    const told = await (command === 'restore' ? restore : backup)(args, surroundings);
    process.stdout.write(told);
  } catch (error) {
    process.stderr.write(`${explained(error)}\n`);
    process.exitCode = 1;
  }
}

function explained(error: unknown): string {
  if (error instanceof Refusal) return `${error.code}: ${error.message}`;
  if (error instanceof ConfigFaults || error instanceof DataDirInUse) return error.message;
  return error instanceof Error ? `The database failed: ${error.message}` : String(error);
}

void main(process.argv.slice(2));
