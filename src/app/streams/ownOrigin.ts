import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a browser that opens a WebSocket shows a page of this server. A browser asks nobody before it opens one to another site, so the server has to look
 * itself, to let in no more than it does at POST /graphql, which pages of other origins can't read. What is no browser names no origin.
 */
export function isOwnOrigin({ origin, host }: IncomingHttpHeaders, publicUrl: string | null): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin).host;
  return from === host?.toLowerCase() || (publicUrl !== null && from === new URL(publicUrl).host);
}
