// npm run match -- records.csv …: installs and builds what is missing, then clusters the records of a CSV. `--help` tells the flags.
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

requireNode();
installPackages({ forDevelopment: false });
await build();
await import(join(ROOT, 'dist', 'src/app/match/main.js'));
