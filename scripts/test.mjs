// npm test: installs and builds what is missing, then runs jest. What stands after `npm test --` is passed on to it.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

requireNode();
installPackages({ forDevelopment: true });
await build();
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
const { status } = spawnSync(process.execPath, [jest, ...process.argv.slice(2)], { cwd: ROOT, stdio: 'inherit' });
process.exit(status ?? 1);
