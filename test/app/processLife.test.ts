import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

jest.setTimeout(60_000);

const ROOT = join(__dirname, '..', '..');
/** Its supervisor is gone before it is ready. */
const LONELY = `
require('./dist/src/app/processLife').liveAsProcess('lonely', async () => {
  process.disconnect();
  return { stop: () => new Promise((resolve) => setTimeout(resolve, 100)).then(() => console.log('stopped')) };
});`;

it('a process whose supervisor goes while it starts drains and ends with 0', async () => {
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { cwd: ROOT });
  const env = { ...process.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing', LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, ['-e', LONELY], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)));
  const [code] = await once(child, 'close');
  expect({ code, said }).toEqual({ code: 0, said: 'stopped\n' });
});
