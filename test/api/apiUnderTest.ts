import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type FastifyInstance, fastify } from 'fastify';
import type { MessageDoor } from '../../src/api/ports/messageDoor';
import { createApi } from '../../src/app/api/apiContext';
import { API_LIMITS, type ApiLimits } from '../../src/app/api/apiLimits';
import { KeyUses } from '../../src/app/keys/keyUses';
import { storedKeys } from '../../src/app/keys/storedKeys';
import { SignIn } from '../../src/app/signIn/signIn';
import type { SignInSettings } from '../../src/app/signIn/signInSettings';
import { TokenVerifier } from '../../src/app/signIn/tokenVerifier';
import type { RateLimiter } from '../../src/intake/rates/rateLimiter';
import type { StopSignal } from '../../src/kernel/stopSignal';
import { appConnection } from '../../src/storage/pool';
import type { Statement } from '../../src/storage/statements/statement';
import { PipelinedConnections, type Row, type WorkspaceConnections } from '../../src/storage/workspaceConnections';
import { createTestDatabase, type TestDatabase } from '../database';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the query asked for
  readonly data: any;
  readonly codes: readonly string[];
  readonly messages: readonly string[];
}

/** Notes the name of every statement that is run. */
class CountingConnections implements WorkspaceConnections {
  constructor(
    private readonly inner: WorkspaceConnections,
    private readonly names: string[],
  ) {}

  run<T extends Row>(workspaceId: number, statement: Statement, values: readonly unknown[], signal?: StopSignal): Promise<readonly T[]> {
    this.names.push(statement.name);
    return this.inner.run<T>(workspaceId, statement, values, signal);
  }
}

/** The API as it is served, on a database of its own. */
export class ApiUnderTest {
  readonly bugs: unknown[] = [];
  readonly faults: unknown[] = [];
  private constructor(
    readonly database: TestDatabase,
    readonly app: FastifyInstance,
    private readonly held: { readonly connections: readonly PipelinedConnections[]; readonly keyUses: KeyUses },
    private readonly names: readonly string[],
    private readonly clock: { offsetMs: number; stoppedAtMs: number | null },
  ) {}

  static async start(
    options: {
      door?: MessageDoor;
      statementTimeoutMs?: number;
      devApiKey?: string;
      database?: TestDatabase;
      webhookAllowPrivate?: boolean;
      limits?: Partial<ApiLimits>;
      attempts?: RateLimiter;
      signIn?: SignInSettings;
      auditReadsOneIn?: number;
    } = {},
  ): Promise<ApiUnderTest> {
    const database = options.database ?? (await createTestDatabase());
    const connection = appConnection(database.url, options.statementTimeoutMs ?? 5_000);
    const connections = new PipelinedConnections({ connection, connections: 3 });
    const reportConnections = new PipelinedConnections({ connection, connections: 2, manner: 'reports' });
    const names: string[] = [];
    const counting = new CountingConnections(connections, names);
    const time = { offsetMs: 0, stoppedAtMs: null as number | null };
    const clock = () => (time.stoppedAtMs ?? Date.now()) + time.offsetMs;
    const app = fastify();
    const keyUses = new KeyUses(counting, (error) => void api.faults.push(error));
    const api = new ApiUnderTest(database, app, { connections: [connections, reportConnections], keyUses }, names, time);
    const onSignInFault = (error: unknown) => void api.faults.push(error);
    const verifier = options.signIn && new TokenVerifier({ settings: options.signIn, clock, onFault: onSignInFault, cooldownMs: 200 });
    const credentials = new SignIn(storedKeys(counting, keyUses, clock, options.attempts ?? null), verifier ?? null);
    await app.register(
      createApi({
        connections: counting,
        reportConnections: new CountingConnections(reportConnections, names),
        pool: database.app,
        door: options.door ?? NO_DOOR,
        credentials,
        clock,
        newId: randomUUID,
        maxBodyBytes: 2 ** 20,
        webhookAllowPrivate: options.webhookAllowPrivate ?? false,
        auditReadsOneIn: options.auditReadsOneIn ?? 0,
        devApiKey: options.devApiKey ?? null,
        ring: () => undefined,
        connection: { ...connection, application_name: 'own' },
        publicUrl: null,
        limits: { ...API_LIMITS, ...options.limits },
        onFault: (error) => void api.faults.push(error),
        onBug: (error) => void api.bugs.push(error),
      }),
    );
    await app.listen({ host: '127.0.0.1', port: 0 });
    return api;
  }

  get url(): string {
    const { port } = this.app.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/graphql`;
  }

  query(key: string, query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send({ query, variables }, { authorization: `Bearer ${key}`, ...headers });
  }

  async send(payload: object | string, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });
    const { data, errors = [] } = (await answer.json()) as { data: unknown; errors?: { message: string; extensions: { code: string } }[] };
    return {
      status: answer.status,
      data,
      codes: errors.map((error) => error.extensions.code),
      messages: errors.map((error) => error.message),
    };
  }

  /** The names of the statements that a piece of work ran. */
  async statementsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
    const before = this.names.length;
    await work();
    return this.names.slice(before);
  }

  writeKeyUses(): Promise<void> {
    return this.held.keyUses.write();
  }

  passTime(ms: number): void {
    this.clock.offsetMs += ms;
  }

  /** From now on time stands still, however long it takes, so that nothing remembered grows old but by `passTime`. Answers the time. */
  stopClock(): number {
    this.clock.stoppedAtMs = Date.now();
    return this.clock.stoppedAtMs + this.clock.offsetMs;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.held.keyUses.stop();
    await Promise.all(this.held.connections.map((connections) => connections.close()));
    await this.database.drop();
  }
}

const NO_DOOR: MessageDoor = {
  accept: () => Promise.reject(new Error('This test has no door.')),
  check: () => null,
};
