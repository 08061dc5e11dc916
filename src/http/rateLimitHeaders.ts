import type { FastifyReply } from 'fastify';
import type { RateLimiter } from '../intake/rates/rateLimiter';

/** RateLimit-Policy and RateLimit, as in the IETF's draft-ietf-httpapi-ratelimit-headers: what may be spent within how many seconds, and what is left of it. */
export function addRateLimitHeaders(reply: FastifyReply, name: string, limiter: RateLimiter, id: string): void {
  const { quota, windowMs } = limiter.allowance;
  const { remaining, resetSeconds } = limiter.leftOf(id);
  reply.header('ratelimit-policy', `"${name}";q=${quota};w=${Math.ceil(windowMs / 1000)}`);
  reply.header('ratelimit', `"${name}";r=${remaining};t=${resetSeconds}`);
}
