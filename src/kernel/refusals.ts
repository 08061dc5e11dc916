/**
 * Every refusal there is: one code, where it is answered, and what it means. A refusal is a value that the caller
 * gets and can act on; everything else that goes wrong is a bug and is thrown.
 *
 * `http` is the status of a whole request refused with the code; `message` marks the codes of single messages, which
 * are refused alone while the rest of their batch goes on.
 */
export const REFUSALS = {
  // the whole request
  BODY_NOT_JSON: { http: 400, meaning: 'The body is no JSON.' },
  BODY_NOT_A_BATCH: { http: 400, meaning: 'The body is JSON, but neither a message nor a batch of messages.' },
  BODY_TOO_LARGE: { http: 400, meaning: 'The body, decompressed, is larger than the server takes.' },
  BODY_ENCODING: { http: 400, meaning: 'The body could not be decompressed, or is no UTF-8.' },
  BODY_TOO_DEEP: { http: 400, meaning: 'The body nests deeper than the server takes.' },
  UNAUTHENTICATED: { http: 401, meaning: 'No key, or one that is unknown, revoked or expired.' },
  FORBIDDEN: { http: 403, meaning: 'The key lacks the scope that this needs.' },
  NOT_FOUND: { http: 404, meaning: 'There is nothing here by that id, or it belongs to another workspace.' },
  METHOD_NOT_ALLOWED: { http: 405, meaning: 'The path takes other methods only; the header allow names them.' },
  REQUEST_INVALID: { http: 400, meaning: 'The request is no proper HTTP, or its address can not be read.' },
  INTERNAL: { http: 500, meaning: 'A fault of the server, which it has noted.' },
  OVERLOADED: { http: 429, meaning: 'Processing is too far behind; send again after Retry-After seconds.' },
  RATE_LIMITED: { http: 429, meaning: 'More than the key or the address may ask for; again after Retry-After seconds.' },
  UNAVAILABLE: { http: 503, meaning: 'The database cannot be reached at the moment; nothing was accepted.' },
  SIGN_IN_UNAVAILABLE: { http: 503, meaning: 'The keys of the sign-in provider cannot be fetched at the moment; API keys work.' },
  INVALID_INPUT: { http: 400, meaning: 'An argument is outside what is allowed; the message names it.' },
  INVALID_CURSOR: { http: 400, meaning: 'A cursor that this server did not give out for this list.' },
  QUERY_TOO_COMPLEX: { http: 400, meaning: 'The query is too deep, too wide, too long or too costly.' },
  POSITION_TIMEOUT: { http: 504, meaning: 'The position asked for was not processed within 10 seconds.' },
  STATEMENT_TIMEOUT: { http: 504, meaning: 'The database took longer over this than allowed.' },
  OPERATION_TIMEOUT: {
    http: 504,
    meaning: 'The query took longer as a whole than allowed; what the database was doing for it was stopped.',
  },
  DOCUMENT_UNKNOWN: { http: 400, meaning: 'The server runs only documents that it was given, and this is none of them.' },
  CONFLICT: { http: 409, meaning: 'Someone else changed this at the same time, or it exists already.' },
  // webhooks of vendors
  WEBHOOK_SIGNATURE_INVALID: { http: 401, meaning: 'The delivery is not signed with the secret of this source.' },
  WEBHOOK_STALE: { http: 401, meaning: 'The delivery was signed too long ago, or in the future: it may be a replay.' },
  // decisions about who is one customer
  MERGE_WITH_ITSELF: { http: 409, meaning: 'The profiles are one already.' },
  MERGE_REFUSED: { http: 409, meaning: 'The profiles can not be one; the message names the limit.' },
  MERGE_UNDONE: { http: 409, meaning: 'The merge was undone before.' },
  MATCH_DECIDED: { http: 409, meaning: 'Somebody decided on this candidate before; what was decided stands.' },
  SPLIT_REFUSED: { http: 409, meaning: 'A split takes out some of the identifiers of a profile: at least one, and not all.' },
  IDENTIFIER_ELSEWHERE: { http: 409, meaning: 'An identifier is not, or no longer, on this profile.' },
  // segments
  SEGMENT_INVALID: {
    http: 400,
    meaning: 'The definition of a segment or computed trait is wrong; the message names each fault with its path.',
  },
  // files given to a command
  FILE_UNREADABLE: { http: 400, meaning: 'There is no such file, or it cannot be read or written.' },
  FILE_EMPTY: { http: 400, meaning: 'The file holds no records.' },
  CSV_BROKEN: { http: 400, meaning: 'The file is no proper CSV; the reason names the line.' },
  CSV_ENCODING: { http: 400, meaning: 'The file is not in UTF-8.' },
  CSV_HEADER_INVALID: { http: 400, meaning: 'The first line does not name each column once.' },
  COLUMN_UNKNOWN: { http: 400, meaning: 'A flag names a column that the file does not have.' },
  COLUMNS_UNUSABLE: { http: 400, meaning: 'No column tells one person from another.' },
  TRANSACTIONS_UNUSABLE: {
    http: 400,
    meaning: 'The file says not, or not on every line, who ordered when and for how much; the reason says where.',
  },
  RECORD_ID_REPEATED: { http: 400, meaning: 'A record id is missing, or stands on more than one record.' },
  TOO_MANY_RECORDS: { http: 400, meaning: 'More than two million records in one file.' },
  BACKUP_BROKEN: { http: 400, meaning: 'The file is no backup of Throughline, or not all of one.' },
  BACKUP_OF_OTHER_VERSION: { http: 409, meaning: 'The backup was made by a version with other migrations; the reason names them.' },
  DATABASE_NOT_EMPTY: { http: 409, meaning: 'A backup is restored into a database that has nothing in it, and this one has.' },
  // single messages
  MESSAGE_NOT_AN_OBJECT: { http: 400, message: true, meaning: 'A message that is no JSON object.' },
  MESSAGE_TYPE_UNKNOWN: { http: 400, message: true, meaning: 'The type is none of track, identify, page, screen, group, alias.' },
  MESSAGE_TOO_LARGE: { http: 400, message: true, meaning: 'A message over 32 KB.' },
  MESSAGE_TOO_DEEP: { http: 400, message: true, meaning: 'A message that nests deeper than 64 levels.' },
  MESSAGE_ID_TOO_LONG: { http: 400, message: true, meaning: 'A messageId over 100 characters.' },
  MESSAGE_WITHOUT_ID: { http: 400, message: true, meaning: 'Neither userId nor anonymousId.' },
  MESSAGE_FIELD_INVALID: {
    http: 400,
    message: true,
    meaning: 'A field of the message has the wrong type or is too long; the reason names it.',
  },
  MESSAGE_FIELD_MISSING: {
    http: 400,
    message: true,
    meaning: 'A field that this type of message needs is not there; the reason names it.',
  },
  TIMESTAMP_INVALID: { http: 400, message: true, meaning: 'The timestamp is no date, or outside the years 1970 to one day from now.' },
  IDENTIFIERS_BLOCKED: {
    http: 400,
    message: true,
    meaning: 'Every identifier on the message is a blocked value, so it belongs to nobody.',
  },
  MESSAGE_POISONOUS: {
    http: 400,
    message: true,
    meaning: 'Processing the message failed in a way nobody foresaw; the reason has the error.',
  },
  WEBHOOK_UNREADABLE: {
    http: 400,
    message: true,
    meaning: 'The mapping of the source could not read what a webhook brought; it can be retried when the mapping is mended.',
  },
  // rows of an imported file
  ROW_UNREADABLE: {
    http: 400,
    message: true,
    meaning: 'A row of an imported file that is no record: broken quotes, more or fewer cells than columns, no JSON object, or over 1 MB.',
  },
} as const satisfies Record<string, { http: number; message?: boolean; meaning: string }>;

export type RefusalCode = keyof typeof REFUSALS;

/** An expected refusal, on its way to the edge that answers it with its code. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    reason: string = REFUSALS[code].meaning,
  ) {
    super(reason);
    this.name = 'Refusal';
  }
}
