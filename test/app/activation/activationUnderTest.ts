import { randomBytes } from 'node:crypto';
import type { Change } from '../../../src/activation/change';
import { newSigningSecret } from '../../../src/activation/signingSecrets';
import { SettingsCache } from '../../../src/api/workspaceSettings';
import { Deliveries } from '../../../src/app/activation/deliveries';
import { Dispatcher } from '../../../src/app/activation/dispatcher';
import { WebhookSender } from '../../../src/app/activation/webhookSender';
import { profileReader } from '../../../src/app/api/profileReaders';
import { newUuidV7 } from '../../../src/kernel/uuid';
import { appConnection } from '../../../src/storage/pool';
import { pendingDeliveries } from '../../../src/storage/statements/claimDeliveries';
import { recordChanges } from '../../../src/storage/statements/recordChanges';
import type { Settlement } from '../../../src/storage/statements/settleDeliveries';
import { send } from '../../../src/storage/statements/statement';
import { PipelinedConnections } from '../../../src/storage/workspaceConnections';
import { inWorkspace } from '../../../src/storage/workspaceTransaction';
import { WorkspaceBuilder } from '../../api/workspaceBuilder';
import { createTestDatabase, type TestDatabase } from '../../database';

export const SECRET = newSigningSecret(randomBytes);
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** One process that sends. */
export interface Sending {
  readonly deliveries: Deliveries;
  readonly dispatcher: Dispatcher;
  /** Until nothing is left that is due. */
  run(): Promise<void>;
}

/** Destinations, changes and processes that deliver them, on a database of its own, at a time of its own. */
export class ActivationUnderTest {
  readonly faults: Error[] = [];
  nowMs = Date.now();
  private readonly senders: WebhookSender[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly acme: WorkspaceBuilder,
    readonly connections: PipelinedConnections,
  ) {}

  static async start(): Promise<ActivationUnderTest> {
    const database = await createTestDatabase();
    const acme = await WorkspaceBuilder.create(database.owner, 'Acme');
    return new ActivationUnderTest(
      database,
      acme,
      new PipelinedConnections({ connection: appConnection(database.url, 10_000), connections: 4 }),
    );
  }

  get workspaceId(): number {
    return this.acme.workspaceId;
  }

  /** What is not set is as for everybody and everything about segments. Answers its UUID. */
  async destination(url: string, set: Record<string, unknown> = {}): Promise<string> {
    const columns = {
      workspace_id: this.workspaceId,
      destination_id: this.newId(),
      name: 'Tool',
      url,
      events: ['segment.entered', 'segment.left'],
      segment_ids: [],
      friction_kinds: [],
      quiet_period_seconds: 0,
      secrets: { current: SECRET, previous: null, previousUntilMs: null },
      is_enabled: true,
      failures: 0,
      openings: 0,
      created_at: new Date(this.nowMs),
      ...set,
    };
    const names = Object.keys(columns);
    await this.database.owner.query(
      `insert into destination (${names.join()}) values (${names.map((_, index) => `$${index + 1}`).join()})`,
      Object.values(columns),
    );
    return columns.destination_id;
  }

  /** Committed; answers their ids. */
  async change(...changes: readonly (Partial<Change> & { readonly profileId: string })[]): Promise<string[]> {
    const whole = changes.map((change) => ({
      changeId: this.newId(),
      type: 'segment.entered' as const,
      atMs: this.nowMs,
      segmentId: null,
      frictionKind: null,
      data: {},
      ...change,
    }));
    const { statement, values } = recordChanges(this.workspaceId, whole);
    await inWorkspace(this.database.app, this.workspaceId, 'changes', (client) => send(client, statement, values));
    return whole.map(({ changeId }) => changeId);
  }

  sending(options: { readonly timeLimitMs?: number; readonly allowPrivate?: boolean } = {}): Sending {
    const { connections } = this;
    const clock = () => this.nowMs;
    const sender = new WebhookSender({ clock, allowPrivate: true, ...options });
    this.senders.push(sender);
    const settings = new SettingsCache(() => Promise.resolve({ defaultCountry: 'US', settings: {} }), clock);
    const profiles = profileReader(connections);
    const deliveries = new Deliveries({ connections, pool: this.database.app, clock, chance: () => 0.5, sender, settings, profiles });
    const dispatcher = new Dispatcher({
      pending: () => pendingDeliveries(connections, this.nowMs),
      claim: (place, limit) => deliveries.claim(place, limit),
      deliver: (ready) => deliveries.deliver(ready),
      onError: (error) => void this.faults.push(error),
    });
    const run = async () => {
      await dispatcher.ring();
      await dispatcher.atRest();
    };
    return { deliveries, dispatcher, run };
  }

  pass(ms: number): void {
    this.nowMs += ms;
  }

  /** Of a destination's deliveries, in the order they were written. */
  async log(
    destinationId: string,
  ): Promise<{ status: Settlement['status']; attempts: number; last_status: number | null; last_error: string | null }[]> {
    const { rows } = await this.database.owner.query(
      `select d.status, d.attempts, d.last_status, d.last_error from delivery d where d.destination_id = $1 order by d.position`,
      [destinationId],
    );
    return rows;
  }

  async circuit(
    destinationId: string,
  ): Promise<{ failures: number; open_until: Date | null; is_enabled: boolean; disabled_reason: string | null }> {
    const { rows } = await this.database.owner.query(
      'select d.failures, d.open_until, d.is_enabled, d.disabled_reason from destination d where d.destination_id = $1',
      [destinationId],
    );
    return rows[0];
  }

  /** So that the next test begins with nothing. */
  async clear(): Promise<void> {
    for (const table of ['delivery', 'destination', 'change', 'suppression', 'consent'])
      await this.database.owner.query(`delete from ${table}`);
    this.faults.length = 0;
    this.nowMs = Date.now();
  }

  async stop(): Promise<void> {
    for (const sender of this.senders) sender.close();
    await this.connections.close();
    await this.database.drop();
  }

  newId(): string {
    return newUuidV7(this.nowMs);
  }
}
