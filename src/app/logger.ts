import { destination, type Logger, pino } from 'pino';
import type { Config } from './config';

/** JSON lines on standard error, so that standard output stays free for what `npm start` tells its user. */
export function createLogger(level: Config['logLevel'], processName: string): Logger {
  const options = { level, base: { process: processName, pid: process.pid }, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  return pino(options, destination({ dest: 2, sync: true }));
}
