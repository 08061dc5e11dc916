import type { JsonObject } from '../../../kernel/json';
import { objectIn, textIn } from '../payload';
import { contextOf, type NamedId } from '../personOn';
import { exactId } from './shopifyEvent';

/** What the places where something was bought are called as channels; any other (an app, a draft order) is left to the source. */
const CHANNEL_OF: Readonly<Record<string, string>> = { web: 'web', pos: 'pos', iphone: 'mobile_app', android: 'mobile_app' };

/** The context of an order or a checkout: its own e-mail and phone go before the account's, which may be somebody else's by now. */
export function buyerContext(thing: JsonObject, ids: readonly NamedId[]): JsonObject {
  const source = textIn(thing, 'source_name') ?? '';
  return contextOf(
    {
      ids: [['shopify.customer_id', exactId(objectIn(thing, 'customer'))], ...ids, ['shopify.cart_token', textIn(thing, 'cart_token')]],
      email: textIn(thing, 'email', 'contact_email', ['customer', 'email']),
      phone: textIn(thing, 'phone', ['customer', 'phone']),
    },
    Object.hasOwn(CHANNEL_OF, source) ? { channel: CHANNEL_OF[source] as string } : {},
  );
}
