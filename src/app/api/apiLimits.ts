import type { PersistedDocuments } from '../../api/persistedDocuments';
import type { RateLimiter } from '../../intake/rates/rateLimiter';

/** What the API lets its clients do. */
export interface ApiLimits {
  /** A query that takes longer as a whole is stopped. */
  readonly operationTimeoutMs: number;
  /** What keys may spend, by operation cost; null: as much as they like. */
  readonly spending: RateLimiter | null;
  /** The only documents that are run; null: any. */
  readonly documents: PersistedDocuments | null;
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
  /** Other sites whose pages may use the API, such as https://console.example.com. */
  readonly origins: readonly string[];
  /** In front of the server, each of which adds to X-Forwarded-For. */
  readonly trustedProxies: number;
}

export const API_LIMITS: ApiLimits = {
  operationTimeoutMs: 30_000,
  spending: null,
  documents: null,
  introspection: true,
  origins: [],
  trustedProxies: 0,
};
