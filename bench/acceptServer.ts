/** The server that bench/accept.ts measures, in a process of its own: durable, or with a commit that does nothing. */
import type { AddressInfo } from 'node:net';
import { createHttpServer } from '../src/http/createHttpServer';
import { Metrics } from '../src/http/metrics';
import { Credentials } from '../src/intake/credential';
import { Door } from '../src/intake/door';
import { GROUP_COMMIT_LIMITS, GroupCommit, type InboxAppend } from '../src/intake/groupCommit';
import { WebhookSources } from '../src/intake/webhooks/webhookSources';
import { newUuidV7 } from '../src/kernel/uuid';
import { InboxWriter, isRowAtFault } from '../src/storage/inboxWriter';

const MAX_BODY_BYTES = 2 * 2 ** 20;
const CREDENTIAL = { workspaceId: 1, credentialId: 'bench', sourceId: 1, scopes: [], name: 'bench', expiresAtMs: null };

const databaseUrl = process.env['ACCEPT_DATABASE_URL'];

function durableAppend(url: string, metrics: Metrics): (append: InboxAppend) => Promise<bigint | null> {
  const options = {
    databaseUrl: url,
    applicationName: 'bench',
    connections: GROUP_COMMIT_LIMITS.maxInFlight,
    statementTimeoutMs: 10_000,
    onConnectionLost: fail,
  };
  const writer = new InboxWriter(options);
  const commit = new GroupCommit(
    {
      write: (group) => writer.write(group),
      isRowAtFault,
      ring: () => undefined,
      clock: () => performance.now(),
      onCommit: (figures) => metrics.noteCommit(figures),
      onFailure: fail,
    },
    GROUP_COMMIT_LIMITS,
  );
  return (append) => commit.append(append);
}

function fail(error: unknown): void {
  throw error;
}

async function serve(): Promise<void> {
  const metrics = new Metrics();
  metrics.watchProcess();
  const door = new Door({
    append: databaseUrl ? durableAppend(databaseUrl, metrics) : () => Promise.resolve(1n),
    refuseWhenBehind: () => undefined,
    clock: Date.now,
    newId: () => newUuidV7(Date.now()),
    maxBodyBytes: MAX_BODY_BYTES,
    onAdmitted: (accepted, rejected) => metrics.noteAdmitted(accepted, rejected),
  });
  const credentials = new Credentials(() => Promise.resolve(CREDENTIAL), Date.now);
  const readiness = () => Promise.resolve({ isReady: true, checks: [] });
  const app = createHttpServer({
    webhookSources: new WebhookSources(() => Promise.resolve([]), Date.now),
    publicUrl: null,
    clock: Date.now,
    door,
    credentials,
    metrics,
    maxBodyBytes: MAX_BODY_BYTES,
    readiness,
    metricsToken: null,
    plugins: [],
    onFault: fail,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  process.send?.((app.server.address() as AddressInfo).port);
}

process.once('disconnect', () => process.exit());
void serve();
