import type { JsonObject } from '../../../kernel/json';
import { messageIdOf } from '../messageName';
import { currencyIn, known, objectIn, textIn, textsIn, timeIn } from '../payload';
import { contextOf } from '../personOn';
import { postalAddress } from '../postalAddress';
import type { VendorMessage } from '../webhookVendor';
import { exactId, happenedAt, idOfGlobal, type ShopifyEvent } from './shopifyEvent';

/** customers/create, …/update, …/enable, …/disable */
export function readCustomer(event: ShopifyEvent): readonly VendorMessage[] {
  const { id, body } = event;
  const traits = known({
    email: textIn(body, 'email'),
    phone: textIn(body, 'phone'),
    firstName: textIn(body, 'first_name'),
    lastName: textIn(body, 'last_name'),
    language: textIn(body, 'locale'),
    currency: currencyIn(body, 'currency'),
    tags: textIn(body, 'tags'),
    note: textIn(body, 'note'),
    accountState: textIn(body, 'state'),
    createdAt: timeIn(body, 'created_at'),
    ...addressOf(objectIn(body, 'default_address')),
  });
  const context = contextOf({ ids: [['shopify.customer_id', exactId(body)]] });
  return [{ type: 'identify', messageId: id, ...happenedAt(event, 'updated_at', 'created_at'), traits, context }];
}

function addressOf(address: JsonObject): JsonObject {
  const stated = postalAddress({
    lines: [textIn(address, 'address1'), textIn(address, 'address2')],
    city: textIn(address, 'city'),
    postalCode: textIn(address, 'zip'),
    state: textIn(address, 'province'),
    country: textIn(address, 'country_code', 'country'),
  });
  return known({ address: stated, company: textIn(address, 'company') });
}

/** customers/merge: two accounts became one, once it is done. */
export function readCustomersMerged(event: ShopifyEvent): readonly VendorMessage[] {
  const { id, body } = event;
  const kept = idOfGlobal(body['admin_graphql_api_customer_kept_id']);
  const gone = idOfGlobal(body['admin_graphql_api_customer_deleted_id']);
  if (textIn(body, 'status')?.toLowerCase() !== 'completed' || kept === null || gone === null) return [];
  const ids = [kept, gone].map((customerId) => ['shopify.customer_id', customerId] as const);
  return [{ type: 'identify', messageId: id, ...happenedAt(event), traits: {}, context: contextOf({ ids }, { merged: true }) }];
}

/** customers_email_marketing_consent/update and customers_marketing_consent/update (text messages) */
export function readConsent(event: ShopifyEvent): readonly VendorMessage[] {
  const { id, body, topic } = event;
  const purpose = topic.includes('email') ? 'email' : 'sms';
  const consent = objectIn(body, `${purpose}_marketing_consent`);
  const state = textIn(consent, 'state');
  if (state === null) return [];
  const properties = known({ purpose, granted: state === 'subscribed', state, opt_in_level: textIn(consent, 'opt_in_level') });
  const timestamp = timeIn(consent, 'consent_updated_at');
  const context = contextOf({
    ids: [['shopify.customer_id', textIn(body, 'customer_id', 'id')]],
    email: textIn(body, 'email_address', 'email'),
    phone: textIn(body, 'phone'),
  });
  const time = timestamp === null ? happenedAt(event) : { timestamp };
  return [{ type: 'track', messageId: messageIdOf(id, state), ...time, event: 'Consent Changed', properties, context }];
}

/** customers/redact: the customer is to be erased. Shopify names them by their id, and by the address and number that it had of them. */
export function readRedaction(event: ShopifyEvent): readonly VendorMessage[] {
  const { id, body } = event;
  return [{ type: 'identify', messageId: id, ...happenedAt(event), traits: {}, context: askedFor(body), erases: true }];
}

/** customers/data_request: noted on the timeline, for a person to answer it. */
export function readDataRequest(event: ShopifyEvent): readonly VendorMessage[] {
  const { id, body } = event;
  const properties = known({ request_id: textIn(objectIn(body, 'data_request'), 'id'), orders: textsIn(body, 'orders_requested').length });
  return [{ type: 'track', messageId: id, ...happenedAt(event), event: 'Data Requested', properties, context: askedFor(body) }];
}

function askedFor(body: JsonObject): JsonObject {
  const customer = objectIn(body, 'customer');
  return contextOf({
    ids: [['shopify.customer_id', textIn(customer, 'id')]],
    email: textIn(customer, 'email'),
    phone: textIn(customer, 'phone'),
  });
}
