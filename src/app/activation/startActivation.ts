import { SettingsCache } from '../../api/workspaceSettings';
import type { Clock } from '../../kernel/clock';
import { ChangeListener } from '../../storage/changeListener';
import { appConnection, appPool, type PoolUse, poolUse } from '../../storage/pool';
import { pendingDeliveries } from '../../storage/statements/claimDeliveries';
import { readWorkspace } from '../../storage/statements/readWorkspace';
import { PipelinedConnections } from '../../storage/workspaceConnections';
import { profileReader } from '../api/profileReaders';
import type { DeliveryOutcome } from '../operations/workerMetrics';
import type { ProcessConfig } from '../processLife';
import { repeatedly } from '../repeatedly';
import { Deliveries } from './deliveries';
import { DeliveryUpkeep } from './deliveryUpkeep';
import { Dispatcher } from './dispatcher';
import { WebhookSender } from './webhookSender';

const SWEEP_MS = 1_000;
const UPKEEP_MS = 60_000;
const CONNECTIONS = 2;
const STATEMENT_TIMEOUT_MS = 30_000;

export interface ActivationOptions {
  readonly config: Pick<ProcessConfig, 'databaseUrl' | 'webhookAllowPrivate'>;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly chance: () => number;
  readonly onError: (error: Error) => void;
  /** Told of every delivery when it is written what came of it. */
  readonly onOutcome?: (outcome: DeliveryOutcome) => void;
}

export interface RunningActivation {
  readonly pools: Readonly<Record<string, () => PoolUse>>;
  stop(): Promise<void>;
}

/** Sends what is due: told of changes by whoever committed them, and sweeping for whatever the clock brings. Is at work when it resolves. */
export async function startActivation(options: ActivationOptions): Promise<RunningActivation> {
  const { config, clock, onError } = options;
  const { pool, connections, connection } = openConnections(options);
  const sender = new WebhookSender({ clock, allowPrivate: config.webhookAllowPrivate });
  const settings = new SettingsCache(async (workspaceId) => {
    const row = await readWorkspace(connections, workspaceId);
    return row && { defaultCountry: row[0], settings: JSON.parse(row[1]) };
  }, clock);
  const deliveries = new Deliveries({ ...options, pool, connections, sender, settings, profiles: profileReader(connections) });
  const dispatcher = new Dispatcher({
    pending: () => pendingDeliveries(connections, clock()),
    claim: (place, limit) => deliveries.claim(place, limit),
    deliver: (ready) => deliveries.deliver(ready),
    onError,
  });
  const listener = new ChangeListener({ connection, onChange: () => void dispatcher.ring(), onError });
  await listener.start();
  const sweep = repeatedly(SWEEP_MS, () => dispatcher.ring());
  const upkeep = new DeliveryUpkeep({ connections, clock });
  const keeping = repeatedly(UPKEEP_MS, () => upkeep.run().catch(onError));
  return {
    pools: { deliveries: () => connections.use, delivery_transactions: () => poolUse(pool) },
    async stop() {
      upkeep.stop();
      await Promise.all([sweep.stop(), keeping.stop(), listener.stop()]);
      await dispatcher.stop();
      sender.close();
      await Promise.all([connections.close(), pool.end()]);
    },
  };
}

function openConnections({ config: { databaseUrl }, onError }: ActivationOptions) {
  const applicationName = 'throughline activation';
  const connection = { ...appConnection(databaseUrl, STATEMENT_TIMEOUT_MS), application_name: applicationName };
  const shared = { databaseUrl, statementTimeoutMs: STATEMENT_TIMEOUT_MS, applicationName, onConnectionLost: onError };
  return {
    connection,
    pool: appPool({ ...shared, maxConnections: CONNECTIONS }),
    connections: new PipelinedConnections({ connection, connections: CONNECTIONS, onConnectionLost: onError }),
  };
}
