import { accountFor, balanced } from '../../bench/faults/accounting';
import { MessageStream } from '../../bench/faults/messageStream';
import { eventually } from '../journeys/eventually';
import { type ProcessName, System } from '../journeys/system';
import { loseQueue } from './loseQueue';

jest.setTimeout(150_000);

const MESSAGES = 5_000;

let system: System;
beforeEach(async () => {
  system = await System.start();
});
afterEach(() => system.stop());

/** Sends all messages while `faults` happen, and checks that each is on one timeline, once. */
async function survive(faults: (stream: MessageStream) => Promise<void>): Promise<MessageStream> {
  const { address, writeKey } = system;
  const size = { messages: MESSAGES, messagesPerRequest: 20, connections: 4, customers: 300 };
  const stream = new MessageStream({ ...size, name: 'stream', address, writeKey });
  await Promise.all([stream.run(), faults(stream)]);
  await system.settled();
  expect(stream.acknowledged).toHaveLength(MESSAGES);
  const books = await accountFor(
    stream.acknowledged,
    async (statement, values) => (await system.ask<never>(statement, values))[0] as never,
  );
  expect(books).toEqual(balanced(MESSAGES));
  return stream;
}

async function killAndRestart(name: ProcessName): Promise<void> {
  await system.kill(name);
  await system.restart(name);
}

const processed = async () => (await system.ask<{ count: number }>('select count(*)::int as count from interaction'))[0]?.count ?? 0;

it('tells every message once although the worker is killed again and again, in the middle of its work', async () => {
  await survive(async (stream) => {
    for (const share of [0.2, 0.6]) {
      await stream.reached(MESSAGES * share);
      const before = await processed();
      await eventually('the worker has written something', async () => (await processed()) > before);
      await killAndRestart('worker');
    }
  });
});

it('tells every message once although the API is killed again and again, and libraries send anew what was not acknowledged', async () => {
  const { sentAgain } = await survive(async (stream) => {
    for (const share of [0.2, 0.5, 0.8]) {
      await stream.reached(MESSAGES * share);
      await killAndRestart('api');
    }
  });
  expect(sentAgain).toBeGreaterThan(0);
});

it('tells every message once although both are killed at the same moment, with everything still to do', async () => {
  await system.kill('worker');
  await survive(async (stream) => {
    await stream.reached(MESSAGES * 0.5);
    await system.kill('api');
    await Promise.all([system.restart('api'), system.restart('worker')]);
  });
});

it('tells every message once although the queue loses everything it holds, again and again', async () => {
  await survive(async (stream) => {
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      await stream.reached(MESSAGES * share);
      await loseQueue(system);
    }
  });
});

it('tells every message once although all connections to the database break, again and again', async () => {
  await survive(async (stream) => {
    for (const share of [0.2, 0.4, 0.6, 0.8]) {
      await stream.reached(MESSAGES * share);
      await system.ask(`select pg_terminate_backend(a.pid) from pg_stat_activity a
        where a.datname = current_database() and a.pid <> pg_backend_pid() and a.application_name like 'throughline%'`);
    }
  });
});
