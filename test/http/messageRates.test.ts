import { RateLimiter } from '../../src/intake/rates/rateLimiter';
import { aTrack } from '../intake/builders';
import { ask } from './client';
import { basic, OTHER_WRITE_KEY, serveAllTests, WRITE_KEY } from './server';

const time = { nowMs: Date.UTC(2026, 0, 1) };
const clock = () => time.nowMs;
const served = serveAllTests({
  messageRates: new RateLimiter({ quota: 10, windowMs: 10_000 }, clock),
  attempts: new RateLimiter({ quota: 2, windowMs: 60_000 }, clock),
});

const send = (key: string, count: number, inBody = false) =>
  ask(served.server.port, {
    method: 'POST',
    path: '/v1/batch',
    headers: inBody ? {} : { authorization: basic(key) },
    body: JSON.stringify({ ...(inBody && { writeKey: key }), batch: Array.from({ length: count }, () => aTrack()) }),
  });

it('takes as many messages as a source may send, says what is left, and then asks it to wait', async () => {
  const first = await send(WRITE_KEY, 4);
  expect(first).toMatchObject({ status: 200, headers: { 'ratelimit-policy': '"messages";q=10;w=10', ratelimit: '"messages";r=6;t=4' } });
  expect((await send(WRITE_KEY, 4)).status).toBe(200);
  // A batch is taken whole or not at all.
  expect((await send(WRITE_KEY, 8)).status).toBe(200);
  for (const inBody of [false, true]) {
    const refused = await send(WRITE_KEY, 1, inBody);
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '7' } });
    expect(JSON.parse(refused.text).error.code).toBe('RATE_LIMITED');
    expect(refused.headers['access-control-expose-headers']).toContain('retry-after');
  }
  expect((await send(OTHER_WRITE_KEY, 1)).status).toBe(200);
  time.nowMs += 7_000;
  expect((await send(WRITE_KEY, 1)).status).toBe(200);
});

it('stops looking up keys for an address that tried too many that are nobody’s, wherever they stand', async () => {
  expect((await send('guess-1', 1)).status).toBe(401);
  expect((await send('guess-2', 1, true)).status).toBe(401);
  expect((await send('guess-3', 1)).status).toBe(429);
  expect((await send('guess-4', 1, true)).status).toBe(429);
  expect((await ask(served.server.port, { path: '/v1/projects/guess-5/settings' })).status).toBe(429);
  expect((await ask(served.server.port, { path: '/v1/pixel/track.gif?writeKey=guess-6&userId=u&event=E' })).status).toBe(200);
});
