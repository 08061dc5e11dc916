// npm run bench -- <name>…: builds, then runs bench/<name>.ts, one after the other.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

requireNode();
installPackages({ forDevelopment: true });
await build();
const names = process.argv.slice(2);
if (names.length === 0) {
  console.error('Say which benchmark to run, such as: npm run bench -- accept worker. bench/README.md tells what each measures.');
  process.exit(1);
}
for (const name of names) {
  const script = join(ROOT, 'dist', 'bench', `${name}.js`);
  if (!existsSync(script)) {
    console.error(`There is no benchmark "${name}".`);
    process.exit(1);
  }
  const { status } = spawnSync(process.execPath, ['--expose-gc', '--max-semi-space-size=48', script], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
