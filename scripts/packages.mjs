import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The oldest Node that Throughline runs on, as in package.json's engines. */
const OLDEST_NODE = [20, 19];

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(`Throughline needs Node ${OLDEST_NODE.join('.')} or later; this is Node ${process.versions.node}.`);
  process.exit(1);
}

/** Runs `npm ci` unless every package of package-lock.json is there in its version; tools for development count only when asked for. */
export function installPackages({ forDevelopment }) {
  if (areInstalled(forDevelopment)) return;
  console.log('Installing packages (npm ci) …');
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync('npm', flags, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status === 0) return;
  console.error(`Installing the packages failed${error ? `: ${error.message}` : ', npm says above why'}.`);
  process.exit(1);
}

/** npm writes its own record of what is in node_modules when it has finished, so a broken install has none. */
function areInstalled(forDevelopment) {
  const wanted = readPackages('package-lock.json');
  const found = readPackages(join('node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, { version, optional, dev }]) => {
    if (path === '' || optional || (dev && !forDevelopment)) return true;
    return found[path]?.version === version;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}
