// npm run audit:verify: installs and builds what is missing, then computes the hashes of the audit log anew. `--help` tells the flags.
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

requireNode();
installPackages({ forDevelopment: false });
await build();
await import(join(ROOT, 'dist', 'src/app/audit/main.js'));
