import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { tryToListen } from '../../src/app/supervisor/listenPort';

const ROOT = packageRoot(__dirname);
const PATIENCE_MS = 30_000;

/** What `npm start` started, as a process of its own. */
export class StartedSystem {
  private output = '';

  private constructor(
    readonly process: ChildProcess,
    private readonly dataDir: string,
  ) {
    for (const stream of [process.stdout, process.stderr]) stream?.on('data', (chunk) => (this.output += String(chunk)));
  }

  /** Does not wait for anything. */
  static spawn(dataDir: string, port: number, environment: NodeJS.ProcessEnv = {}): StartedSystem {
    const env = {
      ...process.env,
      NODE_ENV: 'development',
      DEMO: '0',
      LOG_LEVEL: 'warn',
      DATA_DIR: dataDir,
      PORT: String(port),
      ...environment,
    };
    return new StartedSystem(spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs')], { cwd: ROOT, env, stdio: 'pipe' }), dataDir);
  }

  /** Resolves when it has printed its banner. */
  async ready(patienceMs = PATIENCE_MS): Promise<this> {
    await this.until(() => this.output.includes('Throughline is ready'), patienceMs);
    return this;
  }

  get said(): string {
    return this.output;
  }

  get writeKey(): string {
    return /Write key\s+(\S+)/.exec(this.output)?.[1] ?? '';
  }

  get apiKey(): string {
    return /API key\s+(\S+)/.exec(this.output)?.[1] ?? '';
  }

  /** The process ids of its children whose command line has `part` in it. */
  children(part: string): number[] {
    const { pid } = this.process;
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    const pids = list === '' ? [] : list.split(' ').map(Number);
    return pids.filter((child) => commandLine(child).includes(part));
  }

  /** The exit code, once it has ended. */
  async ended(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
    return this.process.exitCode;
  }

  /** Of the embedded database, for its owner. */
  get databaseUrl(): string {
    const part = (name: string) => readFileSync(join(this.dataDir, 'postgres', name), 'utf8').trim();
    return `postgres://throughline:${part('password')}@127.0.0.1:${part('port')}/throughline`;
  }

  /** The first row. */
  async ask<Row>(statement: string, values: unknown[] = []): Promise<Row> {
    return (await this.rows<Row>(statement, values))[0] as Row;
  }

  /** Asks the embedded database, as its owner. */
  async rows<Row>(statement: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client(this.databaseUrl);
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(statement, values)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  async until(condition: () => boolean | Promise<boolean>, patienceMs = PATIENCE_MS): Promise<void> {
    for (const startedAt = Date.now(); !(await condition()); await sleep(25)) {
      if (Date.now() - startedAt > patienceMs) throw new Error(`It never came about. What was said:\n${this.output}`);
    }
  }
}

export async function freePort(): Promise<number> {
  return (await tryToListen(0, '127.0.0.1')) as number;
}

/** Empty where it has ended meanwhile. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** The same from here and from where the build puts it. */
function packageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder));
}
