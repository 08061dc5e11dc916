import type { Json } from '../../kernel/json';
import type { RefusalCode } from '../../kernel/refusals';
import { isSignedBy } from './signature';
import type { WebhookDelivery, WebhookSettings } from './webhookVendor';

/**
 * The secrets under the first of these names in the settings (people look for a secret under the word of its vendor): one, or a list while one
 * replaces another.
 */
export function signingSecrets(settings: WebhookSettings, names: readonly string[]): readonly string[] {
  for (const name of names) {
    const value = settings[name];
    const secrets = Array.isArray(value) ? (value as readonly Json[]) : [value];
    const usable = secrets.filter((secret) => typeof secret === 'string' && secret !== '') as string[];
    if (usable.length > 0) return usable;
  }
  return [];
}

/** What is wrong with settings that must hold a secret; null where they do. */
export function checkSigningSecret(settings: WebhookSettings, names: readonly string[], what: string): string | null {
  return signingSecrets(settings, names).length > 0 ? null : `${names[0]} must be ${what}, or a list of them while one replaces another.`;
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
  const signed = [`${time}.`, delivery.body];
  const isGenuine = given.some((one) => isSignedBy(trust.secrets, one, signed, { algorithm: 'sha256', encoding: 'hex' }));
  if (!isGenuine) return 'WEBHOOK_SIGNATURE_INVALID';
  return isStale(Number(time) * 1000, delivery.receivedAtMs, trust.toleranceMs) ? 'WEBHOOK_STALE' : null;
}

/** Signed longer ago than the vendor allows, or as far in the future. */
export function isStale(signedAtMs: number, receivedAtMs: number, toleranceMs: number): boolean {
  return Math.abs(receivedAtMs - signedAtMs) > toleranceMs;
}
