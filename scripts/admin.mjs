// npm run admin -- create-workspace "Acme" …: installs and builds what is missing, then administers workspaces. `--help` tells the commands.
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages, ROOT, requireNode } from './packages.mjs';

requireNode();
installPackages({ forDevelopment: false });
await build();
await import(join(ROOT, 'dist', 'src/app/admin/main.js'));
