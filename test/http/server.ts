import { createHash, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createHttpServer, type HttpServerOptions } from '../../src/http/createHttpServer';
import { Metrics } from '../../src/http/metrics';
import { type Credential, Credentials } from '../../src/intake/credential';
import { Door } from '../../src/intake/door';
import { GROUP_COMMIT_LIMITS, GroupCommit } from '../../src/intake/groupCommit';
import { OverloadGate } from '../../src/intake/overloadGate';
import type { RateLimiter } from '../../src/intake/rates/rateLimiter';
import { type WebhookSource, WebhookSources } from '../../src/intake/webhooks/webhookSources';
import { newUuidV7 } from '../../src/kernel/uuid';
import { InboxWriter, isRowAtFault } from '../../src/storage/inboxWriter';
import { readBacklog } from '../../src/storage/statements/readBacklog';
import { createTestDatabase, type TestDatabase } from '../database';

export const WRITE_KEY = 'wk_acme';
export const OTHER_WRITE_KEY = 'wk_globex';
export const API_KEY = 'ak_acme';
export const MAX_BODY_BYTES = 2 * 2 ** 20;

export interface RunningServer {
  readonly app: FastifyInstance;
  readonly port: number;
  readonly gate: OverloadGate;
  readonly faults: unknown[];
  /** `workspace: first-last` of each ring of the bell. */
  readonly rung: string[];
  close(): Promise<void>;
}

export interface ServerOverrides {
  readonly databaseUrl?: string;
  readonly maxMessages?: number;
  readonly clock?: () => number;
  readonly readiness?: HttpServerOptions['readiness'];
  readonly metricsToken?: string;
  readonly plugins?: HttpServerOptions['plugins'];
  readonly connectionLimits?: HttpServerOptions['connectionLimits'];
  readonly publicUrl?: string;
  readonly messageRates?: RateLimiter;
  /** By address: keys that are nobody's. */
  readonly attempts?: RateLimiter;
}

/** Two workspaces, Acme (1) with a write key and an API key, Globex (2) with a write key. */
export async function seedWorkspaces(database: TestDatabase): Promise<void> {
  await database.owner.query(`insert into workspace (name, created_at) values ('Acme', now()), ('Globex', now())`);
  await database.owner.query(`
    insert into source (workspace_id, source_id, name, type, department, created_at)
    values (1, 7, 'Website', 'segment', 0, now()), (2, 8, 'Website', 'segment', 0, now())`);
  const keys: [string, number, number | null][] = [
    [WRITE_KEY, 1, 7],
    [OTHER_WRITE_KEY, 2, 8],
    [API_KEY, 1, null],
  ];
  for (const [key, workspaceId, sourceId] of keys) {
    await database.owner.query(
      'insert into credential (key_hash, workspace_id, credential_id, source_id, name, scopes, created_at) values ($1, $2, $3, $4, $5, $6, now())',
      [createHash('sha256').update(key).digest(), workspaceId, randomUUID(), sourceId, key, []],
    );
  }
}

/** The whole HTTP surface on a real database, as the application puts it together. */
export async function startServer(database: TestDatabase, overrides: ServerOverrides = {}): Promise<RunningServer> {
  const faults: unknown[] = [];
  const rung: string[] = [];
  const metrics = new Metrics();
  const clock = overrides.clock ?? Date.now;
  const writer = new InboxWriter({
    databaseUrl: overrides.databaseUrl ?? database.url,
    applicationName: 'intake-test',
    connections: 2,
    statementTimeoutMs: 5_000,
    onConnectionLost: () => undefined,
  });
  const commit = new GroupCommit(
    {
      write: (group) => writer.write(group),
      isRowAtFault,
      ring: (workspaceId, first, last) => void rung.push(`${workspaceId}: ${first}-${last}`),
      clock,
      onCommit: (figures) => metrics.noteCommit(figures),
    },
    GROUP_COMMIT_LIMITS,
  );
  const gate = new OverloadGate(
    { readBacklog: () => backlogOf(database), clock },
    { maxMessages: overrides.maxMessages ?? 1_000_000, maxSeconds: 300 },
  );
  const door = new Door({
    append: (append) => commit.append(append),
    refuseWhenBehind: (workspaceId) => gate.refuseWhenBehind(workspaceId),
    clock,
    newId: () => newUuidV7(clock()),
    maxBodyBytes: MAX_BODY_BYTES,
    onAdmitted: (accepted, rejected) => metrics.noteAdmitted(accepted, rejected),
  });
  const app = createHttpServer({
    door,
    credentials: new Credentials((hash) => findCredential(database, hash), clock, overrides.attempts),
    webhookSources: new WebhookSources((sourceId) => findWebhookSources(database, sourceId), clock),
    publicUrl: overrides.publicUrl ?? null,
    ...(overrides.connectionLimits && { connectionLimits: overrides.connectionLimits }),
    ...(overrides.messageRates && { messageRates: overrides.messageRates }),
    clock,
    metrics,
    maxBodyBytes: MAX_BODY_BYTES,
    readiness: overrides.readiness ?? (() => Promise.resolve({ isReady: true, checks: [] })),
    metricsToken: overrides.metricsToken ?? null,
    plugins: overrides.plugins ?? [],
    onFault: (error) => faults.push(error),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    await app.close();
    await writer.close();
  };
  return { app, port, gate, faults, rung, close };
}

/** A database with the two workspaces and a server on it, for all tests of a file; they are there once its tests run. */
export function serveAllTests(overrides: ServerOverrides = {}): { readonly database: TestDatabase; readonly server: RunningServer } {
  const served: { database?: TestDatabase; server?: RunningServer } = {};
  beforeAll(async () => {
    served.database = await createTestDatabase();
    await seedWorkspaces(served.database);
    served.server = await startServer(served.database, overrides);
  });
  afterAll(async () => {
    await served.server?.close();
    await served.database?.drop();
  });
  return served as Required<typeof served>;
}

async function backlogOf(database: TestDatabase) {
  const client = await database.app.connect();
  try {
    return await readBacklog(client);
  } finally {
    client.release();
  }
}

async function findCredential(database: TestDatabase, hash: Buffer): Promise<Credential | null> {
  const { rows } = await database.app.query('select * from find_credential($1)', [hash]);
  const [row] = rows;
  return row
    ? {
        workspaceId: row.workspace_id,
        credentialId: row.credential_id,
        sourceId: row.source_id,
        scopes: row.scopes,
        name: row.name,
        expiresAtMs: null,
      }
    : null;
}

async function findWebhookSources(database: TestDatabase, sourceId: number): Promise<WebhookSource[]> {
  const { rows } = await database.app.query('select * from find_webhook_sources($1)', [sourceId]);
  return rows.map((row) => ({ workspaceId: row.workspace_id, sourceId: row.source_id, type: row.type, settings: row.settings }));
}

export const basic = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
