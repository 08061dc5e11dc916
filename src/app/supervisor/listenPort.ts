import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** The port of the last time while it is free, so that connection strings stay good over a restart; else any free one. */
export async function choosePort(portFile: string): Promise<number> {
  const before = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0;
  const port = (await tryToListen(before, '127.0.0.1')) ?? (await tryToListen(0, '127.0.0.1'));
  if (port === null) throw new Error('No free port was found on 127.0.0.1.');
  writeFileSync(portFile, String(port));
  return port;
}

/** The port one can listen on (`port`, or any free one for 0), or null when it is taken or may not be used. */
export function tryToListen(port: number, host: string): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, host, () => {
      const { port: found } = server.address() as AddressInfo;
      server.close(() => resolve(found));
    });
  });
}
