import { types } from 'node:util';

/** What of an error may stand in a log: nothing that a client sent. */
export interface DescribedError {
  readonly type: string;
  /** Left out where it may quote what somebody sent. */
  readonly message?: string;
  /** An SQLSTATE, an errno of the system, a refusal's code. */
  readonly code?: string;
  /** Names of our own schema, from PostgreSQL. */
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  /** Where it was thrown, without the message that leads it in `Error.stack`. */
  readonly stack?: string;
  readonly cause?: DescribedError;
  readonly errors?: readonly DescribedError[];
}

const MAX_DEPTH = 4;
const MAX_ERRORS = 5;
const MAX_FRAMES = 20;
const MAX_MESSAGE_CHARACTERS = 300;

/**
 * SQLSTATE classes whose messages speak of the server's state and of our statements: connections, read-only transactions, rollbacks, syntax and rights,
 * resources, intervention, the system, the server itself. The others (data, constraints, limits, raised by functions) quote values.
 */
const CLASSES_WITHOUT_VALUES = new Set(['08', '25', '28', '3D', '40', '42', '53', '55', '57', '58', 'XX']);
const SQLSTATE = /^[0-9A-Z]{5}$/;
/** Of the system, of Node and its sockets: what they speak of are addresses and files. */
const SYSTEM_CODE = /^(E[A-Z0-9]{2,}|CERT_[A-Z_]+|UND_ERR_[A-Z_]+)$/;
/** What Redis answers, and that it can't be reached. */
const REDIS_ERRORS = new Set(['ReplyError', 'MaxRetriesPerRequestError', 'ClusterAllFailedError']);

/**
 * Type, code and place of an error always; its message only where it is known to quote nothing that came from outside. Engines and parsers quote what they
 * could not read, so of their errors, and of every class that is not known here, the message stays away.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!isError(error)) return { type: typeof error };
  const code = textOf(error, 'code');
  const { cause } = error;
  const errors = 'errors' in error && Array.isArray(error.errors) && depth < MAX_DEPTH ? error.errors.slice(0, MAX_ERRORS) : [];
  const message = messageOf(error, code);
  return {
    type: error.name,
    ...(message !== null && { message: message.slice(0, MAX_MESSAGE_CHARACTERS) }),
    ...(code !== null && /^[\w.-]{1,60}$/.test(code) && { code }),
    ...schemaNames(error, code),
    ...framesOf(error),
    ...(isError(cause) && depth < MAX_DEPTH && { cause: describeError(cause, depth + 1) }),
    ...(errors.length > 0 && { errors: errors.map((each) => describeError(each, depth + 1)) }),
  };
}

/** Also one that was made in another context of the engine, as modules of Node are in tests. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

function messageOf(error: Error, code: string | null): string | null {
  if (isFromPostgres(error, code)) return CLASSES_WITHOUT_VALUES.has((code as string).slice(0, 2)) ? error.message : null;
  if (code !== null && SYSTEM_CODE.test(code)) return error.message;
  if (REDIS_ERRORS.has(error.name)) return error.message;
  return error.name === 'Error' ? withoutQuotations(error.message) : null;
}

/** Our own words, and those of `pg` about its connections; whatever they quote is taken out. */
function withoutQuotations(message: string): string {
  return message
    .replace(/"[^"]*"?|“[^”]*”?|`[^`]*`?|'[^']*'(?![a-z])/g, '[…]')
    .replace(/\S+@\S+/g, '[…]')
    .replace(/\d{5,}/g, '[…]');
}

/** `severity` tells PostgreSQL's codes from others of five characters, such as EPIPE. */
function isFromPostgres(error: Error, code: string | null): boolean {
  return code !== null && SQLSTATE.test(code) && 'severity' in error;
}

function schemaNames(error: Error, code: string | null): Pick<DescribedError, 'table' | 'column' | 'constraint'> {
  if (!isFromPostgres(error, code)) return {};
  const names = (['table', 'column', 'constraint'] as const).map((name) => [name, textOf(error, name)] as const);
  return Object.fromEntries(names.filter(([, value]) => value !== null));
}

function framesOf(error: Error): Pick<DescribedError, 'stack'> {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames.length === 0 ? {} : { stack: frames.slice(0, MAX_FRAMES).join('\n') };
}

function textOf(error: Error, property: string): string | null {
  const value = (error as unknown as Record<string, unknown>)[property];
  return typeof value === 'string' ? value : null;
}
