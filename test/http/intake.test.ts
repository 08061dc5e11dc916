import { gzipSync } from 'node:zlib';
import { readMessages } from '../../src/intake/readMessages';
import { aDeepTrack, anIdentify, aTrack, type Raw } from '../intake/builders';
import { ask } from './client';
import { API_KEY, basic, MAX_BODY_BYTES, OTHER_WRITE_KEY, serveAllTests, WRITE_KEY } from './server';

const served = serveAllTests();
beforeEach(() => served.database.owner.query('truncate inbox, dead_letter'));

interface Sent {
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer | object;
}
async function post({ path = '/v1/batch', headers = { authorization: basic(WRITE_KEY) }, body = { batch: [aTrack()] } }: Sent) {
  const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const answer = await ask(served.server.port, { method: 'POST', path, headers, body: payload });
  return { ...answer, body: JSON.parse(answer.text) };
}

/** What the worker would find. */
async function inbox(): Promise<{ position: string; workspaceId: number; sourceId: number; messages: readonly object[] }[]> {
  const { rows } = await served.database.owner.query('select i.* from inbox i order by i.position');
  return rows.map((row) => {
    const entry = {
      sourceId: row.source_id,
      receivedAtMs: row.received_at.getTime(),
      messageCount: row.message_count,
      call: row.call,
      refused: row.refused ?? [],
      body: row.body,
    };
    const { messages } = readMessages(entry, BigInt(row.position));
    expect(messages).toHaveLength(entry.messageCount);
    return { position: row.position, workspaceId: row.workspace_id, sourceId: row.source_id, messages };
  });
}
const deadLetters = async () =>
  (await served.database.owner.query('select d.workspace_id, d.code, d.source_id, d.message from dead_letter d order by d.dead_letter_id'))
    .rows;

describe('the paths', () => {
  it.each(['/v1/batch', '/v1/import', '/v1/b', '/v1/batch/', '//v1//batch'])('%s takes a batch', async (path) => {
    const answer = await post({ path, body: { batch: [aTrack(), anIdentify()] } });
    expect(answer).toMatchObject({ status: 200, body: { success: true, position: expect.stringMatching(/^\d+$/) } });
    expect(await inbox()).toMatchObject([
      { position: answer.body.position, workspaceId: 1, sourceId: 7, messages: [{ call: 'track' }, { call: 'identify' }] },
    ]);
  });

  it.each([
    ['track', 't', { event: 'E' }],
    ['identify', 'i', {}],
    ['page', 'p', {}],
    ['screen', 's', {}],
    ['group', 'g', { groupId: 'g' }],
    ['alias', 'a', { previousId: 'p' }],
  ])('of %s and its short form /v1/%s take one call, and so do Jitsu’s', async (call, short, fields) => {
    const paths = [`/v1/${call}`, `/v1/${short}`, `/v1/${call}/`, `/api/s/${call}`, `/api/s/s2s/${call}`];
    for (const path of paths)
      expect(await post({ path, body: { userId: 'u', ...fields } })).toMatchObject({ status: 200, body: { success: true } });
    expect((await inbox()).flatMap(({ messages }) => messages)).toMatchObject(paths.map(() => ({ call })));
  });

  it('throw a browser library’s reports on itself away', async () => {
    expect(await post({ path: '/v1/m', headers: {}, body: { series: [] } })).toMatchObject({ status: 200, body: { success: true } });
    expect(await inbox()).toEqual([]);
  });
});

describe('the key', () => {
  it.each<[string, Sent]>([
    ['the user name of Basic', {}],
    ['Basic without a colon', { headers: { authorization: `Basic ${Buffer.from(WRITE_KEY).toString('base64')}` } }],
    ['Bearer', { headers: { authorization: `Bearer ${WRITE_KEY}` } }],
    [
      'X-Write-Key with a secret',
      { headers: { 'x-write-key': `${WRITE_KEY}:secret` }, body: { batch: [aTrack()], writeKey: 'wk_acme:***' } },
    ],
    ['the body', { headers: {}, body: { batch: [aTrack()], writeKey: WRITE_KEY } }],
    ['the messages of a batch', { headers: {}, body: { batch: [aTrack({ writeKey: WRITE_KEY })] } }],
    ['the address', { headers: {}, path: `/v1/batch?writeKey=${WRITE_KEY}` }],
  ])('may come as %s', async (_name, sent) => {
    expect(await post(sent)).toMatchObject({ status: 200, body: { success: true } });
    expect(await inbox()).toHaveLength(1);
  });

  it.each<[string, Sent, number, string]>([
    ['unknown', { headers: { authorization: basic('nobody') } }, 401, 'UNAUTHENTICATED'],
    ['missing', { headers: {} }, 401, 'UNAUTHENTICATED'],
    ['unknown in the body', { headers: {}, body: { batch: [], writeKey: 'nobody' } }, 401, 'UNAUTHENTICATED'],
    ['no text', { headers: {}, body: { batch: [], writeKey: { a: 1 } } }, 401, 'UNAUTHENTICATED'],
    ['garbled', { headers: { authorization: 'Digest x y z' } }, 401, 'UNAUTHENTICATED'],
    ['one of the API', { headers: { authorization: `Bearer ${API_KEY}` } }, 403, 'FORBIDDEN'],
  ])('is refused when it is %s, and nothing is kept', async (_name, sent, status, code) => {
    expect(await post(sent)).toMatchObject({ status, body: { success: false, error: { code } } });
    expect([await inbox(), await deadLetters()]).toEqual([[], []]);
  });

  it('decides whose messages they are', async () => {
    await Promise.all([post({}), post({ headers: { authorization: basic(OTHER_WRITE_KEY) } })]);
    expect((await inbox()).map(({ workspaceId, sourceId }) => [workspaceId, sourceId]).sort()).toEqual([
      [1, 7],
      [2, 8],
    ]);
  });
});

describe('a body', () => {
  it.each(['application/json', 'text/plain;charset=UTF-8', 'application/x-www-form-urlencoded', 'garbage;;;=', ''])(
    'is read as JSON when its content-type is %j',
    async (type) => {
      expect(await post({ headers: { authorization: basic(WRITE_KEY), 'content-type': type } })).toMatchObject({ status: 200 });
      expect(await inbox()).toHaveLength(1);
    },
  );

  it('may be compressed, also when the library calls it a form', async () => {
    const headers = { authorization: basic(WRITE_KEY), 'content-encoding': 'gzip', 'content-type': 'application/x-www-form-urlencoded' };
    expect(await post({ headers, body: gzipSync(JSON.stringify({ batch: [aTrack()] })) })).toMatchObject({ status: 200 });
    expect(await inbox()).toMatchObject([{ messages: [{ name: 'Order Completed' }] }]);
  });

  const gzip = { authorization: basic(WRITE_KEY), 'content-encoding': 'gzip' };
  it.each<[string, Sent, string]>([
    ['no JSON', { body: '{"batch":' }, 'BODY_NOT_JSON'],
    ['empty', { body: '' }, 'BODY_NOT_JSON'],
    ['no batch', { body: { messages: [] } }, 'BODY_NOT_A_BATCH'],
    ['a list', { body: [aTrack()] }, 'BODY_NOT_A_BATCH'],
    ['a list, for a single call', { path: '/v1/track', body: [aTrack()] }, 'BODY_NOT_A_BATCH'],
    ['no UTF-8', { body: Buffer.from([0x7b, 0xff]) }, 'BODY_ENCODING'],
    ['truncated gzip', { headers: gzip, body: gzipSync(JSON.stringify({ batch: [aTrack()] })).subarray(0, 30) }, 'BODY_ENCODING'],
    ['a gzip bomb', { headers: gzip, body: gzipSync(Buffer.alloc(100 * MAX_BODY_BYTES, 0x20)) }, 'BODY_TOO_LARGE'],
    ['too large', { body: Buffer.alloc(MAX_BODY_BYTES + 1, 0x20) }, 'BODY_TOO_LARGE'],
    ['more messages than anyone sends', { body: `{"batch":[${'1,'.repeat(10_000)}1]}` }, 'BODY_TOO_LARGE'],
    ['nothing but brackets', { body: '['.repeat(MAX_BODY_BYTES) }, 'BODY_TOO_DEEP'],
    ['a message of 30,000 levels', { body: `{"batch":[${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}]}` }, 'BODY_TOO_DEEP'],
  ])('is refused with 400 when it is %s', async (_name, sent, code) => {
    expect(await post(sent)).toMatchObject({ status: 400, body: { success: false, error: { code, reason: expect.any(String) } } });
    expect([await inbox(), await deadLetters(), served.server.faults]).toEqual([[], [], []]);
  });

  it('of more than 500 KB is taken', async () => {
    const batch = Array.from({ length: 60 }, (_, index) => aTrack({ messageId: `m-${index}`, properties: { text: 'x'.repeat(30_000) } }));
    expect(await post({ body: { batch } })).toMatchObject({ status: 200, body: { success: true } });
  });

  it('without any message is taken for what it is', async () => {
    expect((await post({ body: { batch: [] } })).body).toEqual({ success: true });
  });
});

describe('a bad message', () => {
  it('is refused alone, told of, and kept as a dead letter', async () => {
    const batch: unknown[] = Array.from({ length: 2_500 }, (_, index) => aTrack({ messageId: `m-${index}` }));
    const bad: [number, unknown, string][] = [
      [0, 5, 'MESSAGE_NOT_AN_OBJECT'],
      [7, aTrack({ userId: null }), 'MESSAGE_WITHOUT_ID'],
      [8, aTrack({ timestamp: 'yesterday' }), 'TIMESTAMP_INVALID'],
      [9, aTrack({ timestamp: '9999-01-01T00:00:00Z' }), 'TIMESTAMP_INVALID'],
      [100, aTrack({ messageId: 'x'.repeat(101) }), 'MESSAGE_ID_TOO_LONG'],
      [101, aTrack({ properties: { text: 'x'.repeat(40_000) } }), 'MESSAGE_TOO_LARGE'],
      [500, aTrack({ type: 'explode' }), 'MESSAGE_TYPE_UNKNOWN'],
      [1_000, aTrack({ event: null }), 'MESSAGE_FIELD_MISSING'],
      [2_000, JSON.parse(aDeepTrack(200)), 'MESSAGE_TOO_DEEP'],
      [2_499, aTrack({ userId: ['u\0'] }), 'MESSAGE_FIELD_INVALID'],
    ];
    for (const [index, message] of bad) batch[index] = message;
    const answer = await post({ body: { batch } });
    expect(answer.status).toBe(200);
    expect(answer.body.rejected).toEqual(bad.map(([index, , code]) => ({ index, code, reason: expect.any(String) })));
    const [entry] = await inbox();
    expect(entry).toMatchObject({ position: answer.body.position });
    expect(entry?.messages).toHaveLength(2_490);
    const letters = await deadLetters();
    expect(letters.map(({ code }) => code).sort()).toEqual(bad.map(([, , code]) => code).sort());
    const letterOf = (refusal: string) => letters.find(({ code }) => code === refusal);
    expect(letterOf('MESSAGE_NOT_AN_OBJECT')).toMatchObject({ workspace_id: 1, source_id: 7, message: { value: 5 } });
    expect(letterOf('MESSAGE_FIELD_INVALID').message).toMatchObject({ userId: ['u\ufffd'] });
  });

  it('on its own is answered with 200 and no position', async () => {
    const { status, body } = await post({ path: '/v1/track', body: { event: 'E' } });
    expect([status, body]).toEqual([
      200,
      { success: true, rejected: [{ index: 0, code: 'MESSAGE_WITHOUT_ID', reason: 'Neither userId nor anonymousId.' }] },
    ]);
    expect(await deadLetters()).toMatchObject([{ message: { event: 'E', type: 'track' } }]);
    expect(await inbox()).toEqual([]);
  });
});

it('keeps text that PostgreSQL can not store in a form that it can', async () => {
  const body =
    '{"batch":[{"type":"identify","userId":"a\\u0000b","traits":{"\\ud800":"\\udc00 \\u0000","__proto__":{"x":9007199254740993}}}]}';
  expect(await post({ body })).toMatchObject({ status: 200 });
  const [message] = (await inbox()).flatMap(({ messages }) => messages as Raw[]);
  expect(message).toMatchObject({ userId: 'a\ufffdb' });
  expect(JSON.stringify(message?.['traits'])).toBe('{"\ufffd":"\ufffd \ufffd","__proto__":{"x":"9007199254740993"}}');
});

it('says everything that it has to say about refusals with a code, also where nothing matches', async () => {
  const answers = await Promise.all([
    ask(served.server.port, { method: 'POST', path: '/nowhere', body: '{}' }),
    ask(served.server.port, { method: 'GET', path: '/v1/batch' }),
    ask(served.server.port, { method: 'HEAD', path: '/v1/track' }),
    ask(served.server.port, { method: 'DELETE', path: '/v1/t/' }),
    ask(served.server.port, { method: 'GET', path: '/v1/%zz' }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([404, 405, 405, 405, 400]);
  expect(answers.filter(({ text }) => text !== '').map(({ text }) => JSON.parse(text).error.code)).toEqual([
    'NOT_FOUND',
    'METHOD_NOT_ALLOWED',
    'METHOD_NOT_ALLOWED',
    'REQUEST_INVALID',
  ]);
  expect(answers[1]?.headers['allow']).toBe('POST, OPTIONS');
});
