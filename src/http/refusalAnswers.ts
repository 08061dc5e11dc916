import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Overloaded } from '../intake/overload';
import { RateLimited } from '../intake/rates/rateLimiter';
import { REFUSALS, Refusal, type RefusalCode } from '../kernel/refusals';

export interface FaultPorts {
  /** Told of every refusal of a whole request, by its code. */
  readonly onRefusal: (code: RefusalCode) => void;
  /** What an error of the database means to who asked; null for a bug. */
  readonly refusalOf?: (error: unknown) => Refusal | null;
  /** Told of what is a fault of the server, never of what a client sent. */
  readonly onFault: (error: unknown) => void;
}

export const JSON_TYPE = 'application/json; charset=utf-8';

const UNAVAILABLE_RETRY_AFTER_SECONDS = 1;

/** The JSON of every answer that refuses a request as a whole. */
export function refusalJson(code: RefusalCode, reason: string = REFUSALS[code].meaning): string {
  return JSON.stringify({ success: false, error: { code, reason } });
}

/** Answers with a refusal's own status, and says when to come back where that helps. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal instanceof Overloaded || refusal instanceof RateLimited) reply.header('retry-after', refusal.retryAfterSeconds);
  else if (refusal.code === 'UNAVAILABLE') reply.header('retry-after', UNAVAILABLE_RETRY_AFTER_SECONDS);
  else if (refusal.code === 'UNAUTHENTICATED' && !reply.hasHeader('www-authenticate'))
    reply.header('www-authenticate', 'Basic realm="write key"');
  return reply.code(REFUSALS[refusal.code].http).type(JSON_TYPE).send(refusalJson(refusal.code, refusal.message));
}

/** Turns whatever was thrown into an answer that says nothing of the server's insides. */
export function answerError(ports: FaultPorts) {
  return (error: FastifyError | Error, _request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const refusal = asRefusal(error) ?? ports.refusalOf?.(error) ?? new Refusal('INTERNAL');
    if (refusal.code === 'INTERNAL') ports.onFault(error);
    ports.onRefusal(refusal.code);
    return sendRefusal(reply, refusal);
  };
}

function asRefusal(error: FastifyError | Error): Refusal | null {
  if (error instanceof Refusal) return error;
  if ('code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('BODY_TOO_LARGE');
  const status = 'statusCode' in error ? error.statusCode : undefined;
  return status !== undefined && status >= 400 && status < 500 ? new Refusal('REQUEST_INVALID', error.message) : null;
}
