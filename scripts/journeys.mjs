// npm run journeys -- events.csv …: installs and builds what is missing, then prints the variants of an event log. `--help` tells the flags.
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

requireNode();
installPackages({ forDevelopment: false });
await build();
await import(join(ROOT, 'dist', 'src/app/journeys/main.js'));
