import { balanced } from '../../bench/faults/accounting';
import { newDataDir, removeDataDir } from '../../bench/faults/dataDir';
import { freePort, StartedSystem } from '../../bench/faults/startedSystem';
import { kill, survive } from '../../bench/faults/survival';

jest.setTimeout(150_000);

const MESSAGES = 5_000;

/** Everything as `npm start` runs it, with PostgreSQL as durable as it is there. */
let system: StartedSystem;
let dataDir: string;
let port: number;
let sent = 0;
const address = () => `http://127.0.0.1:${port}`;

beforeAll(async () => {
  dataDir = newDataDir();
  port = await freePort();
  system = await StartedSystem.spawn(dataDir, port).ready();
});
afterAll(async () => {
  system.process.kill('SIGTERM');
  expect(await system.ended()).toBe(0);
  removeDataDir(dataDir);
});

it('tells every message once although PostgreSQL is killed again and again, in the middle of a stream', async () => {
  const { books, sentAgain } = await survive(system, address(), { name: 'postgres', messages: MESSAGES }, async (stream) => {
    for (const share of [0.2, 0.6]) {
      await stream.reached(MESSAGES * share);
      await kill(system, 'PostgreSQL');
    }
  });
  sent += MESSAGES;
  expect(books).toEqual(balanced(sent));
  expect(sentAgain).toBeGreaterThan(0);
});

it('goes on by itself after PostgreSQL, the API and the worker were killed at the same moment', async () => {
  const { books } = await survive(system, address(), { name: 'everything', messages: MESSAGES }, async (stream) => {
    await stream.reached(MESSAGES * 0.4);
    await Promise.all([kill(system, 'PostgreSQL'), kill(system, 'worker'), kill(system, 'api')]);
  });
  sent += MESSAGES;
  expect(books).toEqual(balanced(sent));
});

it('stops with 0 within 10 seconds in the middle of a stream, and the next start continues with the same keys', async () => {
  const { writeKey } = system;
  const { books } = await survive(system, address(), { name: 'stopped', messages: MESSAGES }, async (stream) => {
    await stream.reached(MESSAGES * 0.4);
    const startedAt = Date.now();
    const stopping = system;
    stopping.process.kill('SIGTERM');
    expect(await stopping.ended()).toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    system = await StartedSystem.spawn(dataDir, port).ready();
  });
  expect(system.writeKey).toBe(writeKey);
  sent += MESSAGES;
  expect(books).toEqual(balanced(sent));
});
