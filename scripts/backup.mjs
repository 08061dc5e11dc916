// npm run backup -- FILE, npm run restore -- FILE: installs and builds what is missing, then writes or reads a backup. `--help` tells more.
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

requireNode();
installPackages({ forDevelopment: false });
await build();
await import(join(ROOT, 'dist', 'src/app/backup/main.js'));
