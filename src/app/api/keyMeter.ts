import type { FastifyReply } from 'fastify';
import { type Meter, REQUEST_COST } from '../../api/meter';
import { addRateLimitHeaders } from '../../http/rateLimitHeaders';
import { RateLimited, type RateLimiter } from '../../intake/rates/rateLimiter';

/** What one request costs its key, and what the answer says of it. */
export class KeyMeter implements Meter {
  /** Null until it is known who asks. */
  private credentialId: string | null = null;
  private retryAfterSeconds: number | null = null;

  constructor(private readonly spending: RateLimiter) {}

  /** Refuses with RATE_LIMITED. */
  begin(credentialId: string): void {
    this.credentialId = credentialId;
    this.spend(REQUEST_COST);
  }

  spend(cost: number): void {
    try {
      this.spending.spend(this.credentialId ?? '', cost);
    } catch (error) {
      if (error instanceof RateLimited) this.retryAfterSeconds = error.retryAfterSeconds;
      throw error;
    }
  }

  addHeaders(reply: FastifyReply): void {
    if (this.credentialId !== null) addRateLimitHeaders(reply, 'cost', this.spending, this.credentialId);
    if (this.retryAfterSeconds !== null) reply.header('retry-after', this.retryAfterSeconds);
  }
}
