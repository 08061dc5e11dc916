// npm run check: everything that has to hold before a change goes in. `-- --without-tests` leaves out the slow part.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installPackages, ROOT, requireNode } from './packages.mjs';

const TOOLS = [
  ['format and lint', 'biome', 'check', '--error-on-warnings', '.'],
  ['types', 'tsc', '--noEmit', '-p', '.'],
  ['floors', 'depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'workers', 'migrations'],
  ['dead code', 'knip'],
];

requireNode();
installPackages({ forDevelopment: true });
const steps = TOOLS.map(([title, tool, ...flags]) => ({ title, command: join(ROOT, 'node_modules', '.bin', tool), flags }));
if (!process.argv.includes('--without-tests')) {
  steps.push({ title: 'tests', command: process.execPath, flags: [join(ROOT, 'scripts', 'test.mjs')] });
}

const failed = steps.filter(({ title, command, flags }) => {
  const startedAt = Date.now();
  const { status } = spawnSync(command, flags, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${title} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  return status !== 0;
});
process.exit(failed.length === 0 ? 0 : 1);
