/** The servers that bench/profileQuery.ts measures, each in a process of its own: the API as it is served, or one SQL behind node:http. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { createApi } from '../src/app/api/apiContext';
import { API_LIMITS } from '../src/app/api/apiLimits';
import { createHttpServer } from '../src/http/createHttpServer';
import { Metrics } from '../src/http/metrics';
import { identifierId } from '../src/identity/identifierId';
import { Credentials } from '../src/intake/credential';
import { Door } from '../src/intake/door';
import { RateLimiter } from '../src/intake/rates/rateLimiter';
import { WebhookSources } from '../src/intake/webhooks/webhookSources';
import { newUuidV7 } from '../src/kernel/uuid';
import { CHANNELS, DEPARTMENTS, INTERACTION_KINDS } from '../src/kernel/vocabulary';
import { appConnection } from '../src/storage/pool';
import { PipelinedConnections } from '../src/storage/workspaceConnections';

const CONNECTIONS = 4;
const MAX_BODY_BYTES = 2 ** 20;
const STATEMENT_TIMEOUT_MS = 10_000;

/** What the page's query asks for, written as JSON by PostgreSQL; times as its own text made ISO. */
const ONE_SQL = `
with member as (
  select i.* from identifier i
  where i.workspace_id = 1 and i.profile_id = (select h.profile_id from identifier h where h.workspace_id = 1 and h.identifier_id = $1)
)
select json_build_object('data', json_build_object('profile', json_build_object(
  'id', 'prf_' || replace(p.profile_id::text, '-', ''),
  'firstSeenAt', to_char(p.first_seen_at, $2), 'lastSeenAt', to_char((select max(m.last_seen_at) from member m), $2),
  'traits', (select json_object_agg(t.key, t.value -> 'r' -> 0 -> 0 order by t.key) from member m
             join trait_state s on s.workspace_id = 1 and s.identifier_id = m.identifier_id, json_each(s.traits) t),
  'identifiers', (select json_agg(json_build_object('type', m.type, 'value', m.value,
      'firstSeenAt', to_char(least(m.first_seen_at, seen.first), $2), 'lastSeenAt', to_char(greatest(m.last_seen_at, seen.last), $2))
      order by m.first_seen_at, m.identifier_id)
    from member m cross join lateral (
      select min(l.first_seen_at) as first, max(l.last_seen_at) as last from (
        select l.first_seen_at, l.last_seen_at from link l where l.workspace_id = 1 and l.low_id = m.identifier_id
        union all select l.first_seen_at, l.last_seen_at from link l where l.workspace_id = 1 and l.high_id = m.identifier_id) l) seen),
  'timeline', json_build_object('totalCount', (select sum(m.interactions) from member m), 'nodes', (
    select json_agg(json_build_object('id', 'int_' || replace(n.interaction_id::text, '-', ''), 'occurredAt', to_char(n.occurred_at, $2),
      'department', ($3::text[])[n.department + 1], 'channel', ($4::text[])[n.channel + 1], 'kind', ($5::text[])[n.kind + 1],
      'name', n.name, 'properties', n.properties) order by n.occurred_at desc, n.interaction_id desc)
    from (
      select e.* from member m cross join lateral (
        select x.* from interaction x where x.workspace_id = 1 and x.identifier_id = m.identifier_id
        order by x.occurred_at desc, x.interaction_id desc limit 50) e
      order by e.occurred_at desc, e.interaction_id desc limit 50) n))
)))::text as answer
from profile p where p.workspace_id = 1 and p.profile_id = (select m.profile_id from member m limit 1)`;
const ISO = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';

async function plainServer(url: string): Promise<AddressInfo> {
  const clients = Array.from({ length: CONNECTIONS }, () => new pg.Client({ connectionString: url, pipeline: true } as pg.ClientConfig));
  for (const client of clients) {
    await client.connect();
    await client.query(`set timezone = 'UTC'`);
  }
  let turn = 0;
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { variables } = JSON.parse(Buffer.concat(chunks).toString()) as { variables: { email: string } };
      const values = [String(identifierId('email', variables.email)), ISO, DEPARTMENTS, CHANNELS, INTERACTION_KINDS];
      const client = clients[turn++ % CONNECTIONS] as pg.Client;
      const { rows } = await client.query<{ answer: string }>({ name: 'profile', text: ONE_SQL, values });
      const answer = rows[0]?.answer ?? '{"data":{"profile":null}}';
      response
        .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(answer) })
        .end(answer);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server.address() as AddressInfo;
}

async function apiServer(url: string): Promise<AddressInfo> {
  const connection = appConnection(url, STATEMENT_TIMEOUT_MS);
  const connections = new PipelinedConnections({ connection, connections: CONNECTIONS });
  const metrics = new Metrics();
  const newId = () => newUuidV7(Date.now());
  const door = new Door({
    append: () => Promise.resolve(1n),
    refuseWhenBehind: () => undefined,
    clock: Date.now,
    newId,
    maxBodyBytes: MAX_BODY_BYTES,
  });
  const credential = {
    workspaceId: 1,
    credentialId: newId(),
    sourceId: null,
    scopes: ['profiles:read', 'pii:read', 'reports:read', 'segments:read'],
    name: 'bench',
    expiresAtMs: null,
  };
  const credentials = new Credentials(() => Promise.resolve(credential), Date.now);
  const onFault = (error: unknown) => {
    throw error;
  };
  const api = createApi({
    connections,
    reportConnections: new PipelinedConnections({ connection, connections: CONNECTIONS, manner: 'reports' }),
    pool: new pg.Pool({ ...appConnection(url, STATEMENT_TIMEOUT_MS), max: 1 }),
    door,
    credentials,
    clock: Date.now,
    newId,
    maxBodyBytes: MAX_BODY_BYTES,
    webhookAllowPrivate: false,
    auditReadsOneIn: 1,
    devApiKey: null,
    ring: () => undefined,
    connection,
    publicUrl: null,
    limits: { ...API_LIMITS, spending: new RateLimiter({ quota: 10 ** 12, windowMs: 1_000 }, Date.now) },
    onFault,
    onBug: onFault,
  });
  const app = createHttpServer({
    webhookSources: new WebhookSources(() => Promise.resolve([]), Date.now),
    publicUrl: null,
    clock: Date.now,
    door,
    credentials,
    metrics,
    maxBodyBytes: MAX_BODY_BYTES,
    readiness: () => Promise.resolve({ isReady: true, checks: [] }),
    metricsToken: null,
    plugins: [api],
    onFault,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app.server.address() as AddressInfo;
}

async function serve(): Promise<void> {
  const url = process.env['PROFILE_DATABASE_URL'] as string;
  const address = process.env['PROFILE_SERVER'] === 'plain' ? await plainServer(url) : await apiServer(url);
  process.on('disconnect', () => process.exit(0));
  process.send?.(address.port);
}

void serve();
