import { setTimeout as sleepMs } from 'node:timers/promises';
import { importCommand } from './importCommand';

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());

importCommand(process.argv.slice(2), {
  environment: process.env,
  input: process.stdin,
  output: process.stdout,
  terminal: process.stderr,
  signal: interrupt.signal,
  sleep: (waitMs) => sleepMs(waitMs, undefined, { signal: interrupt.signal }),
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
