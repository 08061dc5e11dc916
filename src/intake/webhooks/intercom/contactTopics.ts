import type { JsonObject } from '../../../kernel/json';
import { known, objectIn, textIn } from '../payload';
import { contextOf } from '../personOn';
import type { VendorMessage } from '../webhookVendor';
import { notified, personIn, personOf } from './notification';

/** What a topic says happened, beyond who the contact is. `user.*` and `lead.*` are the names of older versions. */
const EVENTS: Readonly<Record<string, { readonly event: string; readonly properties?: JsonObject }>> = {
  'lead.created': { event: 'Lead Created' },
  'lead.signed_up': { event: 'Signed Up' },
  signed_up: { event: 'Signed Up' },
  unsubscribed: { event: 'Unsubscribed' },
  subscribed: { event: 'Consent Changed', properties: { purpose: 'email', granted: true } },
};

/** One notification about a contact; `name` is what stands behind `contact.` (`user.`, `lead.`) in its topic. Deleted contacts stay as known. */
export function contactMessages(name: string, notification: JsonObject): readonly VendorMessage[] {
  if (/deleted|archive/.test(name)) return [];
  const item = objectIn(notification, ['data', 'item']);
  const contact = Object.keys(objectIn(item, 'contact')).length > 0 ? objectIn(item, 'contact') : item;
  const about = { ...notified(notification), ...personOf(contact) };
  const identify: VendorMessage = { type: 'identify', ...about, traits: traitsOf(contact), ...merged(name, item, contact) };
  const happened = EVENTS[name];
  if (!happened) return [identify];
  return [identify, { type: 'track', ...about, messageId: `${about.messageId}-1`, ...happened }];
}

/** Two contacts that Intercom made one: both ids stand on the message, and that they are one. */
function merged(name: string, item: JsonObject, contact: JsonObject): Pick<VendorMessage, 'context'> {
  const places = ['source', 'target', 'contact', 'user', 'lead'].map((member) => [member, 'id']);
  const ids = [...new Set([...places, 'id'].flatMap((place) => textIn(item, place) ?? []))];
  if (!/merged|converted|signed_up/.test(name) || ids.length < 2) return {};
  return { context: contextOf({ ...personIn(contact), ids: ids.map((id) => ['intercom.contact_id', id] as const) }, { merged: true }) };
}

function traitsOf(contact: JsonObject): JsonObject {
  return known({
    ...objectIn(contact, 'custom_attributes'),
    ...personIn(contact),
    language: textIn(contact, 'language_override', 'language'),
    city: textIn(contact, ['location', 'city'], ['location_data', 'city_name']),
    country: textIn(contact, ['location', 'country'], ['location_data', 'country_name']),
    timezone: textIn(contact, ['location_data', 'timezone']),
  });
}
