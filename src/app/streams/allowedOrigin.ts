import type { IncomingHttpHeaders } from 'node:http';

export interface AllowedOrigins {
  /** Null: as requests say. */
  readonly publicUrl: string | null;
  /** Of other sites, as browsers write them. */
  readonly origins: readonly string[];
}

/**
 * Whether a browser that opens a WebSocket shows a page of this server or of a site that may use the API. A browser asks nobody before it opens one to another
 * site, so the server has to look itself, to let in no more than it does at POST /graphql. What is no browser names no origin.
 */
export function isAllowedOrigin({ origin, host }: IncomingHttpHeaders, { publicUrl, origins }: AllowedOrigins): boolean {
  if (origin === undefined || origins.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin).host;
  return from === host?.toLowerCase() || (publicUrl !== null && from === new URL(publicUrl).host);
}
