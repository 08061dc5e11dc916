import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { parseRedisUrl, type RedisTarget } from '../queue/redisUrl';
import { LIMITS_ENVIRONMENT, type LimitsConfig, limitsOf } from './limitsConfig';
import { readSignInSettings, type SignInSettings } from './signIn/signInSettings';
import { httpUrl, WATCHING_ENVIRONMENT, type WatchingConfig, watchingOf } from './watchingConfig';
import { wholeNumber } from './wholeNumber';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Everything the environment decides, read once when a process starts and never changed. */
export interface Config extends WatchingConfig {
  /** 0 for any free port. (Default: 4000) */
  readonly port: number;
  /** (Default: 127.0.0.1) */
  readonly host: string;
  /** Absolute; holds the embedded PostgreSQL, the development keys and the lock. (Default: .throughline) */
  readonly dataDir: string;
  /** The owner's connection string of a PostgreSQL of the user's; null for the embedded one. */
  readonly databaseUrl: string | null;
  /** Null for BullMQ's PostgreSQL backend. */
  readonly redis: RedisTarget | null;
  /** Fix the printed keys; null where they are made up. Never set in production. */
  readonly devApiKey: string | null;
  readonly devWriteKey: string | null;
  /** Whether an empty workspace gets the demo company's data. (Default: true, in production false; DEMO=0 or 1) */
  readonly demo: boolean;
  /** (Default: half of the processors, at least 1) */
  readonly workerProcesses: number;
  /** (Default: info) */
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** A workspace whose inbox holds more messages than this answers OVERLOADED. (Default: 1,000,000) */
  readonly inboxMaxMessages: number;
  /** So does one whose oldest message has waited longer than this. (Default: 300) */
  readonly inboxMaxSeconds: number;
  /** PostgreSQL ends a reader's statement after this. (Default: 10,000) */
  readonly statementTimeoutMs: number;
  /** The largest request body taken, decompressed. (Default: 2 MiB) */
  readonly bodyMaxBytes: number;
  /** Where vendors reach the server, without a slash at the end; null: as their requests say. Some of them sign it. */
  readonly publicUrl: string | null;
  /** Whether destinations may be on private addresses, and reached without TLS. (Default: false; true for development only) */
  readonly webhookAllowPrivate: boolean;
  /** By whom people sign in; null: nobody does. (OIDC_…) */
  readonly signIn: SignInSettings | null;
  /** Whether the database is the embedded PostgreSQL, which the supervisor tells its processes by EMBEDDED_POSTGRES. */
  readonly isEmbedded: boolean;
  /** NODE_ENV=production. */
  readonly production: boolean;
  readonly limits: LimitsConfig;
}

/** What is wrong with the environment: one sentence a fault, each naming its setting. */
export class ConfigFaults extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`Throughline cannot start with these settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigFaults';
  }
}

/** The configuration, or ConfigFaults with every fault at once. A setting that is the empty text counts as not set. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = ENVIRONMENT.safeParse(given);
  const signIn = readSignInSettings(given);
  const faults = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}.`),
    ...forbiddenTogether(given),
    ...(isFaults(signIn) ? signIn : []),
  ];
  if (!parsed.success || isFaults(signIn) || faults.length > 0) throw new ConfigFaults(faults);
  const settings = parsed.data;
  const production = settings.NODE_ENV === 'production';
  return Object.freeze({
    port: settings.PORT,
    host: settings.HOST,
    dataDir: resolve(settings.DATA_DIR),
    databaseUrl: settings.DATABASE_URL ?? null,
    redis: settings.REDIS_URL ?? null,
    devApiKey: settings.DEV_API_KEY ?? null,
    devWriteKey: settings.DEV_WRITE_KEY ?? null,
    demo: (settings.DEMO ?? (production ? '0' : '1')) === '1',
    workerProcesses: settings.WORKER_PROCESSES,
    logLevel: settings.LOG_LEVEL,
    inboxMaxMessages: settings.INBOX_MAX_MESSAGES,
    inboxMaxSeconds: settings.INBOX_MAX_SECONDS,
    statementTimeoutMs: settings.STATEMENT_TIMEOUT_MS,
    bodyMaxBytes: settings.BODY_MAX_BYTES,
    publicUrl: settings.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    webhookAllowPrivate: settings.WEBHOOK_ALLOW_PRIVATE === 'true' || settings.WEBHOOK_ALLOW_PRIVATE === '1',
    signIn,
    ...watchingOf(settings),
    isEmbedded: settings.DATABASE_URL === undefined || settings.EMBEDDED_POSTGRES === '1',
    production,
    limits: limitsOf(settings),
  });
}

function isFaults(read: SignInSettings | null | readonly string[]): read is readonly string[] {
  return Array.isArray(read);
}

function forbiddenTogether(given: Readonly<Record<string, string | undefined>>): string[] {
  const fixedKeys = ['DEV_API_KEY', 'DEV_WRITE_KEY'].filter((setting) => given[setting] !== undefined);
  const faults = given['NODE_ENV'] === 'production' ? fixedKeys.map((key) => `${key} must not be set when NODE_ENV is production.`) : [];
  if (fixedKeys.length === 2 && given['DEV_API_KEY'] === given['DEV_WRITE_KEY']) faults.push('DEV_WRITE_KEY must differ from DEV_API_KEY.');
  return faults;
}

const databaseUrl = z
  .string()
  .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) && new URL(text).pathname.length > 1, {
    error: 'must look like postgres://user:password@host:5432/database (percent-encode special characters in the password)',
  })
  .optional();

const redisUrl = z
  .string()
  .transform((text, context) => {
    const target = parseRedisUrl(text);
    if (target) return target;
    const message =
      'must look like redis://[user:password@]host:6379, redis+sentinel://host1,host2/name or redis+cluster://host1,host2 (rediss for TLS)';
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  })
  .optional();

/** A write key travels as a user name of Basic authorization, where a colon would end it. */
const devKey = z
  .string()
  .regex(/^[!-9;-~]{4,200}$/, { error: 'must be 4 to 200 visible ASCII characters without a colon' })
  .optional();

const ENVIRONMENT = z.object({
  PORT: wholeNumber(0, 65_535, 4000),
  HOST: z
    .string()
    .regex(/^[^\s/@]+$/, { error: 'must be a host name or an address to listen on' })
    .default('127.0.0.1'),
  DATA_DIR: z.string().default('.throughline'),
  DATABASE_URL: databaseUrl,
  REDIS_URL: redisUrl,
  DEV_API_KEY: devKey,
  DEV_WRITE_KEY: devKey,
  DEMO: z.enum(['0', '1'], { error: 'must be 0 or 1' }).optional(),
  WORKER_PROCESSES: wholeNumber(1, 64, Math.max(1, Math.floor(availableParallelism() / 2))),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  INBOX_MAX_MESSAGES: wholeNumber(1, 1_000_000_000, 1_000_000),
  INBOX_MAX_SECONDS: wholeNumber(1, 31_536_000, 300),
  STATEMENT_TIMEOUT_MS: wholeNumber(100, 3_600_000, 10_000),
  BODY_MAX_BYTES: wholeNumber(65_536, 64 * 2 ** 20, 2 * 2 ** 20),
  PUBLIC_URL: httpUrl('https://throughline.example.com').optional(),
  WEBHOOK_ALLOW_PRIVATE: z.enum(['true', 'false', '1', '0'], { error: 'must be true or false' }).optional(),
  EMBEDDED_POSTGRES: z.enum(['0', '1'], { error: 'must be 0 or 1' }).optional(),
  NODE_ENV: z.string().optional(),
  ...WATCHING_ENVIRONMENT,
  ...LIMITS_ENVIRONMENT,
});

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(ENVIRONMENT.shape);
