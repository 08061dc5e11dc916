import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { bootstrap, keyHash } from '../../src/app/bootstrap';
import type { ReadyMessage } from '../../src/app/processLife';
import { createTestDatabase, type TestDatabase } from '../database';
import { eventually } from './eventually';
import { redisOfItsOwn } from './redisOfItsOwn';

const ROOT = join(__dirname, '..', '..');
const SCRIPTS = { api: 'dist/src/app/apiProcess.js', worker: 'dist/workers/ingestion.js' } as const;
/** pino's level of errors: a fault of ours, whatever a client sent. */
const ERROR_LEVEL = 50;
/** More than this nobody reads. */
const MOST_OUTPUT = 1_000_000;

export type ProcessName = keyof typeof SCRIPTS;

export interface HttpAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever was asked for
  readonly body: any;
}

export interface GraphqlAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the query asked for
  readonly data: any;
  readonly codes: readonly string[];
}

interface Running {
  readonly child: ChildProcess;
  readonly ready: Promise<ReadyMessage>;
}

/**
 * The product as it is run: the built API process and the built worker as processes of their own, on a database of a test's own. The queue is
 * in Redis where REDIS_URL says so, else in PostgreSQL.
 */
export class System {
  readonly apiKey = 'tl_api_journey';
  readonly writeKey = 'tl_write_journey';
  private readonly processes = new Map<ProcessName, Running>();
  private output = '';
  private origin = '';

  private constructor(readonly database: TestDatabase) {}

  static async start(): Promise<System> {
    execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { cwd: ROOT });
    const system = new System(await createTestDatabase());
    await bootstrap(system.database.owner, { devApiKey: system.apiKey, devWriteKey: system.writeKey, nowMs: Date.now() });
    await Promise.all([system.restart('api'), system.restart('worker')]);
    return system;
  }

  /** Where a client library sends to. */
  get address(): string {
    return this.origin;
  }

  /** Starts a process that was killed, at the address where it was before. Resolves when it is at work. */
  async restart(name: ProcessName, environment: NodeJS.ProcessEnv = {}): Promise<void> {
    const env = {
      ...process.env,
      NODE_ENV: 'development',
      DATABASE_URL: this.database.url,
      PORT: this.origin === '' ? '0' : new URL(this.origin).port,
      LOG_LEVEL: 'warn',
      REDIS_URL: redisOfItsOwn() ?? '',
      ...environment,
    };
    const child = fork(join(ROOT, SCRIPTS[name]), [], { cwd: ROOT, env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => this.hear(String(chunk)));
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`The ${name} did not start:\n${this.output}`)));
    const ready = Promise.race([once(child, 'message').then(([message]) => message as ReadyMessage), ended]);
    this.processes.set(name, { child, ready });
    const { address } = await ready;
    if (address !== null) this.origin = address;
  }

  /** kill -9. Resolves when it is gone. */
  async kill(name: ProcessName): Promise<void> {
    const { child } = this.running(name);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** SIGTERM. Resolves to the exit code. */
  async end(name: ProcessName): Promise<number | null> {
    const { child } = this.running(name);
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    return child.exitCode;
  }

  /** Ends both processes and drops the database. Throws where they logged a fault or did not end well. */
  async stop(): Promise<void> {
    const codes = await Promise.all([this.end('api'), this.end('worker')]);
    await this.database.drop();
    const said = this.output;
    const faults = this.faults();
    if (faults.length > 0) throw new Error(`Faults were logged:\n${faults.join('\n')}`);
    if (codes.some((code) => code !== 0)) throw new Error(`The processes ended with ${codes.join(' and ')}:\n${said}`);
  }

  /** All that the processes have said since their faults were asked for last. */
  get said(): string {
    return this.output;
  }

  /** What the processes have logged as their own faults since this was asked last. */
  faults(): string[] {
    const lines = this.output.split('\n');
    this.output = '';
    return lines.filter((line) => line !== '' && levelOf(line) >= ERROR_LEVEL);
  }

  /** A body as it is, or an object as JSON, with the development write key unless the headers say another. */
  async post(path: string, body: string | Buffer | object, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
    const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const answer = await fetch(this.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: basic(this.writeKey), ...headers },
      body: new Uint8Array(Buffer.from(payload)),
    });
    return { status: answer.status, body: await answer.json() };
  }

  /** Posts a batch that must be accepted, and answers its position. */
  async accept(messages: readonly object[], writeKey = this.writeKey): Promise<string> {
    const answer = await this.post('/v1/batch', { batch: messages }, { authorization: basic(writeKey) });
    if (answer.status !== 200 || answer.body.rejected) throw new Error(`Refused: ${JSON.stringify(answer)}`);
    return answer.body.position;
  }

  /** Posts a batch that must be accepted, and resolves when it is processed. */
  async take(messages: readonly object[], writeKey = this.writeKey): Promise<void> {
    await this.accept(messages, writeKey);
    await this.settled();
  }

  /** Resolves when nothing is left in the inbox. */
  settled(): Promise<void> {
    return eventually(
      'the inbox is empty',
      async () => (await this.ask<{ left: number }>('select count(*)::int as left from inbox'))[0]?.left === 0,
    );
  }

  async graphql(query: string, variables: object = {}, asked: { position?: string; key?: string } = {}): Promise<GraphqlAnswer> {
    const answer = await fetch(`${this.origin}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${asked.key ?? this.apiKey}`,
        ...(asked.position === undefined ? {} : { 'throughline-position': asked.position }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors = [] } = (await answer.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] };
    return { data, codes: errors.map((error) => error.extensions.code) };
  }

  /** As the database's owner, past every wall: to check what no client may see. */
  async ask<Row>(statement: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.database.owner.query(statement, values)).rows as Row[];
  }

  /** A second tenant, with keys of its own. */
  async addWorkspace(
    name: string,
    scopes: readonly string[] = ['profiles:read', 'pii:read', 'admin'],
  ): Promise<{ readonly apiKey: string; readonly writeKey: string }> {
    const keys = { apiKey: `tl_api_${name}`, writeKey: `tl_write_${name}` };
    const [made] = await this.ask<{ workspace_id: number }>(
      'insert into workspace (name, created_at) values ($1, now()) returning workspace_id',
      [name],
    );
    const workspaceId = made?.workspace_id;
    await this.ask('insert into lane (workspace_id, updated_at) values ($1, now())', [workspaceId]);
    await this.ask(
      `insert into source (workspace_id, source_id, name, type, department, created_at) values ($1, 1, 'Website', 'segment', 0, now())`,
      [workspaceId],
    );
    const credential = `insert into credential (key_hash, workspace_id, credential_id, source_id, name, scopes, created_at)
      values ($1, $2, $3, $4, $5, $6, now())`;
    await this.ask(credential, [keyHash(keys.writeKey), workspaceId, randomUUID(), 1, 'write', []]);
    await this.ask(credential, [keyHash(keys.apiKey), workspaceId, randomUUID(), null, 'api', scopes]);
    return keys;
  }

  private hear(text: string): void {
    if (this.output.length < MOST_OUTPUT) this.output += text;
  }

  private running(name: ProcessName): Running {
    const running = this.processes.get(name);
    if (!running) throw new Error(`The ${name} was never started.`);
    return running;
  }
}

/** How the write key travels: as the user name of Basic authorization. */
export function basic(writeKey: string): string {
  return `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
}

/** What is no line of our log was written by somebody who did not know better, and counts as a fault. */
function levelOf(line: string): number {
  try {
    return (JSON.parse(line) as { level: number }).level;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
