import { Refusal, type RefusalCode } from '../kernel/refusals';

/** SQLSTATEs that are an answer to who asked, and no bug. */
const REFUSALS_BY_STATE: Readonly<Record<string, RefusalCode>> = {
  // query_canceled, by statement_timeout
  '57014': 'STATEMENT_TIMEOUT',
  // lock_not_available
  '55P03': 'STATEMENT_TIMEOUT',
  // unique_violation
  '23505': 'CONFLICT',
  // character_not_in_repertoire and untranslatable_character: text with NUL in it
  '22021': 'INVALID_INPUT',
  '22P05': 'INVALID_INPUT',
};

/** Shutdown, crash, starting up, too many connections, a full disk or one that fails, and connections that broke (classes 08, 53, 57P, 58). */
const UNREACHABLE = /^(08|53|57P|58)/;
/** SQLSTATE of a write to a database that is read only: a standby, or one that was set so. */
const READ_ONLY = '25006';
const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH']);

/** What a failed statement means to who asked; null for a bug. Says nothing of the statement. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const refusal = REFUSALS_BY_STATE[code];
  if (refusal !== undefined) return new Refusal(refusal);
  if (code === READ_ONLY) return new Refusal('UNAVAILABLE', 'The database takes no writes at the moment.');
  if (
    UNREACHABLE.test(code) ||
    NETWORK_CODES.has(code) ||
    /^(Connection terminated|Client has encountered|Client was closed|Query read timeout|timeout expired|timeout exceeded when trying to connect)/.test(
      error.message,
    )
  ) {
    return new Refusal('UNAVAILABLE', 'The database cannot be reached at the moment.');
  }
  return null;
}
