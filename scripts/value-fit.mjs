// npm run value:fit -- transactions.csv …: installs and builds what is missing, then fits BG/NBD and Gamma-Gamma. `--help` tells the flags.
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

requireNode();
installPackages({ forDevelopment: false });
await build();
await import(join(ROOT, 'dist', 'src/app/valueFit/main.js'));
