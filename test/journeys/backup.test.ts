import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readBackup } from '../../src/storage/backup/readBackup';
import { writeBackup } from '../../src/storage/backup/writeBackup';
import { ApiUnderTest } from '../api/apiUnderTest';
import { createTestDatabase, type TestDatabase } from '../database';
import { eventually } from './eventually';
import { System } from './system';

jest.setTimeout(120_000);

const NOW_MS = Date.UTC(2026, 0, 1);
/** What COPY has to write in another way, and what is no letter of ours. */
const NASTY = 'tab\there, line\nthere, \\N, \\., “Grüße” 😀 \u{10ffff}, "quoted", 9007199254740993';
const SEGMENT = { key: 'gold', name: 'Gold', definition: { trait: 'tier', op: 'eq', value: 'gold' } };

let system: System;
let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-backup-'));
  file = join(folder, 'backup');
  system = await System.start();
  await fill();
  await writeBackup(system.database.url, file, NOW_MS);
});
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Customers who are one after all, somebody whom people merged, a segment, a conversation, what was refused, and what waits in the inbox. */
async function fill(): Promise<void> {
  await system.take([
    { type: 'identify', anonymousId: 'visitor', traits: { email: 'ada@example.com', tier: 'gold', note: NASTY } },
    { type: 'identify', userId: 'ada', traits: { email: 'ada@example.com', age: '36' } },
    { type: 'track', userId: 'ada', event: 'Order Completed', properties: { order_id: '7', total: 42.5, currency: 'EUR', note: NASTY } },
    { type: 'identify', userId: 'bob', traits: { name: NASTY } },
    { type: 'identify', anonymousId: 'bobby', traits: { tier: 'silver' } },
    { type: 'group', userId: 'bob', groupId: 'acme', traits: { name: 'Acme' } },
  ]);
  await system.post('/v1/track', { event: 'Nobody’s' });
  const id = async (type: string, value: string) =>
    (await system.graphql(`{ profile(identifier: { type: "${type}", value: "${value}" }) { id } }`)).data.profile.id;
  const input = { profileIds: [await id('user_id', 'bob'), await id('anonymous_id', 'bobby')] };
  expect(
    (await system.graphql('mutation ($input: MergeProfilesInput!) { mergeProfiles(input: $input) { merges { id } } }', { input })).codes,
  ).toEqual([]);
  expect(
    (await system.graphql('mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { segment { id } } }', { input: SEGMENT }))
      .codes,
  ).toEqual([]);
  await eventually(
    'the segment is live',
    async () => (await system.graphql('{ segment(key: "gold") { status size } }')).data.segment.status === 'LIVE',
  );
  await system.end('worker');
  await system.accept([{ type: 'identify', userId: 'late', traits: { tier: 'gold' } }]);
  // So that what was read is noted by now, and nothing is any more.
  await system.end('api');
}

const QUESTIONS = [
  `{ profiles(first: 10) { totalCount nodes { id displayName traits identifiers { type value } firstSeenAt lastSeenAt accounts { id name }
    timeline(first: 10) { totalCount nodes { id kind occurredAt summary properties } } } } }`,
  '{ profile(identifier: { type: "user_id", value: "ada" }) { identityGraph { links { explanation firstSeenAt } } value { orders revenue { amount currency } } } }',
  '{ segment(key: "gold") { id name definition size status members { nodes { id } } } segments { totalCount } }',
  '{ auditLog(first: 10) { totalCount nodes { id action } } deadLetters(first: 10) { totalCount nodes { id code reason message } } sources { id name } }',
];

type Asks = { query(key: string, query: string): Promise<{ readonly data: unknown; readonly messages: readonly string[] }> };
async function answersOf(api: Asks): Promise<unknown[]> {
  const answers = await Promise.all(QUESTIONS.map((question) => api.query(system.apiKey, question)));
  expect(answers.flatMap(({ messages }) => messages)).toEqual([]);
  return answers.map(({ data }) => data);
}

/** Every row there is, as JSON, whatever the order on disk; but for the numbers of transactions, which are the server's. */
async function rowsOf(database: TestDatabase): Promise<Record<string, string[]>> {
  const tables = await database.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  );
  const rows: Record<string, string[]> = {};
  for (const { name } of tables.rows) {
    const read = await database.owner.query<{ row: string }>(
      `select (to_jsonb(t) - 'transaction_id')::text as row from ${name} t order by 1`,
    );
    if (name !== 'schema_migration') rows[name] = read.rows.map(({ row }) => row);
  }
  return rows;
}

describe('a backup', () => {
  let restored: TestDatabase;
  beforeEach(async () => {
    restored = await createTestDatabase();
  });
  afterEach(() => restored.drop());

  it('restored into an empty database has every row, and gives the same answers under the same keys', async () => {
    const outcome = await readBackup(restored.url, file);
    expect(outcome).toEqual({ tables: expect.any(Number), createdAt: '2026-01-01T00:00:00.000Z' });
    const [before, after] = [await rowsOf(system.database), await rowsOf(restored)];
    expect(Object.keys(after).length).toBe(outcome.tables);
    expect(after).toEqual(before);
    const first = await ApiUnderTest.start({ database: system.database });
    const second = await ApiUnderTest.start({ database: restored });
    try {
      const answers = await answersOf(first);
      expect(JSON.stringify(answers)).toContain('9007199254740993');
      expect(await answersOf(second)).toEqual(answers);
    } finally {
      for (const api of [first, second]) await api.app.close();
    }
  });

  it('can be followed on a server that has run fewer transactions than the one it comes from', async () => {
    await readBackup(restored.url, file);
    for (const table of ['change', 'change_note']) {
      const { rows } = await restored.owner.query(
        `select count(*)::int as rows, count(*) filter (where t.transaction_id >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint)::int as unseen from ${table} t`,
      );
      expect(rows).toEqual([{ rows: expect.any(Number), unseen: 0 }]);
      expect(rows[0].rows).toBeGreaterThan(0);
    }
  });

  it('goes on counting behind what it holds', async () => {
    await readBackup(restored.url, file);
    const position = 'select max(position) as position from inbox';
    const append = `insert into inbox (workspace_id, source_id, received_at, message_count, body) values (1, 1, now(), 1, '') returning position`;
    const { rows: before } = await restored.owner.query(position);
    const { rows: appended } = await restored.owner.query(append);
    expect(Number(appended[0].position)).toBeGreaterThan(Number(before[0].position));
    const { rows: made } = await restored.owner.query(
      `insert into workspace (name, created_at) values ('Next', now()) returning workspace_id`,
    );
    expect(made[0].workspace_id).toBe(2);
  });

  it('is refused by a database that has something in it, which stays as it was', async () => {
    await restored.owner.query(`insert into workspace (name, created_at) values ('Mine', now())`);
    await expect(readBackup(restored.url, file)).rejects.toMatchObject({ code: 'DATABASE_NOT_EMPTY' });
    expect((await rowsOf(restored))['workspace']).toHaveLength(1);
  });

  it('is refused by a database of another version, either way', async () => {
    await restored.owner.query(`insert into schema_migration ("timestamp", name) values (9999999999999, 'AddTheFuture9999999999999')`);
    const attempt = readBackup(restored.url, file);
    await expect(attempt).rejects.toMatchObject({ code: 'BACKUP_OF_OTHER_VERSION' });
    await expect(attempt).rejects.toThrow('The backup lacks AddTheFuture9999999999999');
    await restored.owner.query(
      `delete from schema_migration where name like 'AddTheFuture%' or id = (select min(id) from schema_migration)`,
    );
    await expect(readBackup(restored.url, file)).rejects.toThrow(/The database lacks CreateTheSpine\d+/);
  });

  it('of which something is missing, or that is none, is refused and leaves nothing behind', async () => {
    const whole = readFileSync(file);
    const plain = gunzipSync(whole);
    const damaged = join(folder, 'damaged');
    const cut = [0.1, 0.5, 0.9, 0.999].map((share) => whole.subarray(0, Math.floor(whole.length * share)));
    const shortened = [0.2, 0.7, 0.995].map((share) => gzipSync(plain.subarray(0, Math.floor(plain.length * share))));
    const none = [Buffer.alloc(0), Buffer.from('hello'), gzipSync('{"format":"tar"}\n'), gzipSync('no lines'), gzipSync('null\n')];
    for (const bytes of [...cut, ...shortened, ...none]) {
      writeFileSync(damaged, bytes);
      await expect(readBackup(restored.url, damaged)).rejects.toMatchObject({ code: 'BACKUP_BROKEN' });
    }
    await expect(readBackup(restored.url, join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    expect((await rowsOf(restored))['workspace']).toEqual([]);
    await readBackup(restored.url, file);
  });
});

it('is of one moment, however much is written meanwhile, and takes the place of an older one only when it is whole', async () => {
  const other = await createTestDatabase();
  const moment = join(folder, 'moment');
  writeFileSync(moment, 'older');
  let isWriting = true;
  const writer = (async () => {
    for (let number = 1; isWriting; number++) {
      // Two tables that a backup reads one long after the other.
      await system.ask(`with made as (insert into workspace (name, created_at) values ('twin-${number}', now()) returning workspace_id)
        insert into change (workspace_id, change_id, type, profile_id, at, data) select made.workspace_id, gen_random_uuid(), 'profile.changed', gen_random_uuid(), now(), '{}' from made`);
    }
  })();
  await eventually('somebody writes', async () => (await system.ask(`select from workspace w where w.name like 'twin%'`)).length > 5);
  await writeBackup(system.database.url, moment, NOW_MS);
  isWriting = false;
  await writer;
  await readBackup(other.url, moment);
  const { rows } = await other.owner.query(`select w.name from workspace w
    where w.name like 'twin%' and not exists (select from change c where c.workspace_id = w.workspace_id)`);
  expect(rows).toEqual([]);
  await other.drop();
  await expect(writeBackup('postgres://nobody:nothing@127.0.0.1:1/nothing', moment, NOW_MS)).rejects.toThrow();
  expect(readFileSync(moment).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
});
