import { z } from 'zod';
import { QUERY_LIMITS } from '../api/limits/queryShape';
import { CONNECTION_LIMITS, type ConnectionLimits } from '../http/connectionLimits';
import type { Allowance } from '../intake/rates/rateLimiter';
import { wholeNumber } from './wholeNumber';

/** How much clients may do, as docs/limits.md says. */
export interface LimitsConfig {
  /** By API key, in the cost of operations; null: no limit. (Default: 600,000,000 in 60 seconds) */
  readonly apiRate: Allowance | null;
  /** By source, in messages; null: no limit. (Default: no limit) */
  readonly messageRate: Allowance | null;
  /** By address: keys that are nobody's; null: no limit. (Default: 60,000 in 60 seconds) */
  readonly unknownKeyRate: Allowance | null;
  /** A query that takes longer as a whole is stopped. (Default: 30,000) */
  readonly operationTimeoutMs: number;
  /** A file of the only documents that are run; null: any document is. */
  readonly persistedDocuments: string | null;
  /** Whether clients may ask for the schema. (Default: true) */
  readonly introspection: boolean;
  /** Other sites whose pages may use the API. */
  readonly origins: readonly string[];
  /** In front of the server, each of which adds to X-Forwarded-For. (Default: 0) */
  readonly trustedProxies: number;
  readonly connections: ConnectionLimits;
}

/** Such as 600000000/60: so many within so many seconds. */
function rate(byDefault: string, least: number) {
  const error = `must be a quota and seconds, such as ${byDefault === 'off' ? '60000/60' : byDefault} (at least ${least}), or off`;
  return z
    .string()
    .default(byDefault)
    .transform((text, context): Allowance | null => {
      if (text === 'off') return null;
      const [, quota, seconds] = /^([1-9][0-9]{0,11})\/([1-9][0-9]{0,4})$/.exec(text) ?? [];
      if (quota !== undefined && Number(quota) >= least) return { quota: Number(quota), windowMs: Number(seconds) * 1000 };
      context.issues.push({ code: 'custom', message: error, input: text });
      return z.NEVER;
    });
}

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text;
const origins = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((origin) => origin.trim() || []))
  .refine((list) => list.every(isOrigin), { error: 'must be origins such as https://console.example.com, separated by commas' });

/** For the schema of the environment. No query may cost more than a key's quota, or it could never run. */
export const LIMITS_ENVIRONMENT = {
  RATE_LIMIT_API: rate('600000000/60', QUERY_LIMITS.cost + 10),
  RATE_LIMIT_MESSAGES: rate('off', 1),
  RATE_LIMIT_UNKNOWN_KEYS: rate('60000/60', 1),
  OPERATION_TIMEOUT_MS: wholeNumber(100, 3_600_000, 30_000),
  PERSISTED_DOCUMENTS: z.string().optional(),
  INTROSPECTION: z.enum(['0', '1'], { error: 'must be 0 or 1' }).default('1'),
  API_ORIGINS: origins,
  TRUSTED_PROXIES: wholeNumber(0, 10, 0),
  MAX_CONNECTIONS: wholeNumber(10, 1_000_000, CONNECTION_LIMITS.maxConnections),
  MAX_CONNECTIONS_PER_ADDRESS: wholeNumber(0, 1_000_000, CONNECTION_LIMITS.maxConnectionsPerAddress),
  HEADERS_TIMEOUT_MS: wholeNumber(100, 600_000, CONNECTION_LIMITS.headersTimeoutMs),
  REQUEST_TIMEOUT_MS: wholeNumber(100, 3_600_000, CONNECTION_LIMITS.requestTimeoutMs),
  IDLE_TIMEOUT_MS: wholeNumber(15_000, 3_600_000, CONNECTION_LIMITS.idleTimeoutMs),
};

export function limitsOf(settings: z.output<z.ZodObject<typeof LIMITS_ENVIRONMENT>>): LimitsConfig {
  return {
    apiRate: settings.RATE_LIMIT_API,
    messageRate: settings.RATE_LIMIT_MESSAGES,
    unknownKeyRate: settings.RATE_LIMIT_UNKNOWN_KEYS,
    operationTimeoutMs: settings.OPERATION_TIMEOUT_MS,
    persistedDocuments: settings.PERSISTED_DOCUMENTS ?? null,
    introspection: settings.INTROSPECTION === '1',
    origins: settings.API_ORIGINS,
    trustedProxies: settings.TRUSTED_PROXIES,
    connections: {
      maxConnections: settings.MAX_CONNECTIONS,
      // Behind a proxy all of them come from it.
      maxConnectionsPerAddress: settings.TRUSTED_PROXIES > 0 ? 0 : settings.MAX_CONNECTIONS_PER_ADDRESS,
      headersTimeoutMs: settings.HEADERS_TIMEOUT_MS,
      requestTimeoutMs: settings.REQUEST_TIMEOUT_MS,
      idleTimeoutMs: settings.IDLE_TIMEOUT_MS,
    },
  };
}
