import { parseRedisUrl } from '../../src/queue/redisUrl';

const open = { username: null, password: null, tls: false };

it('reads a single server, with defaults for what is left out', () => {
  expect(parseRedisUrl('redis://cache')).toEqual({ kind: 'single', host: { host: 'cache', port: 6379 }, db: 0, ...open });
});

it('reads user, password, port, database and TLS', () => {
  expect(parseRedisUrl('rediss://bull:p%40ss%3A%2F@cache.example:6380/3')).toEqual({
    kind: 'single',
    host: { host: 'cache.example', port: 6380 },
    db: 3,
    username: 'bull',
    password: 'p@ss:/',
    tls: true,
  });
});

it('reads Sentinels and the name of what they watch', () => {
  expect(parseRedisUrl('redis+sentinel://:secret@s1,s2:26380/main/1')).toEqual({
    kind: 'sentinel',
    sentinels: [
      { host: 's1', port: 26379 },
      { host: 's2', port: 26380 },
    ],
    name: 'main',
    db: 1,
    username: null,
    password: 'secret',
    tls: false,
  });
});

it('reads a Cluster, also by IPv6 addresses', () => {
  expect(parseRedisUrl('redis+cluster://[::1]:7000,10.0.0.2')).toEqual({
    kind: 'cluster',
    hosts: [
      { host: '::1', port: 7000 },
      { host: '10.0.0.2', port: 6379 },
    ],
    ...open,
  });
});

it.each([
  '',
  'localhost:6379',
  'http://localhost',
  'redis://',
  'redis://a,b',
  'redis://a:0',
  'redis://a:65536',
  'redis://a/x',
  'redis://a:%zz@b',
  'redis+sentinel://a,b',
  'redis+cluster://a/1',
  'redis+cluster://a,,b',
])('refuses %j', (url) => {
  // 'redis://a:%zz@b' has a password that is no percent-encoding.
  expect(parseRedisUrl(url)).toBeNull();
});
