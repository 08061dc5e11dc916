import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataDirInUse, type LockHolder, lockDataDir } from '../../../src/app/supervisor/dataDirLock';
import { isAlive, startMark } from '../../../src/app/supervisor/processIdentity';
import { removeTemporaryDirs, temporaryDir } from './temporaryDir';

afterAll(removeTemporaryDirs);

const lockFile = (dir: string): string => join(dir, 'supervisor.lock');
const holderOf = (dir: string): LockHolder => JSON.parse(readFileSync(lockFile(dir), 'utf8')) as LockHolder;

function heldBy(holder: Partial<LockHolder>): string {
  const dir = temporaryDir();
  writeFileSync(lockFile(dir), JSON.stringify({ pid: 1, startMark: startMark(1), address: null, stopping: false, ...holder }));
  return dir;
}

async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid as number;
}

it('says who holds the directory and where that one answers', async () => {
  const dir = heldBy({ address: 'http://127.0.0.1:4000' });
  const attempt = lockDataDir(dir);
  await expect(attempt).rejects.toThrow(DataDirInUse);
  await expect(attempt).rejects.toThrow(/http:\/\/127\.0\.0\.1:4000.*process 1\b/);
});

it('makes the directory when there is none', async () => {
  const dir = join(temporaryDir(), 'new', 'deep');
  (await lockDataDir(dir)).announce('http://127.0.0.1:1');
  expect(holderOf(dir)).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:1' });
});

it('takes over from a process that was killed', async () => {
  const dir = heldBy({ pid: await endedProcess() });
  await lockDataDir(dir);
  expect(holderOf(dir).pid).toBe(process.pid);
});

it('takes over when the process id belongs to something else by now', async () => {
  const dir = heldBy({ pid: 1, startMark: 'another start' });
  await lockDataDir(dir);
  expect(holderOf(dir).pid).toBe(process.pid);
});

it('takes over a file that a crash cut short', async () => {
  const dir = temporaryDir();
  writeFileSync(lockFile(dir), '{"pid":1,"sta');
  await lockDataDir(dir);
  expect(holderOf(dir).pid).toBe(process.pid);
});

it('takes over from a take-over that was killed midway', async () => {
  const dir = temporaryDir();
  const takeOver = `${lockFile(dir)}.taking`;
  mkdirSync(takeOver);
  utimesSync(takeOver, new Date(0), new Date(0));
  await lockDataDir(dir);
  expect(holderOf(dir).pid).toBe(process.pid);
});

it('waits for one that is stopping', async () => {
  const stopping = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 400)']);
  const pid = stopping.pid as number;
  const dir = heldBy({ pid, startMark: startMark(pid), stopping: true });
  await lockDataDir(dir);
  expect(isAlive(pid)).toBe(false);
  expect(holderOf(dir).pid).toBe(process.pid);
});

it('leaves nothing behind when it is released', async () => {
  const dir = temporaryDir();
  (await lockDataDir(dir)).release();
  expect(() => holderOf(dir)).toThrow(/ENOENT/);
  await sleep(1);
  await lockDataDir(dir);
});
