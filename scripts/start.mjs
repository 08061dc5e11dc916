// npm start, npm run start:api, npm run start:worker: installs and builds what is missing, then runs the process asked for.
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

const PROCESSES = {
  everything: 'src/app/main.js',
  api: 'src/app/apiProcess.js',
  worker: 'workers/ingestion.js',
};

requireNode();
const script = PROCESSES[process.argv[2] ?? 'everything'];
if (!script) {
  console.error(`There is no process "${process.argv[2]}"; there are ${Object.keys(PROCESSES).join(', ')}.`);
  process.exit(1);
}
installPackages({ forDevelopment: false });
await build();
endWithNpm();
// In this very process: a signal reaches it, and not a parent that would have to pass it on.
await import(join(ROOT, 'dist', script));

/** npm passes a signal on to its shell, and not every shell passes it on to us; but when npm's shell is gone, we are to stop. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 100);
  timer.unref();
}
