import { isJsonObject, type Json, type JsonObject } from '../../kernel/json';
import type { VendorMessage, WebhookSettings } from './webhookVendor';

interface NamedSource {
  readonly type: string;
  readonly settings: WebhookSettings;
}

const NAMESPACE = /^[a-z0-9][a-z0-9_-]{0,31}$/;

/** What is wrong with the `idNamespace` of a source's settings, as a sentence; null where it will do or there is none. */
export function faultOfNamespace({ idNamespace }: JsonObject): string | null {
  if (idNamespace === undefined || (typeof idNamespace === 'string' && NAMESPACE.test(idNamespace))) return null;
  return 'idNamespace must be 1 to 32 small letters, digits, hyphens and underscores.';
}

/**
 * The messages with the vendor's own ids told apart from those of another portal, account or shop of the same vendor: with the `idNamespace` eu of its
 * settings the hubspot.contact_id 101 is 101:eu. Without one they stay as they are, and so do ids that are not the vendor's.
 */
export function inNamespace(messages: readonly VendorMessage[], { type, settings }: NamedSource): readonly VendorMessage[] {
  const { idNamespace } = settings;
  if (typeof idNamespace !== 'string') return messages;
  const named = (externalId: Json): Json => {
    if (!isJsonObject(externalId) || !String(externalId['type']).startsWith(`${type}.`)) return externalId;
    return { ...externalId, id: `${externalId['id']}:${idNamespace}` };
  };
  return messages.map((message) => {
    const externalIds = message.context?.['externalIds'];
    if (!Array.isArray(externalIds)) return message;
    return { ...message, context: { ...message.context, externalIds: externalIds.map(named) } };
  });
}
