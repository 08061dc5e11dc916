import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installPackages, ROOT, requireNode } from './packages.mjs';

const FOLDERS = ['src', 'workers', 'migrations', 'bench'];
const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, 'stamp');

/** Transpiles what has changed since the last build into dist/, as .swcrc says, and removes what has no source any more. */
export async function build() {
  const sources = FOLDERS.flatMap((folder) => filesBelow(join(ROOT, folder)));
  const stamp = stampOf(sources);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;
  rmSync(STAMP, { force: true });
  const { transformFile } = await import('@swc/core');
  const builtAfter = statSync(join(ROOT, '.swcrc')).mtimeMs;
  await Promise.all(sources.map((source) => buildOne(source, transformFile, builtAfter)));
  removeOrphans(new Set(sources.map(targetOf)));
  writeFileSync(STAMP, stamp);
}

async function buildOne(source, transformFile, builtAfter) {
  const target = targetOf(source);
  const newest = Math.max(statSync(source).mtimeMs, builtAfter);
  if (existsSync(target) && statSync(target).mtimeMs > newest) return;
  mkdirSync(dirname(target), { recursive: true });
  if (!source.endsWith('.ts')) {
    cpSync(source, target);
    return;
  }
  const { code, map } = await transformFile(source, { cwd: ROOT, sourceMaps: true, sourceFileName: relative(dirname(target), source) });
  write(`${target}.map`, map);
  write(target, `${code}\n//# sourceMappingURL=${target.split(/[\\/]/).at(-1)}.map\n`);
}

/** In one step, so that a process starting meanwhile reads either the old or the new. */
function write(target, text) {
  writeFileSync(`${target}.${process.pid}`, text);
  renameSync(`${target}.${process.pid}`, target);
}

function removeOrphans(targets) {
  for (const file of FOLDERS.flatMap((folder) => filesBelow(join(DIST, folder)))) {
    if (!targets.has(file.replace(/\.map$/, ''))) rmSync(file);
  }
}

function targetOf(source) {
  return join(DIST, relative(ROOT, source)).replace(/\.ts$/, '.js');
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function stampOf(sources) {
  const hash = createHash('sha256');
  for (const file of [...sources, join(ROOT, '.swcrc'), join(ROOT, 'package-lock.json')]) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${relative(ROOT, file)} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  requireNode();
  installPackages({ forDevelopment: false });
  await build();
}
