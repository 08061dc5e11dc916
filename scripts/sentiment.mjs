// npm run sentiment -- texts.txt …: installs and builds what is missing, then scores texts, one a line. `--help` tells the flags.
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

requireNode();
installPackages({ forDevelopment: false });
await build();
await import(join(ROOT, 'dist', 'src/app/sentiment/main.js'));
