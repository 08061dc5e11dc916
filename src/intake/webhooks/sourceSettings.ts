import type { JsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { faultOfNamespace } from './idNamespace';
import { WEBHOOK_VENDORS } from './vendors';

/** Where the vendor of a source is told to deliver to, below the address of the server; null where its type takes no webhooks. */
export function webhookPath(type: string, publicSourceId: string): string | null {
  return WEBHOOK_VENDORS.has(type) ? `/webhooks/${publicSourceId}` : null;
}

/** Whatever the vendor calls it, a setting that webhooks are verified or read by has one of these words in its name. */
const OF_WEBHOOKS = /secr|token|key|password|signature|unsigned|mapping|questions/i;

/**
 * Refuses with INVALID_INPUT settings that the deliveries of the source's vendor could not be verified or read by. Settings that say nothing of
 * webhooks are fine: then the source takes messages by its write key only, until it is given what its vendor needs.
 */
export function refuseFaultySettings(type: string, settings: JsonObject): void {
  const vendor = WEBHOOK_VENDORS.get(type);
  if (!vendor) return;
  const isOfWebhooks = Object.keys(settings).some((name) => OF_WEBHOOKS.test(name));
  const fault = faultOfNamespace(settings) ?? (isOfWebhooks ? vendor.checkSettings(settings) : null);
  if (fault !== null) throw new Refusal('INVALID_INPUT', `settings of a source of the type ${type}: ${fault}`);
}

/** Members that are given replace those before, null takes one away, all others stay: secrets are never shown, so nobody could repeat them. */
export function changedSettings(before: JsonObject, change: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== null && value !== undefined));
}
