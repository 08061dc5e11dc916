import type { JsonObject } from '../../../kernel/json';
import { messageIdOf } from '../messageName';
import { known, objectIn, textIn } from '../payload';
import { contextOf } from '../personOn';
import { postalAddress } from '../postalAddress';
import type { VendorMessage } from '../webhookVendor';
import { idIn, type StripeEvent } from './stripeEvent';

/** customer.created, customer.updated. */
export function readCustomer({ id, createdAt, object }: StripeEvent): readonly VendorMessage[] {
  const traits = known({
    email: textIn(object, 'email'),
    phone: textIn(object, 'phone'),
    name: textIn(object, 'name'),
    description: textIn(object, 'description'),
    language: textIn(object, ['preferred_locales', 0]),
    address: addressOf(objectIn(object, 'address')),
  });
  return [
    {
      type: 'identify',
      messageId: messageIdOf(id),
      timestamp: createdAt,
      traits,
      context: contextOf({ ids: [['stripe.customer_id', idIn(object, 'id')]] }),
    },
  ];
}

function addressOf(address: JsonObject): JsonObject | null {
  return postalAddress({
    lines: [textIn(address, 'line1'), textIn(address, 'line2')],
    city: textIn(address, 'city'),
    postalCode: textIn(address, 'postal_code'),
    state: textIn(address, 'state'),
    country: textIn(address, 'country'),
  });
}
