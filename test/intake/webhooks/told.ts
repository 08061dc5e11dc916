import type { Posted } from '../../../bench/fuzz/vendorSignatures';
import { identifiersOf } from '../../../src/identity/identifiersOf';
import { DEFAULT_IDENTITY_RULES } from '../../../src/identity/rules';
import { readDelivery } from '../../../src/intake/webhooks/readDelivery';
import { storedDelivery } from '../../../src/intake/webhooks/storedDelivery';
import { WEBHOOK_VENDORS } from '../../../src/intake/webhooks/vendors';
import type { WebhookSettings, WebhookVendor } from '../../../src/intake/webhooks/webhookVendor';
import type { JsonObject } from '../../../src/kernel/json';
import type { Department } from '../../../src/kernel/vocabulary';
import { toInteraction } from '../../../src/timeline/toInteraction';

/** Sunday 22 November 2026, 12:00:00 UTC. */
export const NOW_MS = Date.UTC(2026, 10, 22, 12);
export const ADDRESS = 'https://throughline.example.com/webhooks/src_1000';

export interface Asked {
  readonly settings?: WebhookSettings;
  readonly headers?: Readonly<Record<string, string>>;
  readonly department?: Department;
}

export function vendorOf(type: string): WebhookVendor {
  const vendor = WEBHOOK_VENDORS.get(type);
  if (!vendor) throw new Error(`There is no vendor ${type}.`);
  return vendor;
}

/** Answers a promise, whether or not the vendor's check is one. */
export async function verified(
  type: string,
  posted: Posted,
  settings: WebhookSettings,
  asked: { receivedAtMs?: number; url?: string } = {},
) {
  const { receivedAtMs = NOW_MS, url = posted.url ?? ADDRESS } = asked;
  return await vendorOf(type).verify({ body: Buffer.from(posted.body), headers: posted.headers, url, receivedAtMs }, settings);
}

/** What a delivery comes to: its interactions, each with who it is about; or why it could not be read. */
export function told(type: string, body: string | JsonObject, { settings = {}, headers = {}, department = 'SUPPORT' }: Asked = {}) {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const stored = storedDelivery({ body: bytes, headers, url: ADDRESS, receivedAtMs: NOW_MS }, vendorOf(type));
  const read = readDelivery(stored, { source: { type, settings }, sourceId: 7, receivedAtMs: NOW_MS });
  const rules = DEFAULT_IDENTITY_RULES;
  return {
    refusal: read.refusal,
    interactions: read.messages.map((message) => {
      const { identifiers } = identifiersOf(message, { rules, defaultCountry: 'GB' });
      return {
        ...toInteraction(message, { type, department }),
        messageId: message.messageId,
        occurredAt: new Date(message.occurredAtMs).toISOString(),
        who: identifiers.map((identifier) => `${identifier.type} ${identifier.value}`).sort(),
      };
    }),
  };
}

/** The only interaction of a delivery. */
export function toldOne(type: string, body: string | JsonObject, asked: Asked = {}) {
  const { refusal, interactions } = told(type, body, asked);
  const [only] = interactions;
  if (refusal !== null || !only || interactions.length > 1)
    throw new Error(`Not one interaction: ${JSON.stringify({ refusal, interactions })}`);
  return only;
}
