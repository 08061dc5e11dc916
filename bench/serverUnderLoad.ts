import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Runs a server of bench/ in a process of its own, which tells its port when it listens and ends when nobody holds it any more. */
export async function withServer<Result>(
  script: string,
  settings: Readonly<Record<string, string>>,
  use: (port: number) => Promise<Result>,
): Promise<Result> {
  const server = fork(join(__dirname, script), { env: { ...process.env, ...settings } });
  const [port] = (await once(server, 'message')) as [number];
  try {
    return await use(port);
  } finally {
    server.disconnect();
    await once(server, 'exit');
  }
}

export function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1] as number;
}
