import type { Logger } from 'pino';
import { type Config, ConfigFaults, loadConfig } from './config';
import { createLogger } from './logger';
import { EXIT_CONFIG } from './processLife';
import { banner, withoutPassword } from './supervisor/banner';
import { DataDirInUse } from './supervisor/dataDirLock';
import { fillWithDemo } from './supervisor/demoData';
import { type RunningSystem, Supervisor } from './supervisor/supervisor';

/** `npm start`: everything on one machine, until SIGTERM or Ctrl-C. */
async function main(): Promise<void> {
  const startedAtMs = Date.now();
  const config = configOrExit();
  const log = createLogger(config.logLevel, 'supervisor');
  const supervisor = new Supervisor(config, log);
  stopOnSignal(supervisor, log);
  try {
    const system = await supervisor.start(startedAtMs);
    process.stdout.write(bannerOf(config, system, Date.now() - startedAtMs));
    if (config.demo) await fillWithDemo(system, startedAtMs, supervisor.stopping).catch((error) => explainDemo(error, supervisor, log));
  } catch (error) {
    await explainAndEnd(error, supervisor, log);
  }
}

function configOrExit(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigFaults)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIG);
  }
}

function stopOnSignal(supervisor: Supervisor, log: Logger): void {
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'draining and stopping');
    await supervisor.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
}

function bannerOf(config: Config, system: RunningSystem, startedInMs: number): string {
  const database = config.databaseUrl === null ? 'embedded PostgreSQL' : withoutPassword(config.databaseUrl);
  return banner({ ...system, dataDir: config.dataDir, database, workerProcesses: config.workerProcesses, startedInMs });
}

async function explainAndEnd(error: unknown, supervisor: Supervisor, log: Logger): Promise<void> {
  if (supervisor.stopping.aborted) return;
  if (error instanceof DataDirInUse) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  log.debug({ err: error }, 'could not start');
  process.stderr.write(`Throughline could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  await supervisor.stop();
  process.exit(1);
}

/** Without its demo data everything else still works. */
function explainDemo(error: unknown, supervisor: Supervisor, log: Logger): void {
  if (!supervisor.stopping.aborted) log.warn({ err: error }, 'the demo data is not complete; the next start goes on with it');
}

void main();
