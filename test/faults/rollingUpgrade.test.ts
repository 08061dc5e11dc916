import { setTimeout as sleep } from 'node:timers/promises';
import { accountFor, balanced } from '../../bench/faults/accounting';
import { MessageStream } from '../../bench/faults/messageStream';
import { migrate } from '../../src/storage/migrate';
import { System } from '../journeys/system';

jest.setTimeout(150_000);

const MESSAGES = 5_000;

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

/** What the version after this one may do to the schema: it adds to every table, as docs/operations.md allows. */
async function migrateToNextVersion(): Promise<void> {
  const tables = await system.ask<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'schema_migration'`,
  );
  expect(tables.length).toBeGreaterThan(10);
  for (const { name } of tables)
    await alterPatiently(`alter table ${name} add column of_the_future text, add column count_of_the_future integer not null default 7`);
  await system.ask('create index concurrently interaction_of_the_future on interaction (workspace_id, of_the_future)');
  await system.ask(`insert into schema_migration ("timestamp", name) values (9999999999999, 'AddToEverything9999999999999')`);
}

/** As `migrate` does: waits for a moment, lets others through, tries again. */
async function alterPatiently(statement: string): Promise<void> {
  for (;;) {
    try {
      await system.ask(`select set_config('lock_timeout', '200ms', true); ${statement}`);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== '55P03') throw error;
      await sleep(50);
    }
  }
}

it('tells every message once while the schema becomes that of the next version, and this version’s processes are started again on it', async () => {
  const { address, writeKey } = system;
  const size = { messages: MESSAGES, messagesPerRequest: 20, connections: 4, customers: 300 };
  const stream = new MessageStream({ ...size, name: 'stream', address, writeKey });
  const upgrade = async () => {
    await stream.reached(MESSAGES * 0.2);
    await migrateToNextVersion();
    await stream.reached(MESSAGES * 0.6);
    for (const name of ['worker', 'api'] as const) {
      await system.end(name);
      await system.restart(name);
    }
  };
  await Promise.all([stream.run(), upgrade()]);
  await system.settled();
  expect(stream.acknowledged).toHaveLength(MESSAGES);
  const books = await accountFor(
    stream.acknowledged,
    async (statement, values) => (await system.ask<never>(statement, values))[0] as never,
  );
  expect(books).toEqual(balanced(MESSAGES));
  expect(system.faults()).toEqual([]);
});

it('answers as before on a schema that is ahead, and is ready', async () => {
  expect(await migrate(system.database.url)).toEqual({ ahead: ['AddToEverything9999999999999'] });
  expect((await fetch(`${system.address}/readyz`)).status).toBe(200);
  const { data, codes } = await system.graphql('{ profiles(first: 3) { nodes { id displayName timeline(first: 2) { nodes { kind } } } } }');
  expect(codes).toEqual([]);
  expect(data.profiles.nodes).toHaveLength(3);
});
