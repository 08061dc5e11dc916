import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createDatabase } from '../../storage/createDatabase';
import type { Config } from '../config';
import { type DataDirLock, lockDataDir } from './dataDirLock';
import { type DevelopmentKeys, developmentKeys } from './developmentKeys';
import { EMBEDDED_DATABASE } from './embeddedDatabase';
import { KeptPostgres } from './keptPostgres';
import { KeptProcess } from './keptProcess';
import { tryToListen } from './listenPort';
import { prepareDatabase } from './prepareDatabase';

/** What runs once everything has started. */
export interface RunningSystem {
  readonly address: string;
  readonly keys: DevelopmentKeys;
  readonly workspaceId: number;
  readonly databaseUrl: string;
}

const DRAIN_MS = 5_500;
const DATABASE_STOP_MS = 3_000;
const PORT_PATIENCE_MS = 3_000;
/** A start that is asked to stop midway notices it after the step it is at. */
const START_GIVES_UP_MS = 1_000;

/**
 * Everything `npm start` runs, and the order in which it starts and stops: the lock on the data directory, PostgreSQL, the schema,
 * the API process, the workers; and back.
 */
export class Supervisor {
  private lock: DataDirLock | null = null;
  private postgres: KeptPostgres | null = null;
  private processes: KeptProcess[] = [];
  private starting: Promise<RunningSystem> | null = null;
  private stopped: Promise<void> | null = null;
  private readonly stopSignal = new AbortController();

  constructor(
    private readonly config: Config,
    private readonly log: Logger,
  ) {}

  /** Aborted as soon as `stop` is called. */
  get stopping(): AbortSignal {
    return this.stopSignal.signal;
  }

  /** Throws what kept it from starting, such as DataDirInUse; call `stop` then, too. */
  start(nowMs: number): Promise<RunningSystem> {
    this.starting = this.startAll(nowMs);
    return this.starting;
  }

  /** Lets every process drain, then stops PostgreSQL; takes less than 10 s whatever happens. Calling it again waits for the same end. */
  stop(): Promise<void> {
    this.stopSignal.abort();
    this.stopped ??= this.stopAll();
    return this.stopped;
  }

  private async startAll(nowMs: number): Promise<RunningSystem> {
    const { config } = this;
    this.lock = await lockDataDir(config.dataDir);
    await this.waitForPort();
    const keys = developmentKeys(config.dataDir, { apiKey: config.devApiKey, writeKey: config.devWriteKey });
    const databaseUrl = config.databaseUrl ?? (await this.startPostgres());
    const { workspaceId } = await prepareDatabase(databaseUrl, keys, nowMs);
    const address = await this.startProcesses(keys);
    this.lock.announce(address);
    return { address, keys, workspaceId, databaseUrl };
  }

  private async stopAll(): Promise<void> {
    this.lock?.announceStop();
    await Promise.all(this.processes.map((kept) => kept.stop(DRAIN_MS)));
    await this.postgres?.stop(DATABASE_STOP_MS);
    const settled = this.starting?.then(
      () => undefined,
      () => undefined,
    );
    await Promise.race([settled, sleep(START_GIVES_UP_MS, undefined, { ref: false })]);
    this.lock?.release();
  }

  /** The API of a supervisor that was killed lets go of its port within moments. */
  private async waitForPort(): Promise<void> {
    const { port, host } = this.config;
    for (const startedAt = Date.now(); (await tryToListen(port, host)) === null; await sleep(50)) {
      if (Date.now() - startedAt > PORT_PATIENCE_MS) {
        throw new Error(`Port ${port} of ${host} is used by another program, or may not be used. Set PORT (and HOST) to a free one.`);
      }
    }
  }

  private async startPostgres(): Promise<string> {
    const options = { homeDir: join(this.config.dataDir, 'postgres') };
    this.postgres = await KeptPostgres.start(options, this.log, () => {
      for (const kept of this.processes) kept.restart();
    });
    if (this.stopping.aborted) await this.postgres.stop(0);
    await createDatabase(this.postgres.url('postgres'), EMBEDDED_DATABASE);
    return this.postgres.url(EMBEDDED_DATABASE);
  }

  private async startProcesses(keys: DevelopmentKeys): Promise<string> {
    if (this.stopping.aborted) throw new Error('Stopped while starting.');
    const environment = () => this.childEnvironment(keys);
    const api = new KeptProcess({ name: 'api', script: join(__dirname, '..', 'apiProcess.js'), environment }, this.log);
    const workers = Array.from({ length: this.config.workerProcesses }, (_, index) => {
      const script = join(__dirname, '..', '..', '..', 'workers', 'ingestion.js');
      return new KeptProcess({ name: `worker ${index + 1}`, script, environment }, this.log);
    });
    this.processes = [api, ...workers];
    const [{ address }] = await Promise.all([api.ready, ...workers.map((worker) => worker.ready)]);
    return address ?? `http://${this.config.host}:${this.config.port}`;
  }

  /** The console is filled in with the development key, except in production. */
  private childEnvironment(keys: DevelopmentKeys): NodeJS.ProcessEnv {
    const databaseUrl = this.config.databaseUrl ?? this.postgres?.url(EMBEDDED_DATABASE);
    const forConsole = this.config.production ? {} : { DEV_API_KEY: keys.apiKey, DEV_WRITE_KEY: keys.writeKey };
    // From Node 22 on, the cache of compiled code makes a start faster; Node 20 passes over the setting.
    const compileCache = { NODE_COMPILE_CACHE: join(this.config.dataDir, 'compiled') };
    return { ...compileCache, ...process.env, ...forConsole, DATABASE_URL: databaseUrl };
  }
}
