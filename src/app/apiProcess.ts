import 'reflect-metadata';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { OperationReport } from '../api/operationReports';
import { createHttpServer } from '../http/createHttpServer';
import { Metrics } from '../http/metrics';
import { Door } from '../intake/door';
import { GROUP_COMMIT_LIMITS, GroupCommit, type InboxAppend } from '../intake/groupCommit';
import { OverloadGate } from '../intake/overloadGate';
import { WebhookSources } from '../intake/webhooks/webhookSources';
import type { Clock } from '../kernel/clock';
import { newUuidV7 } from '../kernel/uuid';
import { Doorbell } from '../queue/ingestionQueue';
import { refusalOf } from '../storage/databaseRefusal';
import { InboxWriter, isRowAtFault } from '../storage/inboxWriter';
import { appConnection, pipelinedPool } from '../storage/pool';
import { findWebhookSources } from '../storage/statements/findWebhookSources';
import { readBacklog } from '../storage/statements/readBacklog';
import { PipelinedConnections } from '../storage/workspaceConnections';
import { createApi } from './api/apiContext';
import { keysOf } from './keys/keysOf';
import { limitClients } from './limitClients';
import { FaultLog } from './operations/faultLog';
import { startTracing } from './operations/startTracing';
import type { Tracing } from './operations/tracing';
import { watchApi } from './operations/watchApi';
import { withoutErasedLetters } from './privacy/erasedLetters';
import { liveAsProcess, type ProcessConfig, type RunningProcess } from './processLife';
import { queueStoreOf } from './queueStore';

const READ_CONNECTIONS = 4;
/** As many reports are computed at once. */
const REPORT_CONNECTIONS = 4;
/** For transactions: decisions of people, previews, and the gate's look at the backlog. */
const POOL_CONNECTIONS = 6;
/** Nobody who sends waits longer than twice this, should the database not answer at all. */
const COMMIT_TIMEOUT_MS = 8_000;

/** An API process: the door for messages, and GraphQL. Listens when it resolves. */
async function startApi(config: ProcessConfig, log: Logger, clock: Clock): Promise<RunningProcess> {
  const opened = openConnections(config, log);
  const { tracing, stop: stopTracing } = await startTracing(config, 'api');
  const intake = openDoor(config, log, clock, opened, tracing);
  const { doorbell, gate, metrics } = intake;
  const limits = limitClients(config, (error) => log.warn({ err: error }, 'what clients spend could not be shared'));
  const { credentials, signIn, keyUses } = keysOf({ config, log, clock, limits, connections: opened.connections });
  const shared = { door: intake.door, credentials, clock, maxBodyBytes: config.bodyMaxBytes };
  const onOperation = (operation: OperationReport) => {
    metrics.noteOperation(operation);
    tracing?.noteOperation(operation);
  };
  const options = { ...apiOptions(config, log, clock, intake), limits: limits.api, credentials: signIn, onOperation };
  const api = createApi({ ...shared, ...opened, ...options });
  const readiness = watchApi({ ...opened, config, clock, metrics, gate, doorbell });
  const onFault = (error: unknown) => log.error({ err: error }, 'a fault');
  const app = createHttpServer({
    ...shared,
    metrics,
    webhookSources: webhookSourcesOf(opened.connections, clock),
    publicUrl: config.publicUrl,
    readiness: () => readiness.report(),
    metricsToken: config.metricsToken,
    watch: (server) => tracing?.watchRequests(server),
    plugins: [api],
    ...limits.http,
    onFault,
    refusalOf,
  });
  await doorbell.connected();
  await gate.start();
  const address = await app.listen({ host: config.host, port: config.port });
  return {
    address,
    async stop() {
      gate.stop();
      await app.close();
      await readiness.stop();
      await doorbell.close();
      await Promise.all([limits.stop(), keyUses.stop()]);
      await opened.close();
      await stopTracing();
    },
  };
}

function apiOptions(config: ProcessConfig, log: Logger, clock: Clock, { doorbell, metrics }: Pick<Intake, 'doorbell' | 'metrics'>) {
  return {
    connection: { ...appConnection(config.databaseUrl, config.statementTimeoutMs), application_name: 'throughline api' },
    publicUrl: config.publicUrl,
    newId: () => newUuidV7(clock()),
    webhookAllowPrivate: config.webhookAllowPrivate,
    auditReadsOneIn: config.auditReadsOneIn,
    devApiKey: isShownToOthers(config) ? null : config.devApiKey,
    ring: (workspaceId: number, first: bigint, last: bigint) => doorbell.ring(workspaceId, first, last),
    onBug: (error: unknown, id: string) => log.error({ err: error, id }, 'a bug'),
    onFault: (error: unknown) =>
      log.warn({ err: error }, 'what others follow could not be read, or what was read not be noted; it is tried again'),
    onStream: (change: 1 | -1) => metrics.noteStream(change),
  };
}

function webhookSourcesOf(connections: PipelinedConnections, clock: Clock): WebhookSources {
  return new WebhookSources(async (id) => {
    const rows = await findWebhookSources(connections, id);
    return rows.map(([workspaceId, sourceId, type, settings]) => ({ workspaceId, sourceId, type, settings: JSON.parse(settings) }));
  }, clock);
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
  close(): Promise<unknown>;
}

function openConnections(config: ProcessConfig, log: Logger): Connections {
  const { databaseUrl, statementTimeoutMs } = config;
  const onConnectionLost = (error: Error) => log.warn({ err: error }, 'a connection broke');
  const applicationName = 'throughline api';
  const connection = { ...appConnection(databaseUrl, statementTimeoutMs), application_name: applicationName };
  const pool = pipelinedPool({ databaseUrl, maxConnections: POOL_CONNECTIONS, statementTimeoutMs, applicationName, onConnectionLost });
  const writer = new InboxWriter({
    databaseUrl,
    applicationName,
    connections: GROUP_COMMIT_LIMITS.maxInFlight,
    statementTimeoutMs: COMMIT_TIMEOUT_MS,
    onConnectionLost,
  });
  const connections = new PipelinedConnections({ connection, connections: READ_CONNECTIONS, onConnectionLost });
  const reports = { connections: REPORT_CONNECTIONS, manner: 'reports' } as const;
  const reportConnections = new PipelinedConnections({ connection, ...reports, onConnectionLost });
  const close = () => Promise.all([writer.close(), connections.close(), reportConnections.close(), pool.end()]);
  return { pool, writer, connections, reportConnections, close };
}

type Intake = ReturnType<typeof openDoor>;

function openDoor(config: ProcessConfig, log: Logger, clock: Clock, { pool, writer }: Connections, tracing: Tracing | null) {
  const metrics = new Metrics();
  const faults = new FaultLog(log, clock);
  const doorbell = new Doorbell(queueStoreOf(config), (error) => faults.warn(error, 'the queue failed; the inbox is swept anyway'));
  const onFailure = (error: unknown) => faults.warn(error, 'the inbox could not be reached');
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
  const append = async (appended: InboxAppend) => {
    if (appended.deadLetters.length === 0) return commit.append(appended);
    const left = await withoutErasedLetters(pool, appended, clock());
    return left.entry === null && left.deadLetters.length === 0 ? null : commit.append(left);
  };
  const door = new Door({
    append: tracing?.appending(append) ?? append,
    refuseWhenBehind: (workspaceId) => gate.refuseWhenBehind(workspaceId),
    clock,
    newId: () => newUuidV7(clock()),
    maxBodyBytes: config.bodyMaxBytes,
    onAdmitted: (accepted, rejected) => metrics.noteAdmitted(accepted, rejected),
  });
  return { door, doorbell, gate, metrics };
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
