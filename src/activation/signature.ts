import { Webhook } from 'standardwebhooks';

/** The headers of one request by Standard Webhooks (standardwebhooks.com), one signature for each secret. */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  /** Seconds since 1970. */
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** `id` stays the same however often the message is sent; `nowMs` is the time of this attempt, so that receivers can refuse old ones. */
export function signedHeaders(id: string, body: string, secrets: readonly string[], nowMs: number): SignedHeaders {
  const at = new Date(nowMs);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(nowMs / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
