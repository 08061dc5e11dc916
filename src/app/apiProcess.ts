import 'reflect-metadata';
import type pg from 'pg';
import type { Logger } from 'pino';
import { createHttpServer } from '../http/createHttpServer';
import { Metrics } from '../http/metrics';
import { Credentials } from '../intake/credential';
import { Door } from '../intake/door';
import { GROUP_COMMIT_LIMITS, GroupCommit } from '../intake/groupCommit';
import { OverloadGate } from '../intake/overloadGate';
import { WebhookSources } from '../intake/webhooks/webhookSources';
import type { Clock } from '../kernel/clock';
import { newUuidV7 } from '../kernel/uuid';
import { Doorbell } from '../queue/ingestionQueue';
import { InboxWriter, isRowAtFault } from '../storage/inboxWriter';
import { appConnection, pipelinedPool } from '../storage/pool';
import { findCredential } from '../storage/statements/findCredential';
import { findWebhookSources } from '../storage/statements/findWebhookSources';
import { readBacklog } from '../storage/statements/readBacklog';
import { PipelinedConnections } from '../storage/workspaceConnections';
import { createApi } from './api/apiContext';
import { liveAsProcess, type ProcessConfig, type RunningProcess } from './processLife';
import { queueStoreOf } from './queueStore';

const READ_CONNECTIONS = 4;
/** As many reports are computed at once. */
const REPORT_CONNECTIONS = 4;
/** For transactions: decisions of people, previews, and the gate's look at the backlog. */
const POOL_CONNECTIONS = 6;
const COMMIT_TIMEOUT_MS = 20_000;

/** An API process: the door for messages, and GraphQL. Listens when it resolves. */
async function startApi(config: ProcessConfig, log: Logger, clock: Clock): Promise<RunningProcess> {
  const opened = openConnections(config, log);
  const intake = openDoor(config, log, clock, opened);
  const { door, doorbell, gate, metrics } = intake;
  const { credentials, webhookSources } = keysOf(opened.connections, clock);
  const shared = { door, credentials, clock, maxBodyBytes: config.bodyMaxBytes };
  const api = createApi({
    ...shared,
    connections: opened.connections,
    reportConnections: opened.reportConnections,
    pool: opened.pool,
    connection: { ...appConnection(config.databaseUrl, config.statementTimeoutMs), application_name: 'throughline api' },
    publicUrl: config.publicUrl,
    newId: () => newUuidV7(clock()),
    webhookAllowPrivate: config.webhookAllowPrivate,
    auditReadsOneIn: config.auditReadsOneIn,
    devApiKey: isShownToOthers(config) ? null : config.devApiKey,
    ring: (workspaceId, first, last) => doorbell.ring(workspaceId, first, last),
    onBug: (error, id) => log.error({ err: error, id }, 'a bug'),
    onFault: (error) => log.warn({ err: error }, 'what others follow could not be read, or what was read not be noted; it is tried again'),
  });
  const onFault = (error: unknown) => log.error({ err: error }, 'a fault');
  const app = createHttpServer({
    ...shared,
    metrics,
    webhookSources,
    publicUrl: config.publicUrl,
    readiness: () => readiness(opened.pool),
    plugins: [api],
    onFault,
  });
  await doorbell.connected();
  await gate.start();
  metrics.watchProcess();
  const address = await app.listen({ host: config.host, port: config.port });
  return {
    address,
    async stop() {
      gate.stop();
      await app.close();
      await doorbell.close();
      await Promise.all([opened.writer.close(), opened.connections.close(), opened.reportConnections.close(), opened.pool.end()]);
    },
  };
}

function keysOf(connections: PipelinedConnections, clock: Clock) {
  const credentials = new Credentials(async (hash) => {
    const row = await findCredential(connections, hash);
    return row && { workspaceId: row[0], credentialId: row[1], sourceId: row[2], scopes: row[3], name: row[4] };
  }, clock);
  const webhookSources = new WebhookSources(async (id) => {
    const rows = await findWebhookSources(connections, id);
    return rows.map(([workspaceId, sourceId, type, settings]) => ({ workspaceId, sourceId, type, settings: JSON.parse(settings) }));
  }, clock);
  return { credentials, webhookSources };
}

/** The console hands the development key to whoever opens it, so it must be nobody but the developer. */
function isShownToOthers({ production, host }: ProcessConfig): boolean {
  return production || !/^(localhost|127\.[0-9.]+|::1)$/.test(host);
}

interface Connections {
  readonly pool: pg.Pool;
  readonly writer: InboxWriter;
  readonly connections: PipelinedConnections;
  readonly reportConnections: PipelinedConnections;
}

function openConnections(config: ProcessConfig, log: Logger): Connections {
  const { databaseUrl, statementTimeoutMs } = config;
  const onConnectionLost = (error: Error) => log.warn({ err: error }, 'a connection broke');
  const applicationName = 'throughline api';
  const connection = { ...appConnection(databaseUrl, statementTimeoutMs), application_name: applicationName };
  return {
    pool: pipelinedPool({ databaseUrl, maxConnections: POOL_CONNECTIONS, statementTimeoutMs, applicationName, onConnectionLost }),
    writer: new InboxWriter({
      databaseUrl,
      applicationName,
      connections: GROUP_COMMIT_LIMITS.maxInFlight,
      statementTimeoutMs: COMMIT_TIMEOUT_MS,
      onConnectionLost,
    }),
    connections: new PipelinedConnections({ connection, connections: READ_CONNECTIONS, onConnectionLost }),
    reportConnections: new PipelinedConnections({ connection, connections: REPORT_CONNECTIONS, manner: 'reports', onConnectionLost }),
  };
}

function openDoor(config: ProcessConfig, log: Logger, clock: Clock, { pool, writer }: Connections) {
  const metrics = new Metrics();
  const doorbell = new Doorbell(queueStoreOf(config), (error) => log.warn({ err: error }, 'the queue failed; the inbox is swept anyway'));
  const onFailure = (error: unknown) => log.warn({ err: error }, 'the inbox could not be reached');
  const commit = new GroupCommit({
    write: (group) => writer.write(group),
    isRowAtFault,
    ring: (workspaceId, first, last) => doorbell.ring(workspaceId, first, last),
    clock,
    onCommit: (figures) => metrics.noteCommit(figures),
    onFailure,
  });
  const gate = new OverloadGate(
    { readBacklog: () => withClient(pool, readBacklog), clock, onFailure },
    { maxMessages: config.inboxMaxMessages, maxSeconds: config.inboxMaxSeconds },
  );
  const door = new Door({
    append: (append) => commit.append(append),
    refuseWhenBehind: (workspaceId) => gate.refuseWhenBehind(workspaceId),
    clock,
    newId: () => newUuidV7(clock()),
    maxBodyBytes: config.bodyMaxBytes,
    onAdmitted: (accepted, rejected) => metrics.noteAdmitted(accepted, rejected),
  });
  return { door, doorbell, gate, metrics };
}

async function readiness(pool: pg.Pool): Promise<string[]> {
  try {
    await pool.query('select 1');
    return [];
  } catch (error) {
    return [`The database can't be reached: ${error instanceof Error ? error.message : String(error)}`];
  }
}

async function withClient<Answer>(pool: pg.Pool, run: (client: pg.PoolClient) => Promise<Answer>): Promise<Answer> {
  const client = await pool.connect();
  try {
    return await run(client);
  } finally {
    client.release();
  }
}

void liveAsProcess('api', (config, log) => startApi(config, log, Date.now));
