import type { JsonObject } from '../../../kernel/json';
import { contentId, messageIdOf } from '../messageName';
import { neededText, neededTime, textIn, textsIn } from '../payload';
import { contextOf, type NamedId } from '../personOn';
import type { VendorMessage } from '../webhookVendor';
import { otherAddresses, traitOf } from './contactTraits';
import { stageOf } from './dealStages';

/** `object.creation` and the like name the type of the record by its number. */
const RECORD_TYPES: Readonly<Record<string, string>> = { '0-1': 'contact', '0-3': 'deal' };

interface SubscriptionEvent {
  readonly fields: JsonObject;
  readonly id: string;
  readonly timestamp: string;
  readonly objectId: string;
}

type ReadEvent = (event: SubscriptionEvent) => readonly VendorMessage[];

/** By subscription type. Not read are associations: a deal has several contacts, who are not one customer. Nor is a deletion that is not for privacy's sake. */
const READERS: ReadonlyMap<string, ReadEvent> = new Map([
  ['contact.creation', (event: SubscriptionEvent) => [identify(event, {}, [])]],
  ['contact.propertyChange', readContactChange],
  ['contact.merge', readContactMerge],
  ['contact.privacyDeletion', (event: SubscriptionEvent) => [{ ...identify(event, {}, []), erases: true as const }]],
  ['deal.creation', (event: SubscriptionEvent) => [aboutDeal(event, 'Deal Created', {})]],
  ['deal.propertyChange', readDealChange],
]);

/** One event of a batch that an app is subscribed to. It is thin: an id, and at most one property. */
export function readSubscriptionEvent(fields: JsonObject): readonly VendorMessage[] {
  const read = READERS.get(subscriptionType(fields));
  if (!read) return [];
  const eventId = textIn(fields, 'eventId');
  const id = eventId === null ? contentId({ ...fields, attemptNumber: null }) : messageIdOf(eventId, textIn(fields, 'subscriptionId'));
  return read({ fields, id, timestamp: neededTime(fields, 'occurredAt'), objectId: neededText(fields, 'objectId') });
}

function subscriptionType(fields: JsonObject): string {
  const [record = '', ...what] = neededText(fields, 'subscriptionType').split('.');
  const typeId = textIn(fields, 'objectTypeId') ?? '';
  const named = record === 'object' && Object.hasOwn(RECORD_TYPES, typeId) ? RECORD_TYPES[typeId] : record;
  return `${named}.${what.join('.')}`;
}

function readContactChange(event: SubscriptionEvent): readonly VendorMessage[] {
  const name = neededText(event.fields, 'propertyName');
  const value = event.fields['propertyValue'];
  const others = name === 'hs_additional_emails' ? otherAddresses(value) : [];
  return [identify(event, Object.fromEntries([traitOf(name, value)]), others)];
}

/**
 * Contacts that HubSpot made one are one here. Each goes with the one that stays on a message of its own, so that undoing one merge leaves the
 * others.
 */
function readContactMerge({ fields, id, timestamp, objectId }: SubscriptionEvent): readonly VendorMessage[] {
  const kept = [...new Set([textIn(fields, 'newObjectId') ?? objectId, textIn(fields, 'primaryObjectId') ?? objectId])];
  return textsIn(fields, 'mergedObjectIds')
    .filter((contactId) => !kept.includes(contactId))
    .map((contactId, index) => ({
      type: 'identify',
      messageId: index === 0 ? id : messageIdOf(id, contactId),
      timestamp,
      traits: {},
      context: contextOf({ ids: [...kept, contactId].map((each) => ['hubspot.contact_id', each] as const) }, { merged: true }),
    }));
}

function readDealChange(event: SubscriptionEvent): readonly VendorMessage[] {
  const { fields } = event;
  if (textIn(fields, 'propertyName') !== 'dealstage') return [];
  return [aboutDeal(event, 'Deal Stage Changed', stageOf(textIn(fields, 'propertyValue')))];
}

function identify({ id, timestamp, objectId }: SubscriptionEvent, traits: JsonObject, others: readonly NamedId[]): VendorMessage {
  const context = contextOf({ ids: [['hubspot.contact_id', objectId], ...others] });
  return { type: 'identify', messageId: id, timestamp, traits, context };
}

function aboutDeal({ id, timestamp, objectId }: SubscriptionEvent, event: string, what: JsonObject): VendorMessage {
  const properties = { deal_id: objectId, ...what };
  return { type: 'track', messageId: id, timestamp, event, properties, context: contextOf({ ids: [['hubspot.deal_id', objectId]] }) };
}
