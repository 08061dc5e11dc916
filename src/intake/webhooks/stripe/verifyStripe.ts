import { isUtf8 } from 'node:buffer';
import type Stripe from 'stripe';
import { isStale } from '../signingSecrets';
import type { Verdict, WebhookDelivery } from '../webhookVendor';

/** What Stripe's own libraries allow. */
const TOLERANCE_MS = 300_000;
const NO_TOLERANCE = 0;

type Signature = Stripe.Webhooks['signature'];

/**
 * Whether Stripe's own package finds a delivery genuine by one of the secrets. The package is loaded with the first delivery: a process that takes none
 * does without it. It is asked about the signature only; how old that may be is decided here, where the time is an argument and a time to come counts, too.
 */
export async function verifyStripe(delivery: WebhookDelivery, secrets: readonly string[]): Promise<Verdict> {
  const header = delivery.headers['stripe-signature'] ?? '';
  const signedAt = onlyTimeOf(header);
  // The package signs the body's text, and in that what is no UTF-8 looks like something else.
  if (signedAt === null || !isUtf8(delivery.body)) return 'WEBHOOK_SIGNATURE_INVALID';
  const text = Buffer.from(delivery.body).toString('utf8');
  const { signature } = (await import('stripe')).default.webhooks;
  if (!secrets.some((secret) => isGenuine(signature, { text, header, secret }))) return 'WEBHOOK_SIGNATURE_INVALID';
  return isStale(signedAt * 1000, delivery.receivedAtMs, TOLERANCE_MS) ? 'WEBHOOK_STALE' : null;
}

/** Unix seconds. Null where the header tells no time, or several: of those only one is signed. */
function onlyTimeOf(header: string): number | null {
  const [time = '', ...others] = header.split(',').filter((field) => field.startsWith('t='));
  return others.length === 0 && /^t=\d{1,12}$/.test(time) ? Number(time.slice(2)) : null;
}

/** The package throws where a signature is wrong, and also where it is no signature at all. */
function isGenuine(signature: Signature, { text, header, secret }: Readonly<Record<'text' | 'header' | 'secret', string>>): boolean {
  try {
    return signature?.verifyHeader(text, header, secret, NO_TOLERANCE) ?? false;
  } catch {
    return false;
  }
}
