// npm run doctor [-- --json]: installs and builds what is missing, then looks at everything that a start needs and at what runs.
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

requireNode();
installPackages({ forDevelopment: false });
await build();
await import(join(ROOT, 'dist', 'src/app/doctor/main.js'));
