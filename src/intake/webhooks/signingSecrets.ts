import type { Json } from '../../kernel/json';
import type { RefusalCode } from '../../kernel/refusals';
import { hmacOf, isSameText } from './signature';
import type { WebhookDelivery, WebhookSettings } from './webhookVendor';

/** `settings.signingSecret`: one secret, or several while one replaces another. */
export function signingSecrets(settings: WebhookSettings): readonly string[] {
  const { signingSecret } = settings;
  const secrets = Array.isArray(signingSecret) ? (signingSecret as readonly Json[]) : [signingSecret];
  return secrets.filter((secret) => typeof secret === 'string' && secret !== '') as string[];
}

export function checkSigningSecret(settings: WebhookSettings): string | null {
  return signingSecrets(settings).length > 0 ? null : 'signingSecret must be the secret that the vendor signs with, or a list of them.';
}

/** `t=<unix seconds>,v1=<hex>[,v1=<hex> …]` with HMAC-SHA256 over `<t>.<body>`, as Stripe signs. */
export function verifyTimestamped(
  header: string | undefined,
  delivery: WebhookDelivery,
  trust: { readonly secrets: readonly string[]; readonly toleranceMs: number },
): RefusalCode | null {
  const fields = (header ?? '').split(',').map((field) => field.trim().split('=', 2) as [string, string?]);
  const time = fields.find(([name]) => name === 't')?.[1] ?? '';
  const given = fields.filter(([name]) => name === 'v1').map(([, value = '']) => value);
  if (!/^\d{1,12}$/.test(time)) return 'WEBHOOK_SIGNATURE_INVALID';
  const expected = trust.secrets.map((secret) => hmacOf(secret, [`${time}.`, delivery.body], { algorithm: 'sha256', encoding: 'hex' }));
  if (!given.some((one) => expected.some((other) => isSameText(one, other)))) return 'WEBHOOK_SIGNATURE_INVALID';
  return isStale(Number(time) * 1000, delivery.receivedAtMs, trust.toleranceMs) ? 'WEBHOOK_STALE' : null;
}

/** Signed longer ago than the vendor allows, or as far in the future. */
export function isStale(signedAtMs: number, receivedAtMs: number, toleranceMs: number): boolean {
  return Math.abs(receivedAtMs - signedAtMs) > toleranceMs;
}
