import { Refusal } from '../../kernel/refusals';
import { WEBHOOK_VENDORS } from './vendors';
import type { WebhookSource, WebhookSources } from './webhookSources';
import type { WebhookDelivery, WebhookVendor } from './webhookVendor';

/** A delivery that is genuine, and whose it is. */
export interface RecognisedDelivery {
  readonly source: WebhookSource;
  readonly vendor: WebhookVendor;
}

/**
 * Whose source a delivery is for: the one that the number names and whose secret it was signed with. Settings that are remembered are read
 * anew before a delivery is refused for them. Refuses with NOT_FOUND, WEBHOOK_SIGNATURE_INVALID or WEBHOOK_STALE.
 */
export async function recogniseDelivery(sources: WebhookSources, sourceId: number, delivery: WebhookDelivery): Promise<RecognisedDelivery> {
  const known = await sources.lookUp(sourceId);
  const recognised = await recogniseAmong(known.sources, delivery);
  if (!(recognised instanceof Refusal)) return recognised;
  const anew = known.isRemembered ? await recogniseAmong(await sources.ask(sourceId), delivery) : recognised;
  if (anew instanceof Refusal) throw anew;
  return anew;
}

async function recogniseAmong(sources: readonly WebhookSource[], delivery: WebhookDelivery): Promise<RecognisedDelivery | Refusal> {
  let refusal = new Refusal('NOT_FOUND', 'There is no source at this address that takes webhooks.');
  for (const source of sources) {
    const vendor = WEBHOOK_VENDORS.get(source.type);
    if (!vendor) continue;
    const answer = await verify(vendor, source, delivery);
    if (answer === null) return { source, vendor };
    // Stale says that the secret was right.
    if (refusal.code !== 'WEBHOOK_STALE') refusal = answer;
  }
  return refusal;
}

async function verify(vendor: WebhookVendor, { settings }: WebhookSource, delivery: WebhookDelivery): Promise<Refusal | null> {
  if (vendor.checkSettings(settings) !== null) {
    return new Refusal('WEBHOOK_SIGNATURE_INVALID', 'The settings of the source are not complete, so that no delivery can be verified.');
  }
  const code = await vendor.verify(delivery, settings);
  return code === null ? null : new Refusal(code);
}
