import { get, type IncomingMessage } from 'node:http';
import { parse } from 'csv-parse/sync';
import { ExportWorld } from './exportWorld';
import { until } from './streams/listeners';
import { NOON_MS, WorkspaceBuilder } from './workspaceBuilder';

jest.setTimeout(60_000);

let world: ExportWorld;
let large: string;
const LARGE = 10_500;

beforeAll(async () => {
  world = await ExportWorld.start({ survivorship: { plan: { rule: 'MOST_FREQUENT' } } });
  large = await world.segment('large');
  await world.members(large, LARGE);
});
afterAll(async () => {
  expect(world.api.bugs).toEqual([]);
  expect(world.api.faults).toEqual([]);
  await world.api.stop();
});

const idsOf = ({ members }: { members: readonly Record<string, unknown>[] }) => members.map(({ id }) => String(id));

it('exports every member once, in the order of their ids, with what their profiles show', async () => {
  const exported = await world.export('large.ndjson');
  expect(exported.status).toBe(200);
  expect(exported.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  expect(Date.parse(exported.headers.get('throughline-as-of') ?? '')).toBeGreaterThan(Date.now() - 60_000);
  const ids = idsOf(exported);
  expect(ids).toHaveLength(LARGE);
  expect(ids).toEqual([...new Set(ids)].sort());
  const { data } = await world.api.query(world.key, 'query ($id: ID!) { profile(id: $id) { id email phone displayName } }', { id: ids[7] });
  expect(exported.members[7]).toMatchObject(data.profile);
  expect(Object.keys(exported.members[7] ?? {})).toEqual(['id', 'email', 'phone', 'displayName', 'enteredAt', 'reason']);
});

it.each([
  [1, 400_000],
  [999, 410_000],
  [1_000, 420_000],
  [1_001, 430_000],
  [2_000, 440_000],
])('ends where the members do (%i)', async (count, from) => {
  await world.members(await world.segment(`page-${count}`), count, from);
  expect((await world.export(`page-${count}.ndjson`, { fields: 'id' })).members).toHaveLength(count);
  expect((await world.export(`page-${count}.csv`, { fields: 'id' })).text.split('\r\n')).toHaveLength(count + 2);
});

it('goes on behind the last line that arrived', async () => {
  const whole = idsOf(await world.export('large.ndjson', { fields: 'id' }));
  const rest = idsOf(await world.export('large.ndjson', { fields: 'id', after: whole[3_456] as string }));
  expect(rest).toEqual(whole.slice(3_457));
});

it('leaves out who is suppressed, on whichever page, and goes on behind them', async () => {
  const segmentId = await world.segment('some-suppressed');
  await world.members(segmentId, 2_300, 500_000);
  await world.query(
    `insert into suppression (workspace_id, identifier_id, at, actor)
     select $1, n * 2 + n % 2, now(), 'test' from generate_series(500000, 502299, 3) n`,
    [world.workspace.workspaceId],
  );
  const exported = await world.export('some-suppressed.ndjson', { fields: 'id,email' });
  const numbers = exported.members.map(({ email }) => Number(/\d+/.exec(String(email))?.[0]));
  expect(numbers.filter((n) => (n - 500_000) % 3 === 0)).toEqual([]);
  expect(new Set(numbers).size).toBe(2_300 - 767);
  await world.query('delete from suppression');
});

it('is empty where nobody is in: no line, or the header alone', async () => {
  await world.segment('empty');
  expect(await world.export('empty.ndjson')).toMatchObject({ status: 200, text: '' });
  expect(await world.export('empty.csv', { fields: 'id,email' })).toMatchObject({ status: 200, text: 'id,email\r\n' });
});

it('exports any field, as the profile has it', async () => {
  const segmentId = await world.segment('fields');
  const profileId = await world.member(segmentId, {
    identifiers: [
      { type: 'user_id', value: 'u-1' },
      { type: 'email', value: 'zoë@example.com' },
    ],
    traits: { name: 'Zoë "Z" 李', locale: 'de-AT', address: { city: 'Wien' }, tags: ['a', 'b'], __proto__: 'odd', plan: 'free' },
    interactions: [
      { atMs: NOON_MS, name: 'Identify', kind: 'IDENTIFIED', properties: { plan: 'pro' } },
      { atMs: NOON_MS + 1, name: 'Identify', kind: 'IDENTIFIED', properties: { plan: 'pro' } },
      { atMs: NOON_MS + 2, name: 'Identify', kind: 'IDENTIFIED', properties: { plan: 'free' } },
    ],
  });
  const fields =
    'id,displayName,email,phone,language,identifiers,traits.address.city,traits.address,traits.tags,traits.plan,traits.nothing,enteredAt,reason,firstSeenAt,lastSeenAt,lifecycleStage';
  const { members } = await world.export('fields.ndjson', { fields });
  expect(members).toEqual([
    {
      id: `prf_${profileId.replaceAll('-', '')}`,
      displayName: 'Zoë "Z" 李',
      email: 'zoë@example.com',
      phone: null,
      language: 'de-AT',
      identifiers: expect.arrayContaining([
        { type: 'user_id', value: 'u-1' },
        { type: 'email', value: 'zoë@example.com' },
      ]),
      'traits.address.city': 'Wien',
      'traits.address': { city: 'Wien' },
      'traits.tags': ['a', 'b'],
      'traits.plan': 'pro',
      'traits.nothing': null,
      enteredAt: '2026-02-03T04:05:06.789Z',
      reason: 'plan is pro',
      firstSeenAt: new Date(NOON_MS).toISOString(),
      lastSeenAt: new Date(NOON_MS + 2).toISOString(),
      lifecycleStage: 'AWARE',
    },
  ]);
});

it('exports computed traits', async () => {
  const segmentId = await world.segment('computed');
  await world.member(segmentId, {
    identifiers: [{ type: 'user_id', value: 'c-1' }],
    interactions: [{ atMs: NOON_MS, kind: 'ORDER_PLACED', name: 'Order Completed' }],
  });
  await world.member(segmentId, { identifiers: [{ type: 'user_id', value: 'c-2' }] });
  await world.query(
    `insert into computed_trait (workspace_id, key, name, definition, tracked_event_id, created_at) values ($1, 'orders', 'Orders', $2, 1, now())`,
    [world.workspace.workspaceId, JSON.stringify({ aggregate: 'count', event: { kind: 'ORDER_PLACED' } })],
  );
  const { members } = await world.export('computed.ndjson', { fields: 'computed.orders' });
  expect(members.map((member) => member['computed.orders']).sort()).toEqual([0, 1]);
});

it('writes CSV that spreadsheets and parsers read as it was meant', async () => {
  const segmentId = await world.segment('csv');
  const names = ['plain', 'a,b', 'say "hi"', 'two\r\nlines', ' spaced ', '=cmd|calc', '+1+1', '-2+3', '@sum', '＝1', '李, "Ünal"', ''];
  for (const [index, name] of names.entries()) {
    await world.member(segmentId, { identifiers: [{ type: 'user_id', value: `csv-${index}` }], traits: { nick: name, index, low: -5 } });
  }
  const { text, headers } = await world.export('csv.csv', { fields: 'traits.index,traits.nick,traits.low,phone' });
  expect(headers.get('content-type')).toContain('text/csv');
  const rows = parse(text, { columns: true, relax_quotes: false }) as Record<string, string>[];
  const read = rows.sort((left, right) => Number(left['traits.index']) - Number(right['traits.index'])).map((row) => row['traits.nick']);
  const shown = names.map((name) => (/^[=+\-@＝]/.test(name) ? `'${name}` : name));
  expect(read).toEqual(shown);
  expect(new Set(rows.map((row) => row['traits.low']))).toEqual(new Set(['-5']));
  const { text: phones } = await world.export('large.csv', { fields: 'phone' });
  expect(phones.split('\r\n')[1]).toMatch(/^\+4930\d{7}$/);
});

it('masks for keys without pii:read', async () => {
  const key = await world.workspace.apiKey('segments:read', 'profiles:read');
  const { members } = await world.export('fields.ndjson', { fields: 'email,displayName,identifiers,traits.address,traits.plan' }, key);
  expect(members).toEqual([
    {
      email: 'z***@e***.com',
      displayName: 'Z***',
      identifiers: expect.arrayContaining([
        { type: 'user_id', value: 'u***' },
        { type: 'email', value: 'z***@e***.com' },
      ]),
      'traits.address': { city: 'W***' },
      'traits.plan': 'pro',
    },
  ]);
});

it('refuses with a code and says why', async () => {
  const others = await WorkspaceBuilder.create(world.api.database.owner, 'Others');
  await world.segment('computing', 'COMPUTING');
  const asked: [string, Record<string, string>, string | null, number, string][] = [
    ['large.ndjson', {}, null, 401, 'UNAUTHENTICATED'],
    ['large.ndjson', {}, await world.workspace.apiKey('segments:read'), 403, 'FORBIDDEN'],
    ['large.ndjson', {}, await world.workspace.apiKey('profiles:read'), 403, 'FORBIDDEN'],
    ['large.ndjson', {}, await others.apiKey(), 404, 'NOT_FOUND'],
    ['large.xml', {}, world.key, 404, 'NOT_FOUND'],
    ['ünknown.csv', {}, world.key, 404, 'NOT_FOUND'],
    ['computing.csv', {}, world.key, 409, 'CONFLICT'],
    ['large.csv', { fields: 'id,nonsense' }, world.key, 400, 'INVALID_INPUT'],
    ['large.csv', { fields: 'id,id' }, world.key, 400, 'INVALID_INPUT'],
    ['large.csv', { fields: 'computed.unknown' }, world.key, 400, 'INVALID_INPUT'],
    ['large.csv', { after: 'nonsense' }, world.key, 400, 'INVALID_CURSOR'],
  ];
  for (const [file, parameters, key, status, code] of asked) {
    const answer = await world.export(file, parameters, key);
    expect([file, answer.status, JSON.parse(answer.text).error.code]).toEqual([file, status, code]);
  }
  expect(JSON.parse((await world.export('large.csv', { fields: 'nonsense' })).text).error.reason).toContain('"nonsense"');
});

/** A client that takes nothing until it is told to. */
function slowClient(parameters: Record<string, string> = {}): Promise<IncomingMessage> {
  const options = { headers: { authorization: `Bearer ${world.key}` } };
  return new Promise((resolve, reject) => {
    get(world.url('large.ndjson', parameters), options, (answer) => resolve(answer.pause())).on('error', reject);
  });
}

it('tells one moment, whoever enters and leaves in the meantime', async () => {
  const wide = {
    fields: 'id,identifiers,reason,enteredAt,displayName,email,phone,traits.name,traits.email,traits.plan,firstSeenAt,lastSeenAt',
  };
  const before = idsOf(await world.export('large.ndjson', { fields: 'id' }));
  const answer = await slowClient(wide);
  await world.query('delete from segment_membership m where m.segment_id = $1 and m.profile_id > $2', [
    large,
    'f0000000-0000-0000-0000-000000000000',
  ]);
  await world.members(large, 500, 50_000);
  let text = '';
  for await (const part of answer.setEncoding('utf8')) text += part;
  const ids = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).id);
  expect(ids).toEqual(before);
});

it('reads no further ahead than a slow client takes, and ends the transaction when the client goes', async () => {
  await world.members(large, 20_000, 200_000);
  const wide = Array.from({ length: 60 }, (_, index) => `traits.name.${index}`);
  const answer = await slowClient({ fields: ['id', 'identifiers', 'reason', ...wide].join() });
  await until(async () => (await world.snapshots()) === 1);
  const statements = async () => {
    const { rows } = await world.query(
      `select state, query_start from pg_stat_activity where application_name = 'own' and datname = current_database()`,
    );
    return JSON.stringify(rows);
  };
  let seen = await statements();
  await until(async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const now = await statements();
    const isStill = now === seen;
    seen = now;
    return isStill;
  });
  expect(seen).toContain('idle in transaction');
  let bytes = 0;
  answer.on('data', (part: Buffer) => (bytes += part.length)).resume();
  await until(() => bytes > 0);
  answer.destroy();
  await until(async () => (await world.snapshots()) === 0);
});

it('runs a few exports at once and asks others to come again', async () => {
  const clients = await Promise.all(
    Array.from({ length: 4 }, () => slowClient({ fields: Array.from({ length: 90 }, (_, index) => `traits.x${index}`).join() })),
  );
  const refused = await world.export('large.ndjson');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('10');
  for (const client of clients) client.destroy();
  await until(async () => (await world.snapshots()) === 0);
  expect((await world.export('large.ndjson', { fields: 'id' })).status).toBe(200);
});

it('compresses for those who take it', async () => {
  const answer = await fetch(world.url('large.csv', { fields: 'id' }), {
    headers: { authorization: `Bearer ${world.key}`, 'accept-encoding': 'gzip' },
  });
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect((await answer.text()).split('\r\n').length).toBeGreaterThan(10_000);
  await until(async () => (await world.snapshots()) === 0);
});
