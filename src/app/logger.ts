import { type DestinationStream, destination, type LogFn, type Logger, pino } from 'pino';
import type { Config } from './config';
import { describeError, isError } from './operations/describeError';

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
    hooks: { logMethod: nameLoneErrors },
  };
  return pino(options, stream);
}

/** pino would take the message of an error that is logged alone for the line's. */
function nameLoneErrors(this: Logger, args: Parameters<LogFn>, log: LogFn): void {
  log.apply(this, args.length === 1 && isError(args[0]) ? [args[0], 'an error'] : args);
}

function describeErrors(entry: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [name, name === 'err' || isError(value) ? describeError(value) : value]),
  );
}

function standardError(): DestinationStream {
  return destination({ dest: 2, sync: true });
}
