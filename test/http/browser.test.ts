import { ask } from './client';
import { API_KEY, serveAllTests, WRITE_KEY } from './server';

const served = serveAllTests();
beforeEach(() => served.database.owner.query('truncate inbox, dead_letter'));

const inbox = async () => (await served.database.owner.query('select i.workspace_id, i.call, i.body from inbox i')).rows;

describe('a page of another origin', () => {
  it.each(['/v1/batch', '/v1/t', '/v1/m', '/api/s/s2s/track', '/v1/projects/x/settings'])(
    'may ask %s whether it may send',
    async (path) => {
      const headers = {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      };
      const answer = await ask(served.server.port, { method: 'OPTIONS', path, headers });
      expect(answer).toMatchObject({ status: 204, text: '', headers: { 'access-control-allow-origin': '*' } });
      expect(answer.headers['access-control-allow-headers']?.split(', ')).toEqual(
        expect.arrayContaining(['authorization', 'content-type', 'x-retry-count']),
      );
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    },
  );

  it('may read the answer and how long to wait, also when it is refused', async () => {
    for (const writeKey of [WRITE_KEY, 'nobody']) {
      const answer = await ask(served.server.port, {
        method: 'POST',
        path: '/v1/t',
        body: JSON.stringify({ userId: 'u', event: 'E', writeKey }),
      });
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'retry-after, ratelimit, ratelimit-policy',
      });
    }
  });
});

describe('the settings of a browser library', () => {
  it('send it to this very server', async () => {
    const answer = await ask(served.server.port, { path: `/v1/projects/${WRITE_KEY}/settings`, headers: { host: 'cdp.example:4000' } });
    expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': '*' } });
    expect(JSON.parse(answer.text)).toMatchObject({
      integrations: { 'Segment.io': { apiKey: WRITE_KEY, apiHost: 'cdp.example:4000/v1', protocol: 'http' } },
      plan: { track: { __default: { enabled: true } } },
    });
  });

  it.each(['nobody', API_KEY])('are not there for %s', async (key) => {
    const answer = await ask(served.server.port, { path: `/v1/projects/${key}/settings` });
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('the pixel', () => {
  const pixel = (type: string, query: string) => ask(served.server.port, { path: `/v1/pixel/${type}?${query}` });
  const base64 = (value: unknown): string => encodeURIComponent(Buffer.from(JSON.stringify(value)).toString('base64'));
  const isGif = { status: 200, headers: { 'content-type': 'image/gif', 'cache-control': 'no-store' } };

  it('takes a message in base64', async () => {
    const message = { writeKey: WRITE_KEY, userId: 'u', event: 'Email Opened', properties: { id: 'ä' } };
    expect(await pixel('track', `data=${base64(message)}`)).toMatchObject(isGif);
    expect((await inbox()).map((row) => [row.workspace_id, row.call, JSON.parse(row.body)])).toEqual([[1, 'track', message]]);
  });

  it('takes a message spread over the address', async () => {
    const query = `writeKey=${WRITE_KEY}&userId=u&event=Email%20Opened&properties.id=5&properties.__proto__.x=1&context.campaign.name=n`;
    expect(await pixel('track', query)).toMatchObject(isGif);
    const [row] = await inbox();
    expect(row.body.toString()).toContain('"properties":{"id":"5","__proto__":{"x":"1"}},"context":{"campaign":{"name":"n"}}');
  });

  it.each([
    ['an unknown key', 'track', 'writeKey=nobody&userId=u&event=E'],
    ['no key', 'track', 'userId=u&event=E'],
    ['an unknown type', 'explode', `writeKey=${WRITE_KEY}&userId=u`],
    ['data that is no JSON', 'track', 'data=%00%FF'],
    ['data that is no object', 'track', `data=${base64([1])}`],
    ['a bottomless name', 'track', `writeKey=${WRITE_KEY}&userId=u&event=E&${'a.'.repeat(3_000)}=1`],
  ])('answers its image to %s as well', async (_name, type, query) => {
    const answer = await pixel(type, query);
    expect(answer).toMatchObject(isGif);
    expect(answer.bytes.subarray(0, 6).toString()).toBe('GIF89a');
    expect(served.server.faults).toEqual([]);
  });
});
