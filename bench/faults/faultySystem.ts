import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { KeptProcess } from '../../src/app/supervisor/keptProcess';
import { CuttingProxy } from './cuttingProxy';
import { freePort, StartedSystem } from './startedSystem';
import { VICTIMS, type Victim } from './survival';

/** For a start on a machine that does much else. */
const PATIENCE_MS = 300_000;

/** Beside what `npm start` runs there are another API and another worker, which reach the database over connections that are cut. */
const GROUPS = ['first', 'second'] as const;
export type Group = (typeof GROUPS)[number];
export type AnyVictim = Victim | 'supervisor' | 'second worker' | 'second api' | 'PostgreSQL backend';

/** One in the middle of a transaction, if there is one. The server ends all others with it, and recovers. */
const A_BACKEND = `
select a.pid from pg_stat_activity a where a.application_name like 'throughline%' and a.pid <> pg_backend_pid() order by a.xact_start nulls last limit 1`;

/** Everything that runs, in processes that may be killed, each group by a clock of its own. */
export class FaultySystem {
  private constructor(
    private readonly dataDir: string,
    private readonly port: number,
    readonly proxy: CuttingProxy,
    private started: StartedSystem,
    private second: { readonly api: KeptProcess; readonly worker: KeptProcess; readonly port: number },
  ) {}

  static async start(dataDir: string): Promise<FaultySystem> {
    const port = await freePort();
    for (const group of GROUPS) setClock(dataDir, group, 0);
    const started = await StartedSystem.spawn(dataDir, port, environmentOf(dataDir, 'first')).ready(PATIENCE_MS);
    const proxy = await CuttingProxy.start(() => ({ host: '127.0.0.1', port: Number(new URL(started.databaseUrl).port) }));
    const secondPort = await freePort();
    const databaseUrl = new URL(started.databaseUrl);
    databaseUrl.port = String(proxy.port);
    const more = { DATABASE_URL: databaseUrl.href, PORT: String(secondPort), LOG_LEVEL: 'silent', NODE_ENV: 'development' };
    const environment = () => ({ ...process.env, ...more, ...environmentOf(dataDir, 'second') });
    const log = pino({ level: 'silent' });
    const kept = (name: string, ...script: string[]) =>
      new KeptProcess({ name, script: join(__dirname, '..', '..', ...script), environment }, log);
    const second = { api: kept('api', 'src', 'app', 'apiProcess.js'), worker: kept('worker', 'workers', 'ingestion.js'), port: secondPort };
    await Promise.all([second.api.ready, second.worker.ready]);
    return new FaultySystem(dataDir, port, proxy, started, second);
  }

  get addresses(): readonly [string, string] {
    return [`http://127.0.0.1:${this.port}`, `http://127.0.0.1:${this.second.port}`];
  }

  get writeKey(): string {
    return this.started.writeKey;
  }

  get apiKey(): string {
    return this.started.apiKey;
  }

  /** As the owner, past every wall. */
  rows<Row>(statement: string, values: unknown[] = []): Promise<Row[]> {
    return this.started.rows<Row>(statement, values);
  }

  /** kill -9, whatever it is doing; false where there is none at the moment. What is killed comes back by itself, but the supervisor, which this waits for. */
  async kill(victim: AnyVictim): Promise<boolean> {
    if (victim === 'supervisor') return this.killSupervisor();
    const pid = await this.pidOf(victim);
    return pid !== null && isKilled(pid);
  }

  /** What processes were ended by that nobody caught. */
  bugs(): string[] {
    return GROUPS.flatMap((group) => {
      const file = fileOf(this.dataDir, 'bugs', group);
      return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    });
  }

  jump(group: Group, offsetMs: number): void {
    setClock(this.dataDir, group, offsetMs);
  }

  /** Answers the exit code of what `npm start` ran. */
  async stop(): Promise<number | null> {
    await Promise.all([this.second.api.stop(10_000), this.second.worker.stop(10_000)]);
    this.proxy.stop();
    this.started.process.kill('SIGTERM');
    return this.started.ended();
  }

  private async pidOf(victim: Exclude<AnyVictim, 'supervisor'>): Promise<number | null> {
    if (victim === 'second worker') return this.second.worker.pid;
    if (victim === 'second api') return this.second.api.pid;
    if (victim !== 'PostgreSQL backend') return this.started.children(VICTIMS[victim])[0] ?? null;
    const [backend] = await this.rows<{ pid: number }>(A_BACKEND).catch(() => []);
    return backend?.pid ?? null;
  }

  /** What it had started ends by itself, or is taken over by the next one. */
  private async killSupervisor(): Promise<boolean> {
    this.started.process.kill('SIGKILL');
    await this.started.ended();
    this.started = await StartedSystem.spawn(this.dataDir, this.port, environmentOf(this.dataDir, 'first')).ready(PATIENCE_MS);
    return true;
  }
}

/** False where it has just ended by itself. */
function isKilled(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

function environmentOf(dataDir: string, group: Group): NodeJS.ProcessEnv {
  return {
    WEBHOOK_ALLOW_PRIVATE: 'true',
    FAULTS_CLOCK: fileOf(dataDir, 'clock', group),
    FAULTS_BUGS: fileOf(dataDir, 'bugs', group),
    NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'preloaded.js'))}`,
  };
}

function setClock(dataDir: string, group: Group, offsetMs: number): void {
  writeFileSync(fileOf(dataDir, 'clock', group), String(offsetMs));
}

function fileOf(dataDir: string, what: 'clock' | 'bugs', group: Group): string {
  return join(dataDir, `${what}-of-${group}`);
}
