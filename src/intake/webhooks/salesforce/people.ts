import type { Json, JsonObject } from '../../../kernel/json';
import { messageIdOf } from '../messageName';
import { known, objectIn, textIn } from '../payload';
import { contextOf } from '../personOn';
import { postalAddress } from '../postalAddress';
import type { VendorMessage } from '../webhookVendor';
import { type RecordChange, tracked } from './changeEvent';

/** Standard fields of contacts and leads as the well-known traits. */
const TRAIT_OF: Readonly<Record<string, string>> = {
  FirstName: 'firstName',
  LastName: 'lastName',
  Email: 'email',
  Phone: 'phone',
  MobilePhone: 'mobilePhone',
  Title: 'title',
  Department: 'department',
  Birthdate: 'birthday',
  Company: 'company',
  Industry: 'industry',
  LeadSource: 'leadSource',
  Status: 'leadStatus',
  Rating: 'rating',
  Website: 'website',
};
/** Fields that the workspace added to its records. */
const CUSTOM_FIELD = /^[A-Za-z]\w*__c$/;

export function readContactChange(change: RecordChange): readonly VendorMessage[] {
  const { recordId, fields, id, timestamp } = change;
  const context = contextOf({ ids: [['salesforce.contact_id', recordId]] });
  const identify: VendorMessage = { type: 'identify', messageId: id, timestamp, traits: traitsOf(change), context };
  const groupId = textIn(fields, 'AccountId');
  return groupId === null ? [identify] : [identify, { type: 'group', messageId: messageIdOf(id, 'account'), timestamp, groupId, context }];
}

/** A converted lead is the contact that it became. */
export function readLeadChange(change: RecordChange): readonly VendorMessage[] {
  const { recordId, fields, id, timestamp, type } = change;
  const ids = [
    ['salesforce.contact_id', textIn(fields, 'ConvertedContactId')],
    ['salesforce.lead_id', recordId],
  ] as const;
  const traits = traitsOf(change);
  if (type !== 'CREATE') return [{ type: 'identify', messageId: id, timestamp, traits, context: contextOf({ ids }) }];
  const properties = known({ lead_id: recordId, lead_source: textIn(fields, 'LeadSource'), stage: textIn(fields, 'Status') });
  const created = tracked(change, [{ event: 'Lead Created', properties }], {
    ids,
    email: textIn(fields, 'Email'),
    phone: textIn(fields, 'Phone'),
  });
  return [...created, { type: 'identify', messageId: messageIdOf(id, 'profile'), timestamp, traits, context: contextOf({ ids }) }];
}

/** What changed; what was emptied is null. */
function traitsOf({ fields, emptied }: RecordChange): JsonObject {
  const name = objectIn(fields, 'Name');
  const changed = { ...fields, ...known({ FirstName: name['FirstName'], LastName: name['LastName'] }) };
  const traits = new Map<string, Json>();
  for (const [field, value] of Object.entries(changed)) {
    const trait = traitNamed(field);
    if (trait !== null && value !== null && value !== undefined) traits.set(trait, value);
  }
  for (const field of emptied) {
    const trait = traitNamed(field);
    if (trait !== null) traits.set(trait, null);
  }
  return { ...Object.fromEntries(traits), ...known({ address: addressOf(fields) }) };
}

function traitNamed(field: string): string | null {
  if (Object.hasOwn(TRAIT_OF, field)) return TRAIT_OF[field] as string;
  return CUSTOM_FIELD.test(field) ? field : null;
}

function addressOf(fields: JsonObject): JsonObject | null {
  const address = { ...objectIn(fields, 'Address'), ...objectIn(fields, 'MailingAddress') };
  return postalAddress({
    lines: [textIn(address, 'Street')],
    city: textIn(address, 'City'),
    postalCode: textIn(address, 'PostalCode'),
    state: textIn(address, 'State'),
    country: textIn(address, 'CountryCode', 'Country'),
  });
}
