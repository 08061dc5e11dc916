// npm run import -- customers.csv --source crm …: installs and builds what is missing, then sends the records of a file. `--help` tells the flags.
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

requireNode();
installPackages({ forDevelopment: false });
await build();
await import(join(ROOT, 'dist', 'src/app/import/main.js'));
