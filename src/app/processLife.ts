import type { Logger } from 'pino';
import { type Config, ConfigFaults, loadConfig } from './config';
import { createLogger } from './logger';

/** What a process does its work with: it always has a database, its own or the supervisor's. */
export type ProcessConfig = Config & { readonly databaseUrl: string };

export interface RunningProcess {
  /** Where it answers, such as http://127.0.0.1:4000; left out by processes that nobody calls. */
  readonly address?: string;
  /** Takes nothing new, finishes what it has begun, closes its connections. */
  stop(): Promise<void>;
}

/** Sent to the supervisor once the process is at work. */
export interface ReadyMessage {
  readonly kind: 'ready';
  readonly address: string | null;
}

/** EX_CONFIG of sysexits.h: starting again without changing something is of no use. */
export const EXIT_CONFIG = 78;
const DRAIN_MS = 8_000;

/**
 * The life of an API or worker process, below a supervisor or alone: reads the configuration, starts, says that it is ready, and on
 * SIGTERM, SIGINT or the supervisor's death drains and exits with 0. Alone it migrates the database first.
 */
export async function liveAsProcess(name: string, start: (config: ProcessConfig, log: Logger) => Promise<RunningProcess>): Promise<void> {
  const config = configOrExit();
  const log = createLogger(config.logLevel, name);
  dieOfBugs(log);
  const running = startUp(config, log, start);
  endOnSignal(log, running);
  try {
    const { address = null } = await running;
    if (process.send) tellSupervisor({ kind: 'ready', address });
    else log.info({ address }, 'ready');
  } catch (error) {
    if (error instanceof ConfigFaults) process.stderr.write(`${error.message}\n`);
    else log.fatal({ err: error }, 'could not start');
    process.exit(error instanceof ConfigFaults ? EXIT_CONFIG : 1);
  }
}

/** One that is gone meanwhile is told nothing; this process hears of it by itself, and ends. */
function tellSupervisor(message: ReadyMessage): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

function configOrExit(): ProcessConfig {
  try {
    const config = loadConfig(process.env);
    if (config.databaseUrl !== null) return { ...config, databaseUrl: config.databaseUrl };
    throw new ConfigFaults(['DATABASE_URL must be set for a process that is started alone; "npm start" brings its own PostgreSQL.']);
  } catch (error) {
    process.stderr.write(`${error instanceof ConfigFaults ? error.message : String(error)}\n`);
    process.exit(EXIT_CONFIG);
  }
}

async function startUp(
  config: ProcessConfig,
  log: Logger,
  start: (config: ProcessConfig, log: Logger) => Promise<RunningProcess>,
): Promise<RunningProcess> {
  if (!process.send) {
    // TypeORM is loaded only where it is needed: it is large.
    const { migrate } = await import('../storage/migrate.js');
    const { ahead } = await migrate(config.databaseUrl);
    if (ahead.length > 0) log.warn({ ahead }, 'the database was migrated by a newer version; this one goes on with what it knows');
  }
  return start(config, log);
}

/** A second signal changes nothing: it is Ctrl-C reaching the whole process group before the supervisor's SIGTERM. */
function endOnSignal(log: Logger, running: Promise<RunningProcess>): void {
  let ending = false;
  const end = async (reason: string): Promise<void> => {
    if (ending) return;
    ending = true;
    log.debug({ reason }, 'draining');
    setTimeout(() => exitAfterDrain(log, 'not everything ended in time'), DRAIN_MS).unref();
    const failure = await running
      .then((it) => it.stop())
      .then(
        () => null,
        (error: unknown) => error,
      );
    if (failure) log.error({ err: failure }, 'draining failed');
    process.exit(failure ? 1 : 0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(signal));
  process.on('disconnect', () => void end('the supervisor is gone'));
}

function exitAfterDrain(log: Logger, reason: string): void {
  log.warn({ reason }, 'stopped the hard way; what was accepted is on disk and goes on at the next start');
  process.exit(1);
}

function dieOfBugs(log: Logger): void {
  process.on('uncaughtException', (error, origin) => {
    log.fatal({ err: error, origin }, 'a bug ended this process');
    process.exit(1);
  });
}
