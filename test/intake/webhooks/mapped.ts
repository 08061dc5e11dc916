import { identifiersOf } from '../../../src/identity/identifiersOf';
import { DEFAULT_IDENTITY_RULES } from '../../../src/identity/rules';
import { checkMessage } from '../../../src/intake/checkMessage';
import type { Message } from '../../../src/intake/message';
import { MessageRefusal } from '../../../src/intake/messageRefusal';
import type { VendorMessage, WebhookVendor } from '../../../src/intake/webhooks/webhookVendor';
import type { Json, JsonObject } from '../../../src/kernel/json';
import type { Department } from '../../../src/kernel/vocabulary';
import { toInteraction } from '../../../src/timeline/toInteraction';

const RECEIVED_AT_MS = Date.UTC(2026, 5, 1, 12);
const DEPARTMENT_OF: Readonly<Record<string, Department>> = { stripe: 'SALES', shopify: 'SALES', hubspot: 'SALES', salesforce: 'SALES' };

/** What becomes of one message: the interaction, and `type:value` of whom it is about, strongest first. */
export interface Mapped {
  readonly kind: string;
  readonly name: string;
  readonly department: string;
  readonly channel: string;
  readonly direction: string;
  readonly subject: { readonly type: string; readonly externalId: string } | null;
  readonly properties: JsonObject;
  readonly occurredAt: string;
  readonly messageId: string;
  readonly identifiers: readonly string[];
  readonly aliases: readonly (readonly [number, number])[];
}

/** The messages that a payload becomes, taken all the way to identifiers and interactions. */
export function mapped(vendor: WebhookVendor, payload: Json, headers: Readonly<Record<string, string>> = {}): Mapped[] {
  const source = { department: DEPARTMENT_OF[vendor.type] ?? 'MARKETING', type: vendor.type };
  return vendor.toMessages(payload, headers, {}).map((message) => {
    const checked = checkedMessage(message);
    const { identifiers, aliases } = identifiersOf(checked, { rules: DEFAULT_IDENTITY_RULES, defaultCountry: 'US' });
    return {
      ...toInteraction(checked, source),
      occurredAt: new Date(checked.occurredAtMs).toISOString(),
      messageId: checked.messageId,
      identifiers: identifiers.map(({ type, value }) => `${type}:${value}`),
      aliases,
    };
  });
}

/** As the door of all messages checks it. Only there somebody must be named by the protocol's own ids; nobody is known by the one lent here. */
export function checkedMessage(message: VendorMessage): Message {
  const lent = { ...message, anonymousId: message.anonymousId ?? 'lent' };
  const envelope = { sourceId: 1, receivedAtMs: RECEIVED_AT_MS, call: null, sentAtMs: Number.NaN, context: null, idPrefix: 'none-' };
  const checked = checkMessage({ value: lent, weight: JSON.stringify(lent).length, index: 0 }, envelope);
  if (checked instanceof MessageRefusal) throw new Error(`${checked.code}: ${checked.reason}`);
  return { ...checked, anonymousId: message.anonymousId ?? null };
}
