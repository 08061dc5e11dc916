import type { JsonObject } from '../../../kernel/json';
import { externalIds, given, objectAt, textAt } from '../payload';
import type { VendorMessage } from '../webhookVendor';
import { notified, personOf } from './notification';

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
  const item = objectAt(notification, 'data', 'item');
  const contact = Object.keys(objectAt(item, 'contact')).length > 0 ? objectAt(item, 'contact') : item;
  const { messageId, timestamp } = notified(notification);
  const person = personOf(contact);
  const time = timestamp === undefined ? {} : { timestamp };
  const identify: VendorMessage = { type: 'identify', messageId, ...time, traits: traitsOf(contact), ...merged(name, item, person) };
  const happened = EVENTS[name];
  if (!happened) return [identify];
  return [identify, { type: 'track', messageId: `${messageId}-1`, ...time, ...happened, ...person }];
}

/** Two contacts that Intercom made one: both ids stand on the message, and that they are one. */
function merged(
  name: string,
  item: JsonObject,
  person: Pick<VendorMessage, 'userId' | 'context'>,
): Pick<VendorMessage, 'userId' | 'context'> {
  const ids = ['source', 'target', 'contact', 'user', 'lead'].flatMap((member) => textAt(item, member, 'id') ?? []);
  const all = [...new Set([...ids, ...(textAt(item, 'id') === undefined ? [] : [textAt(item, 'id') as string])])];
  if (!/merged|converted|signed_up/.test(name) || all.length < 2) return person;
  const each = all.flatMap((id) => externalIds({ 'intercom.contact_id': id }));
  return { ...person, context: { ...person.context, externalIds: each, merged: true } };
}

function traitsOf(contact: JsonObject): JsonObject {
  return given({
    ...objectAt(contact, 'custom_attributes'),
    email: textAt(contact, 'email'),
    phone: textAt(contact, 'phone'),
    name: textAt(contact, 'name'),
    language: textAt(contact, 'language_override') ?? textAt(contact, 'language'),
    city: textAt(contact, 'location', 'city') ?? textAt(contact, 'location_data', 'city_name'),
    country: textAt(contact, 'location', 'country') ?? textAt(contact, 'location_data', 'country_name'),
    timezone: textAt(contact, 'location_data', 'timezone'),
  });
}
