import pg from 'pg';
import type { InboxEntry } from '../../src/intake/message';
import { appConnection } from '../../src/storage/pool';
import { appendInbox } from '../../src/storage/statements/appendInbox';
import { readNextInInbox } from '../../src/storage/statements/claimInbox';
import { setWorkspace } from '../../src/storage/statements/setWorkspace';
import { createTestDatabase, type TestDatabase } from '../database';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.owner.query(`insert into workspace (name, created_at) values ('Acme', now())`);
  client = new pg.Client(appConnection(database.url, 30_000));
  await client.connect();
  await setWorkspace(client, 1, 'connection');
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(() => database.owner.query('truncate inbox'));

const anEntry = (fields: Partial<InboxEntry> = {}): InboxEntry => ({
  sourceId: 1,
  receivedAtMs: Date.UTC(2026, 0, 1),
  messageCount: 1,
  call: null,
  refused: [],
  traceparent: null,
  body: Buffer.from('{}'),
  ...fields,
});
async function storedAndRead(...entries: InboxEntry[]): Promise<unknown[]> {
  await appendInbox(client, 1, entries);
  const read = await readNextInInbox(client, 1, { inFlight: [], maxMessages: 1_000_000 });
  return read.map(({ position: _position, ...entry }) => entry);
}

it.each([
  ['indexes of refused messages beyond 127', { refused: [0, 128, 250, 255, 256, 2499, 65_535], messageCount: 2490 }],
  ['a source whose number has high bytes', { sourceId: 0x7f_ff_80_81 }],
  ['every millisecond', { receivedAtMs: 1_772_366_412_345 }],
  ['the very first millisecond', { receivedAtMs: 0 }],
  ['the call', { call: 'identify' as const }],
  ['the trace it belongs to', { traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01` }],
  ['a body beyond ASCII', { body: Buffer.from('\ufeff{"name":"Ümläut 😀 \u0080\u00ff\uffff"}') }],
])('reads back %s', async (_what, fields) => {
  expect(await storedAndRead(anEntry(fields))).toEqual([anEntry(fields)]);
});

it('reads many large bodies back, each as it was', async () => {
  const entries = Array.from({ length: 40 }, (_, index) =>
    anEntry({ messageCount: index + 1, body: Buffer.from(`{"n":${index},"text":"${'é'.repeat(1_919 * (index % 9))}"}`) }),
  );
  const texts = (read: readonly unknown[]) => read.map((entry) => String((entry as InboxEntry).body));
  expect(texts(await storedAndRead(...entries))).toEqual(texts(entries));
});
