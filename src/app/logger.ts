import { destination, type Logger, pino, stdSerializers } from 'pino';
import type { Config } from './config';

/** SQLSTATE class 22: a value that the database can't take, which its message quotes. */
const DATA_EXCEPTION = /^22/;

/** An error as it is logged: of what the database says, nothing that may quote a value or a row. */
export function errorForLog(error: Error): object {
  const { code, severity } = (error ?? {}) as Error & { readonly code?: unknown; readonly severity?: unknown };
  if (typeof code !== 'string' || typeof severity !== 'string') return stdSerializers.err(error);
  const { table, constraint, routine } = error as Error & {
    readonly table?: string;
    readonly constraint?: string;
    readonly routine?: string;
  };
  const message = DATA_EXCEPTION.test(code) ? 'The database refused a value.' : error.message;
  const stack = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { type: error.name, message, code, severity, table, constraint, routine, stack: stack.join('\n') };
}

/** JSON lines on standard error, so that standard output stays free for what `npm start` tells its user. */
export function createLogger(level: Config['logLevel'], processName: string): Logger {
  const options = {
    level,
    base: { process: processName, pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    serializers: { err: errorForLog },
  };
  return pino(options, destination({ dest: 2, sync: true }));
}
