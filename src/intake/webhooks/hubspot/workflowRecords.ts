import { isJsonObject, type JsonObject } from '../../../kernel/json';
import { contentId, messageIdOf } from '../messageName';
import { amountIn, currencyIn, known, neededText, objectIn, objectsIn, textIn, textsIn, timeIn } from '../payload';
import { contextOf, type NamedId } from '../personOn';
import { type KeptHeaders, UnreadablePayload, type VendorMessage } from '../webhookVendor';
import { otherAddresses, traitsOf } from './contactTraits';
import { stageOf } from './dealStages';

/** The id of the delivery, the same on every attempt. */
const CORRELATION_HEADER = 'x-hubspot-correlation-id';

/** A whole contact, as a workflow's action "Send a webhook" posts it. */
export function readWorkflowContact(contact: JsonObject, headers: KeptHeaders): readonly VendorMessage[] {
  const properties = valuesOf(contact);
  const vid = neededText(contact, 'vid');
  const vids = [...new Set([textIn(contact, 'canonical-vid') ?? vid, vid, ...textsIn(contact, 'merged-vids')])];
  const ids: readonly NamedId[] = [
    ...vids.map((each) => ['hubspot.contact_id', each] as const),
    ...otherAddresses(properties['hs_additional_emails']),
  ];
  const timestamp = timeIn(properties, 'lastmodifieddate') ?? latestTime(contact);
  return [
    {
      type: 'identify',
      messageId: messageIdOf(headers[CORRELATION_HEADER] ?? contentId(contact), vid),
      ...known({ timestamp }),
      traits: traitsOf(properties),
      context: contextOf({ ids }, vids.length > 1 ? { merged: true } : {}),
    },
  ];
}

/**
 * A whole deal. With one contact, it is the contact's, and so are all other events of the deal; with several, each has it on the timeline, and
 * nothing makes them one customer.
 */
export function readWorkflowDeal(deal: JsonObject, headers: KeptHeaders): readonly VendorMessage[] {
  const values = valuesOf(deal);
  const dealId = neededText(deal, 'objectId', 'dealId');
  const timestamp = timeIn(deal, ['properties', 'dealstage', 'timestamp']) ?? timeIn(values, 'hs_lastmodifieddate');
  if (timestamp === null) throw new UnreadablePayload('The deal does not say when its stage changed.');
  const contacts = [...new Set(textsIn(deal, ['associations', 'associatedVids']))];
  const properties = known({
    deal_id: dealId,
    ...stageOf(textIn(values, 'dealstage')),
    amount: amountIn(values, 'amount'),
    currency: currencyIn(values, 'deal_currency_code'),
    name: textIn(values, 'dealname'),
    pipeline: textIn(values, 'pipeline'),
  });
  const id = messageIdOf(headers[CORRELATION_HEADER] ?? contentId(deal), dealId);
  const message = { type: 'track', timestamp, event: 'Deal Stage Changed', properties } as const;
  if (contacts.length > 1) {
    return contacts.map((contactId) => ({
      ...message,
      messageId: messageIdOf(id, contactId),
      context: contextOf({ ids: [['hubspot.contact_id', contactId]] }),
    }));
  }
  const context = contextOf({
    ids: [
      ['hubspot.contact_id', contacts[0] ?? null],
      ['hubspot.deal_id', dealId],
    ],
  });
  return [{ ...message, messageId: id, context }];
}

/** `properties: { name: { value, … } }` as name and value. */
function valuesOf(record: JsonObject): JsonObject {
  const entries = Object.entries(objectIn(record, 'properties'));
  return Object.fromEntries(entries.map(([name, property]) => [name, isJsonObject(property) ? property['value'] : property]));
}

/** Of the latest change that any property says. */
function latestTime(record: JsonObject): string | null {
  const properties = Object.values(objectIn(record, 'properties')).filter(isJsonObject);
  const times = properties.flatMap((property) => objectsIn(property, 'versions').flatMap((version) => timeIn(version, 'timestamp') ?? []));
  return times.reduce<string | null>((latest, time) => (latest === null || time > latest ? time : latest), null);
}
