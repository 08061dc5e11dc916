import { readFileSync } from 'node:fs';
import { PersistedDocuments } from '../api/persistedDocuments';
import type { HttpServerOptions } from '../http/createHttpServer';
import { type Allowance, RateLimiter } from '../intake/rates/rateLimiter';
import { SharedSpending } from '../queue/sharedSpending';
import type { ApiLimits } from './api/apiLimits';
import { type Config, ConfigFaults } from './config';
import type { LimitsConfig } from './limitsConfig';
import { shareSpending } from './shareSpending';

/** Goes on evenly also where somebody sets the clock: back, and whoever spent anything would have to wait for as long. */
const SINCE_START = () => performance.now();

/** What holds clients within their limits in one API process. */
export interface ClientLimits {
  readonly api: ApiLimits;
  readonly http: Pick<HttpServerOptions, 'connectionLimits' | 'trustedProxies' | 'messageRates'>;
  /** By address: keys that are nobody's. */
  readonly attempts: RateLimiter | null;
  stop(): Promise<void>;
}

/** As the configuration says; shared with other processes where there is a Redis. Throws ConfigFaults where the persisted documents can't be read. */
export function limitClients({ limits, redis }: Pick<Config, 'limits' | 'redis'>, onError: (error: unknown) => void): ClientLimits {
  const limiterOf = (allowance: Allowance | null) => allowance && new RateLimiter(allowance, SINCE_START);
  const spending = limiterOf(limits.apiRate);
  const messageRates = limiterOf(limits.messageRate);
  const attempts = limiterOf(limits.unknownKeyRate);
  const { operationTimeoutMs, introspection, origins, trustedProxies } = limits;
  const api = { spending, documents: documentsOf(limits), operationTimeoutMs, introspection, origins, trustedProxies };
  const sharing = redis && shareSpending(new SharedSpending(redis), { api: spending, messages: messageRates, attempts }, onError);
  return {
    api,
    http: { connectionLimits: limits.connections, trustedProxies, messageRates },
    attempts,
    async stop() {
      await sharing?.stop();
    },
  };
}

function documentsOf({ persistedDocuments }: LimitsConfig): PersistedDocuments | null {
  if (persistedDocuments === null) return null;
  try {
    return PersistedDocuments.fromJson(JSON.parse(readFileSync(persistedDocuments, 'utf8')));
  } catch (error) {
    throw new ConfigFaults([`PERSISTED_DOCUMENTS: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
