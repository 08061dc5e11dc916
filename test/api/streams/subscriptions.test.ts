import { request as sendRequest } from 'node:http';
import { WorkspaceBuilder } from '../workspaceBuilder';
import { Listener, until } from './listeners';
import { LiveWorld, type Somebody } from './liveWorld';

jest.setTimeout(30_000);

const PROFILE = 'subscription ($id: ID!, $after: String) { profileChanged(profileId: $id, after: $after) { id email } }';
const INTERACTIONS = `subscription ($id: ID, $departments: [Department!], $after: String) {
  interactionAdded(profileId: $id, departments: $departments, after: $after) { name profile { id } }
}`;

let world: LiveWorld;
let key: string;
let ada: Somebody;
let url: string;
const open: Listener[] = [];

beforeAll(async () => {
  world = await LiveWorld.start({ origins: ['https://console.example.com'] });
  url = world.api.url;
  key = await world.workspace.apiKey();
  ada = await world.somebody('ada');
});
afterEach(() => {
  for (const listener of open.splice(0)) listener.stop();
});
afterAll(async () => {
  expect(world.api.bugs).toEqual([]);
  await world.api.stop();
});

async function events(query: string, variables: Record<string, unknown>, as = key): Promise<Listener> {
  const listener = await Listener.onEvents(url, as, query, variables);
  open.push(listener);
  return listener;
}

function socket(query: string, variables: Record<string, unknown>, as: string | null = key): Listener {
  const listener = Listener.onSocket(url, as, query, variables);
  open.push(listener);
  return listener;
}

const namesOf = (listener: Listener) => listener.heard.map(({ data }) => data.interactionAdded.name);

it('tells a graphql-sse client each interaction of a profile in order, and only of that one', async () => {
  const bob = await world.somebody('bob');
  const listener = await events(INTERACTIONS, { id: ada.publicId });
  const atMs = Date.now();
  await world.batch(bob, [{ name: 'Not Hers' }]);
  await world.batch(ada, [
    { name: 'First', atMs },
    { name: 'Second', atMs: atMs + 1 },
  ]);
  await listener.hears(2);
  await world.batch(ada, [{ name: 'Long ago', atMs: Date.UTC(2020, 1, 1) }]);
  await listener.hears(3);
  expect(namesOf(listener)).toEqual(['First', 'Second', 'Long ago']);
  expect(listener.heard[0]?.data.interactionAdded.profile).toEqual({ id: ada.publicId });
});

it('tells a graphql-ws client the profile anew when something of it changes', async () => {
  const listener = socket(PROFILE, { id: ada.publicId });
  await until(async () => {
    await world.batch(ada, [{}]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return listener.heard.length > 0;
  });
  expect(listener.heard[0]).toEqual({
    data: { profileChanged: { id: ada.publicId, email: 'ada@example.com' } },
    extensions: { eventId: expect.any(String) },
  });
});

it('tells of what nobody announced, too', async () => {
  const listener = await events(INTERACTIONS, { id: ada.publicId });
  await world.batch(ada, [{ name: 'Silent' }], { announced: false });
  await listener.hears(1);
  expect(namesOf(listener)).toEqual(['Silent']);
});

it('holds back what a transaction wrote until all that began before it have ended, and then misses none', async () => {
  const listener = await events(INTERACTIONS, { id: ada.publicId });
  const slow = await world.api.database.owner.connect();
  try {
    await slow.query('begin');
    await slow.query('select pg_current_xact_id()');
    await world.batch(ada, [{ name: 'Later' }]);
    await slow.query(`insert into change_note (workspace_id, at, profile_ids, due_ids) values ($1, now(), $2, '{}')`, [
      world.workspaceId,
      [ada.profileId],
    ]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(listener.heard).toEqual([]);
    await slow.query('commit');
  } finally {
    slow.release();
  }
  await listener.hears(1);
  expect(namesOf(listener)).toEqual(['Later']);
});

it('tells all interactions of the workspace, or those of some departments', async () => {
  const cyd = await world.somebody('cyd');
  const all = await events(INTERACTIONS, {});
  const some = await events(INTERACTIONS, { departments: ['SUPPORT'] });
  await world.batch(ada, [{ name: 'One', department: 'SUPPORT' }]);
  await world.batch(cyd, [{ name: 'Two', department: 'SALES' }]);
  await world.batch(cyd, [{ name: 'Three', department: 'SUPPORT' }]);
  await all.hears(3);
  await some.hears(2);
  expect(namesOf(all)).toEqual(['One', 'Two', 'Three']);
  expect(namesOf(some)).toEqual(['One', 'Three']);
});

it.each([
  ['of one profile', () => ada.publicId],
  ['of all', () => null],
])('gives who comes back every interaction that it missed %s, in order and once', async (_whose, idOf) => {
  const first = await events(INTERACTIONS, { id: idOf() });
  await world.batch(ada, [{ name: 'Heard' }]);
  await first.hears(1);
  first.stop();
  const missed = Array.from({ length: 603 }, (_, index) => ({ name: `Missed ${index}`, atMs: Date.now() + index }));
  await world.batch(ada, missed.slice(0, 400));
  await world.batch(ada, missed.slice(400));
  const second = await events(INTERACTIONS, { id: idOf(), after: first.eventIds[0] });
  await world.batch(ada, [{ name: 'New', atMs: Date.now() + 5_000 }]);
  await second.hears(604);
  expect(namesOf(second)).toEqual([...missed.map(({ name }) => name), 'New']);
  second.stop();
  const third = await events(INTERACTIONS, { id: idOf(), after: second.eventIds.at(-1) });
  await world.batch(ada, [{ name: 'Newest' }]);
  await third.hears(1);
  expect(namesOf(third)).toEqual(['Newest']);
});

it('gives who comes back the profile at once', async () => {
  const first = await events(PROFILE, { id: ada.publicId });
  await world.batch(ada, [{}]);
  await first.hears(1);
  const second = await events(PROFILE, { id: ada.publicId, after: first.eventIds[0] });
  await second.hears(1);
});

it('takes the id of the last event from the header that browsers send', async () => {
  const first = await events(INTERACTIONS, { id: ada.publicId });
  await world.batch(ada, [{ name: 'Heard' }]);
  await first.hears(1);
  await world.batch(ada, [{ name: 'Missed' }]);
  const abort = new AbortController();
  const answer = await fetch(`${url}/stream`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'last-event-id': first.eventIds[0] ?? '',
    },
    body: JSON.stringify({ query: INTERACTIONS, variables: { id: ada.publicId } }),
    signal: abort.signal,
  });
  let text = '';
  for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(part).toString();
    if (text.includes('Missed')) break;
  }
  abort.abort();
  expect(text).toMatch(/\nid: i\w+-\w+\nevent: next\ndata: .*Missed/);
});

it('follows a profile into the one it is merged into', async () => {
  const [left, right] = [await world.somebody('left'), await world.somebody('right')];
  const listener = await events(PROFILE, { id: left.publicId });
  const { owner } = world.api.database;
  await owner.query('update profile p set merged_into = $2 where p.profile_id = $1', [left.profileId, right.profileId]);
  await owner.query('update identifier i set profile_id = $2 where i.profile_id = $1', [left.profileId, right.profileId]);
  await owner.query(`insert into change_note (workspace_id, at, profile_ids, due_ids, events) values ($1, now(), $2, '{}', '[]')`, [
    world.workspaceId,
    [right.profileId],
  ]);
  await world.announce();
  await listener.hears(1);
  expect(listener.heard[0]?.data.profileChanged.id).toBe(right.publicId);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await world.batch(right, [{}]);
  await listener.hears(2);
});

it('tells of a profile at most every quarter of a second, the last time for certain', async () => {
  const listener = await events(PROFILE, { id: ada.publicId });
  for (let batch = 0; batch < 20; batch++) await world.batch(ada, [{}]);
  const lastId = async () => (await events(PROFILE, { id: ada.publicId })).eventIds;
  await lastId();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(listener.heard.length).toBeGreaterThanOrEqual(2);
  expect(listener.heard.length).toBeLessThan(15);
});

it('masks for keys without pii:read, event by event', async () => {
  const masked = await world.workspace.apiKey('profiles:read');
  const listener = await events(PROFILE, { id: ada.publicId }, masked);
  await world.batch(ada, [{}]);
  await listener.hears(1);
  expect(listener.heard[0]?.data.profileChanged.email).toBe('a***@e***.com');
});

it.each([
  ['socket', 'was revoked', 'delete from credential c'],
  ['events', 'was revoked', 'delete from credential c'],
  ['socket', 'has expired', `update credential c set expires_at = now()`],
  ['events', 'has expired', `update credential c set expires_at = now()`],
])('cuts the stream of a key (%s) that %s', async (transport, _what, end) => {
  const revoked = await world.workspace.apiKey();
  const listener =
    transport === 'socket' ? socket(PROFILE, { id: ada.publicId }, revoked) : await events(PROFILE, { id: ada.publicId }, revoked);
  await until(async () => {
    await world.batch(ada, [{}]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return listener.heard.length > 0;
  });
  await world.api.database.owner.query(`${end} where c.key_hash = sha256($1::bytea)`, [Buffer.from(revoked)]);
  world.api.passTime(5_001);
  await listener.ends();
  if (transport === 'socket') expect(listener.closes).toEqual([4403]);
  else expect(listener.codes).toEqual(['UNAUTHENTICATED']);
});

it('refuses sockets without a key, with an unknown one, and with a write key', async () => {
  const writeKey = await world.workspace.source('Shop', 'SALES');
  const sockets = [null, 'unknown', writeKey].map((as) => socket(PROFILE, { id: ada.publicId }, as));
  await Promise.all(sockets.map((listener) => listener.ends()));
  expect(sockets.map(({ closes }) => closes[0])).toEqual([4401, 4401, 4403]);
});

it('refuses what queries are refused for, with the same codes', async () => {
  const other = await WorkspaceBuilder.create(world.api.database.owner, 'Others');
  const elsewhere = await other.profile({ identifiers: [{ type: 'email', value: 'x@example.com' }] });
  const reports = await world.workspace.apiKey('reports:read');
  const deep = `{ ${'profile { interactions { '.repeat(10)}id${' } }'.repeat(10)} }`;
  const refused = await Promise.all([
    events(PROFILE, { id: `prf_${elsewhere.replaceAll('-', '')}` }),
    events(PROFILE, { id: ada.publicId }, reports),
    events(PROFILE, { id: ada.publicId, after: 'nonsense' }),
    events('query { ingestion { processed } }', {}),
    events('subscription { nothing }', {}),
    events('subscription {', {}),
    events(`subscription { interactionAdded ${deep} }`, {}),
    events(
      'subscription { interactionAdded { profile { timeline(first: 1000) { nodes { profile { timeline(first: 1000) { totalCount } } } } } } }',
      {},
    ),
  ]);
  await Promise.all(refused.map((listener) => listener.ends()));
  const codes = await Promise.all(refused.map(({ ended }) => codeIn(ended)));
  expect(codes).toEqual([
    'NOT_FOUND',
    'FORBIDDEN',
    'INVALID_CURSOR',
    'INVALID_INPUT',
    'GRAPHQL_VALIDATION_FAILED',
    'GRAPHQL_PARSE_FAILED',
    'QUERY_TOO_COMPLEX',
    'QUERY_TOO_COMPLEX',
  ]);
});

/** graphql-sse gives the response that refused it. */
async function codeIn(error: unknown): Promise<string> {
  const { errors } = await (error as { response: Response }).response.json();
  return errors[0].extensions.code;
}

it('opens no socket for pages of origins that are not allowed, nor at other paths', async () => {
  const statusOf = (path: string, origin?: string) =>
    new Promise((resolve) => {
      const { port, hostname: host } = new URL(url);
      const headers = {
        connection: 'upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': `${'a'.repeat(22)}==`,
      };
      const request = sendRequest({ host, port, path, headers: { ...headers, ...(origin && { origin }) } });
      request.on('upgrade', (answer: { statusCode: number }, opened: { destroy(): void }) => {
        opened.destroy();
        resolve(answer.statusCode);
      });
      request.on('response', (answer: { statusCode: number }) => resolve(answer.statusCode));
      request.end();
    });
  expect(await statusOf('/graphql', 'https://evil.example')).toBe(403);
  expect(await statusOf('/graphql', 'https://console.example.com.evil.example')).toBe(403);
  expect(await statusOf('/graphql', 'null')).toBe(403);
  expect(await statusOf('/other')).toBe(404);
  expect(await statusOf('/graphql', new URL(url).origin)).toBe(101);
  expect(await statusOf('/graphql', 'https://console.example.com')).toBe(101);
  expect(await statusOf('/graphql')).toBe(101);
});

it('listens on one connection while somebody follows, opens it again when it breaks, and closes it with the last', async () => {
  const listening = async () => {
    const { rows } = await world.api.database.owner.query(
      `select pid from pg_stat_activity where application_name = 'own' and datname = current_database()`,
    );
    return rows.map(({ pid }) => pid as number);
  };
  const [one, two] = [await events(INTERACTIONS, { id: ada.publicId }), await events(PROFILE, { id: ada.publicId })];
  await until(async () => (await listening()).length === 1);
  const [pid] = await listening();
  await world.api.database.owner.query('select pg_terminate_backend($1)', [pid]);
  await world.batch(ada, [{ name: 'While deaf' }]);
  await one.hears(1);
  await until(async () => {
    const [again] = await listening();
    return again !== undefined && again !== pid;
  });
  one.stop();
  two.stop();
  await until(async () => (await listening()).length === 0);
});
