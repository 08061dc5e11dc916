import { verifyCommand } from './verifyCommand';

verifyCommand(process.argv.slice(2), { environment: process.env, output: process.stdout }).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
