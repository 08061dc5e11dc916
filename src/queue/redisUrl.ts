export interface RedisHost {
  readonly host: string;
  readonly port: number;
}

interface RedisAccess {
  readonly username: string | null;
  readonly password: string | null;
  readonly tls: boolean;
}

/** Where the queue's Redis is: one server, one found through Sentinels, or a Cluster. */
export type RedisTarget =
  | ({ readonly kind: 'single'; readonly host: RedisHost; readonly db: number } & RedisAccess)
  | ({ readonly kind: 'sentinel'; readonly sentinels: readonly RedisHost[]; readonly name: string; readonly db: number } & RedisAccess)
  | ({ readonly kind: 'cluster'; readonly hosts: readonly RedisHost[] } & RedisAccess);

const SHAPE = /^(rediss?)(\+sentinel|\+cluster)?:\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/([^?#]*))?$/;
const HOST = /^(\[[0-9a-fA-F:.]+\]|[^:[\],\s]+)(?::([0-9]{1,5}))?$/;

/**
 * The forms of REDIS_URL (the `s` of rediss is TLS; user and password percent-encoded; ports may be left out):
 *
 *     redis://[[user]:password@]host[:6379][/db]
 *     redis+sentinel://[[user]:password@]host[:26379],host…/name[/db]
 *     redis+cluster://[[user]:password@]host[:6379],host…
 *
 * Null where the text is none of them.
 */
export function parseRedisUrl(url: string): RedisTarget | null {
  const [, scheme, form, credentials = '', hostList = '', path = ''] = SHAPE.exec(url) ?? [];
  if (!scheme) return null;
  const hosts = parseHosts(hostList, form === '+sentinel' ? 26379 : 6379);
  const access = parseAccess(credentials, scheme === 'rediss');
  if (!hosts || !access) return null;
  if (form === '+cluster') return path === '' ? { kind: 'cluster', hosts, ...access } : null;
  if (form === '+sentinel') return parseSentinel(hosts, path, access);
  const [host] = hosts;
  const db = parseDb(path);
  return host && hosts.length === 1 && db !== null ? { kind: 'single', host, db, ...access } : null;
}

function parseSentinel(sentinels: readonly RedisHost[], path: string, access: RedisAccess): RedisTarget | null {
  const [name = '', dbText = '', ...rest] = path.split('/');
  const db = parseDb(dbText);
  if (name === '' || db === null || rest.length > 0) return null;
  return { kind: 'sentinel', sentinels, name: decoded(name) ?? name, db, ...access };
}

function parseHosts(list: string, defaultPort: number): RedisHost[] | null {
  const hosts: RedisHost[] = [];
  for (const item of list.split(',')) {
    const [, host, portText] = HOST.exec(item) ?? [];
    const port = portText === undefined ? defaultPort : Number(portText);
    if (!host || port < 1 || port > 65_535) return null;
    hosts.push({ host: host.replace(/^\[|\]$/g, ''), port });
  }
  return hosts;
}

function parseAccess(credentials: string, tls: boolean): RedisAccess | null {
  const separator = credentials.indexOf(':');
  const username = decoded(separator < 0 ? credentials : credentials.slice(0, separator));
  const password = decoded(separator < 0 ? '' : credentials.slice(separator + 1));
  return username === null || password === null ? null : { username: username || null, password: password || null, tls };
}

function parseDb(text: string): number | null {
  if (text === '') return 0;
  return /^[0-9]{1,5}$/.test(text) ? Number(text) : null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
