import type { FastifyInstance } from 'fastify';

/**
 * What browsers are told with every answer: to take it for what it says it is, to show it as no page and in no frame, and to tell no other site where
 * they come from. Pages of this server say more by a Content-Security-Policy of their own.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Where the server is reached by TLS, browsers are to come back by nothing else, for a year. */
const STRICT_TRANSPORT = 'max-age=31536000';

export function securityHeaders(publicUrl: string | null): Readonly<Record<string, string>> {
  return publicUrl?.startsWith('https:') ? { ...SECURITY_HEADERS, 'strict-transport-security': STRICT_TRANSPORT } : SECURITY_HEADERS;
}

export function addSecurityHeaders(app: FastifyInstance, headers: Readonly<Record<string, string>>): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}

/** A whole answer as text, for those that are given where there is no request yet; the connection is closed behind it. */
export function rawAnswer(status: string, contentType: string, body: string): string {
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': contentType,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}
