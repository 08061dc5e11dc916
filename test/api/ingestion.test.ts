import type { MessageDoor } from '../../src/api/ports/messageDoor';
import type { JsonObject } from '../../src/kernel/json';
import { type Answer, ApiUnderTest } from './apiUnderTest';
import { WorkspaceBuilder } from './workspaceBuilder';

/** Takes what has a userId, and remembers it. */
class OpenDoor implements MessageDoor {
  readonly taken: { sourceId: number; messages: readonly JsonObject[] }[] = [];

  accept(source: { sourceId: number }, messages: readonly JsonObject[]) {
    const good = messages.filter((message) => message['userId'] !== undefined);
    this.taken.push({ sourceId: source.sourceId, messages: good });
    return Promise.resolve({ accepted: good.length, position: good.length > 0 ? '42' : null });
  }

  check(_source: unknown, message: JsonObject) {
    return message['userId'] === undefined ? { code: 'MESSAGE_WITHOUT_ID', reason: 'Still no id.' } : null;
  }
}

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;
const door = new OpenDoor();

beforeAll(async () => {
  api = await ApiUnderTest.start({ door });
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
});
afterAll(() => api.stop());

const INGEST =
  'mutation ($messages: [JSONObject!]!, $source: ID) { ingest(input: { messages: $messages, sourceId: $source }) { accepted position } }';

it('hands messages to the door, and answers how many it took and the position', async () => {
  const { data } = await api.query(key, INGEST, { messages: [{ type: 'track', userId: 'a' }, { type: 'track' }], source: 'src_1' });
  expect(data.ingest).toEqual({ accepted: 1, position: '42' });
  expect(door.taken.at(-1)).toMatchObject({ sourceId: 1, messages: [{ userId: 'a' }] });
});

it('answers a position that has passed where nothing was accepted', async () => {
  const { data } = await api.query(key, INGEST, { messages: [{ type: 'track' }] });
  expect(data.ingest.accepted).toBe(0);
  expect((await api.query(key, '{ ingestion { processed } }', {}, { 'throughline-position': data.ingest.position })).codes).toEqual([]);
});

it('keeps every digit of a number that a double cannot hold, as a variable and in the query', async () => {
  await api.send(`{"query":${JSON.stringify(INGEST)},"variables":{"messages":[{"type":"track","userId":9007199254740993}]}}`, {
    authorization: `Bearer ${key}`,
  });
  expect(door.taken.at(-1)?.messages[0]?.['userId']).toBe('9007199254740993');
  await api.query(
    key,
    'mutation { ingest(input: { messages: [{ type: "track", userId: 9007199254740993, n: 12, x: 1.5, deep: [{ ok: true, no: null, kind: E }] }] }) { accepted } }',
  );
  expect(door.taken.at(-1)?.messages[0]).toEqual({
    type: 'track',
    userId: '9007199254740993',
    n: 12,
    x: 1.5,
    deep: [{ ok: true, no: null, kind: 'E' }],
  });
});

it.each([
  ['no messages', { messages: [] }, 'INVALID_INPUT'],
  ['2,501 messages', { messages: Array.from({ length: 2501 }, () => ({})) }, 'INVALID_INPUT'],
  ['a source that is none', { messages: [{}], source: 'src_99' }, 'NOT_FOUND'],
  ['a profile for a source', { messages: [{}], source: `prf_${'0'.repeat(32)}` }, 'NOT_FOUND'],
  ['a message that is no object', { messages: [1] }, 'BAD_USER_INPUT'],
])('refuses %s', async (_what, variables, code) => {
  expect((await api.query(key, INGEST, variables)).codes).toEqual([code]);
});

const RETRY = 'mutation ($id: ID!) { retryDeadLetter(input: { id: $id }) { id accepted code reason } }';
const publicId = (uuid: string) => `dlt_${uuid.replaceAll('-', '')}`;

it('puts a dead letter back into the inbox once, however many ask at the same moment', async () => {
  const id = publicId(await acme.deadLetter('MESSAGE_WITHOUT_ID', { type: 'track', userId: 'repaired', event: 'X' }));
  const answers = await Promise.all(Array.from({ length: 5 }, () => api.query(key, RETRY, { id })));
  expect(answers.filter(({ data }) => data?.retryDeadLetter?.accepted === true)).toHaveLength(1);
  expect(answers.flatMap(({ codes }) => codes)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  const { rows } = await api.database.owner.query(`select convert_from(i.body, 'UTF8') as body, i.source_id, i.message_count from inbox i`);
  expect(rows).toEqual([{ body: expect.any(String), source_id: 1, message_count: 1 }]);
  expect(JSON.parse(rows[0].body)).toEqual({ batch: [{ type: 'track', userId: 'repaired', event: 'X' }] });
  await api.database.owner.query('delete from inbox');
});

it('leaves a dead letter where it is when the door would refuse it again, and says why', async () => {
  const id = publicId(await acme.deadLetter('MESSAGE_WITHOUT_ID', { type: 'track' }));
  const { data } = await api.query(key, RETRY, { id });
  expect(data.retryDeadLetter).toEqual({ id, accepted: false, code: 'MESSAGE_WITHOUT_ID', reason: 'Still no id.' });
  expect((await api.query(key, '{ deadLetters { nodes { id } } }')).data.deadLetters.nodes).toContainEqual({ id });
});

it('lists dead letters the latest first and pages through all of them', async () => {
  for (let index = 0; index < 7; index++) await acme.deadLetter(`CODE_${index}`, { index });
  const { data } = await api.query(key, '{ deadLetters(first: 100) { totalCount nodes { code message source { name } } } }');
  const paged: string[] = [];
  for (let after: string | null = null; ; ) {
    const { data: found }: Answer = await api.query(
      key,
      'query ($after: String) { deadLetters(first: 3, after: $after) { nodes { code } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    const page = found.deadLetters;
    paged.push(...page.nodes.map((node: { code: string }) => node.code));
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  expect(paged).toEqual(data.deadLetters.nodes.map((node: { code: string }) => node.code));
  expect(paged.slice(0, 2)).toEqual(['CODE_6', 'CODE_5']);
  expect(data.deadLetters.totalCount).toBe(paged.length);
});

it('says how far ingestion has come', async () => {
  await api.database.owner.query('update lane set processed_messages = 9007199254740991, messages_per_second = 12.5, updated_at = now()');
  const position = await acme.waiting();
  const { data } = await api.query(key, '{ ingestion { received processed lagMillis deadLetters eventsPerSecond } }');
  expect(data.ingestion).toMatchObject({ processed: '9007199254740991', eventsPerSecond: 12.5 });
  expect(data.ingestion.lagMillis).toBeGreaterThanOrEqual(0);
  await acme.processed(position);
  api.passTime(60_000);
  expect((await api.query(key, '{ ingestion { lagMillis eventsPerSecond } }')).data.ingestion).toEqual({
    lagMillis: 0,
    eventsPerSecond: 0,
  });
});

describe('the header throughline-position', () => {
  const read = (position: string) => api.query(key, '{ ingestion { processed } }', {}, { 'throughline-position': position });

  it('holds the answer back until what was written is processed', async () => {
    const position = await acme.waiting();
    let answered = false;
    const answers = [read(position), read(position), read(position)].map(async (answer) => {
      expect((await answer).codes).toEqual([]);
      answered = true;
    });
    await new Promise((wake) => setTimeout(wake, 150));
    expect(answered).toBe(false);
    await acme.processed(position);
    await Promise.all(answers);
  });

  it('does not wait for what came later', async () => {
    const [earlier, later] = [await acme.waiting(), await acme.waiting()];
    await acme.processed(earlier);
    expect((await read(earlier)).codes).toEqual([]);
    await acme.processed(later);
  });

  it('answers 504 POSITION_TIMEOUT when it takes longer than 10 seconds', async () => {
    const position = await acme.waiting();
    const answer = read(position);
    await new Promise((wake) => setTimeout(wake, 100));
    api.passTime(11_000);
    expect(await answer).toMatchObject({ status: 504, codes: ['POSITION_TIMEOUT'] });
    await acme.processed(position);
  });

  it.each(['', 'abc', '-1', '1.5', '1e3', '99999999999999999999', '9223372036854775808', ' 1 2'])('refuses %j', async (position) => {
    expect(await read(position)).toMatchObject({ status: 400, codes: ['INVALID_INPUT'] });
  });

  it("does not wait for another workspace's inbox", async () => {
    const globex = await WorkspaceBuilder.create(api.database.owner, 'Globex');
    const position = await globex.waiting();
    expect((await read(position)).codes).toEqual([]);
  });
});
