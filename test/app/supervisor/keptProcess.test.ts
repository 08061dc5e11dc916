import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '../../../src/app/logger';
import { KeptProcess } from '../../../src/app/supervisor/keptProcess';
import { isAlive } from '../../../src/app/supervisor/processIdentity';
import { removeTemporaryDirs, temporaryDir } from './temporaryDir';

const kept: KeptProcess[] = [];
afterEach(async () => {
  await Promise.all(kept.splice(0).map((one) => one.stop(100)));
});
afterAll(removeTemporaryDirs);

const READY = `process.send({ kind: 'ready', address: 'http://here' });`;
const COUNT_STARTS = `require('node:fs').appendFileSync(process.env.STARTS, 'x');`;

function keep(source: string): { one: KeptProcess; starts: () => number } {
  const dir = temporaryDir();
  const script = join(dir, 'child.js');
  const starts = join(dir, 'starts');
  writeFileSync(script, COUNT_STARTS + source);
  writeFileSync(starts, '');
  const environment = () => ({ ...process.env, STARTS: starts });
  const one = new KeptProcess({ name: 'child', script, environment }, createLogger('silent', 'test'));
  kept.push(one);
  return { one, starts: () => readFileSync(starts, 'utf8').length };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 400) throw new Error('It never came about.');
    await sleep(20);
  }
}

it('says when the process is ready, and where', async () => {
  const { one } = keep(`${READY} setInterval(() => {}, 1000)`);
  await expect(one.ready).resolves.toEqual({ kind: 'ready', address: 'http://here' });
});

it('starts it again after kill -9', async () => {
  const { one, starts } = keep(`${READY} setInterval(() => {}, 1000)`);
  await one.ready;
  const before = one.pid as number;
  process.kill(before, 'SIGKILL');
  await until(() => starts() === 2 && one.pid !== null);
  expect(one.pid).not.toBe(before);
});

it('waits longer and longer between the starts of one that keeps failing', async () => {
  const { starts } = keep(`${READY} process.exit(1)`);
  await sleep(1500);
  expect(starts()).toBeGreaterThan(1);
  expect(starts()).toBeLessThan(6);
});

it('gives up waiting for the first ready after a few attempts', async () => {
  const { one, starts } = keep('process.exit(3)');
  await expect(one.ready).rejects.toThrow('The process "child" did not start: it ended with 3.');
  expect(starts()).toBe(4);
});

it('gives up at once when the configuration is at fault', async () => {
  const { one, starts } = keep('process.exit(78)');
  await expect(one.ready).rejects.toThrow('ended with 78');
  expect(starts()).toBe(1);
});

it('lets it drain on stopping and does not start it again', async () => {
  const { one, starts } = keep(`process.on('SIGTERM', () => setTimeout(() => process.exit(0), 150)); ${READY} setInterval(() => {}, 1000)`);
  await one.ready;
  const pid = one.pid as number;
  const startedAt = Date.now();
  await one.stop(5_000);
  expect(Date.now() - startedAt).toBeGreaterThan(140);
  expect(isAlive(pid)).toBe(false);
  await sleep(300);
  expect(starts()).toBe(1);
});

it('kills one that does not drain in time', async () => {
  const { one } = keep(`process.on('SIGTERM', () => {}); ${READY} setInterval(() => {}, 1000)`);
  await one.ready;
  const pid = one.pid as number;
  await one.stop(200);
  expect(isAlive(pid)).toBe(false);
});
