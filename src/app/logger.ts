import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Config } from './config';
import { describeError } from './operations/describeError';

/**
 * JSON lines on standard error, so that standard output stays free for what `npm start` tells its user. Nothing personal gets in: whatever error is logged,
 * under whatever name, is described first.
 */
export function createLogger(level: Config['logLevel'], processName: string, stream: DestinationStream = standardError()): Logger {
  const options = {
    level,
    base: { process: processName, pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { log: describeErrors },
    serializers: { err: (error: unknown) => error },
  };
  return pino(options, stream);
}

function describeErrors(entry: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, isError(name, value) ? describeError(value) : value]));
}

/** What is thrown need not be an error. */
function isError(name: string, value: unknown): boolean {
  return name === 'err' || value instanceof Error;
}

function standardError(): DestinationStream {
  return destination({ dest: 2, sync: true });
}
