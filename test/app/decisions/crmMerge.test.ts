import { HUBSPOT } from '../../../src/intake/webhooks/hubspot/hubspot';
import { MAILCHIMP } from '../../../src/intake/webhooks/mailchimp';
import { SHOPIFY } from '../../../src/intake/webhooks/shopify/shopify';
import type { VendorMessage } from '../../../src/intake/webhooks/webhookVendor';
import { DecisionWorld } from './decisionWorld';

jest.setTimeout(60_000);

let at: DecisionWorld;
beforeEach(async () => {
  at = await DecisionWorld.start();
});
afterEach(() => at.stop());

const AT_MS = Date.UTC(2026, 2, 1);
/** Named by the vendor's ids only; the protocol's own is one that names nobody. */
const hear = (messages: readonly VendorMessage[]) => at.hear(...messages.map((message) => ({ ...message, anonymousId: 'anonymous' })));

let events = 0;
const hubspot = (subscriptionType: string, minute: number, fields: object) =>
  hear(HUBSPOT.toMessages([{ eventId: ++events, subscriptionType, occurredAt: AT_MS + minute * 60_000, ...fields }], {}, {}));
const contact = (objectId: number, minute: number, email: string) =>
  hubspot('contact.propertyChange', minute, { objectId, propertyName: 'email', propertyValue: email });

const idOf = (type: string, value: string) => at.idOf(type, value);

describe('contacts that HubSpot merged', () => {
  it('are one profile with all that both did, and two again when the merge is undone', async () => {
    await contact(251, 1, 'ada@example.com');
    await contact(252, 2, 'countess@example.com');
    const before = await Promise.all([idOf('email', 'ada@example.com'), idOf('email', 'countess@example.com')]);
    expect(before[0]).not.toBe(before[1]);
    await hubspot('contact.merge', 3, { objectId: 251, primaryObjectId: 251, mergedObjectIds: [252] });
    const merged = await idOf('email', 'ada@example.com');
    expect(await idOf('email', 'countess@example.com')).toBe(merged);
    const { profile } = await at.do('query ($id: ID!) { profile(id: $id) { identityGraph { links { explanation } } } }', { id: merged });
    expect(profile.identityGraph.links.map(({ explanation }: { explanation: string }) => explanation)).toContain(
      'The hubspot contact id 251 and the hubspot contact id 252 were declared to be one by a merge in their source on 1 March 2026 from Website.',
    );
    await at.undo(await at.lastMergeOf(merged));
    expect(await Promise.all([idOf('email', 'ada@example.com'), idOf('email', 'countess@example.com')])).toEqual(before);
    expect(await idOf('hubspot.contact_id', '252')).toBe(before[1]);
  });

  it('count as one, so that even twenty are one profile where a rule allows one contact', async () => {
    await at.do('mutation ($i: SetIdentityRulesInput!) { setIdentityRules(input: $i) { rules { type } } }', {
      i: { rules: [{ type: 'hubspot.contact_id', limitPerProfile: 1, keep: 'EARLIEST', blockedPatterns: [] }] },
    });
    for (let contactId = 1; contactId <= 20; contactId++) await contact(contactId, contactId, `a${contactId}@example.com`);
    const mergedObjectIds = Array.from({ length: 19 }, (_, index) => index + 2);
    await hubspot('contact.merge', 30, { objectId: 1, primaryObjectId: 1, mergedObjectIds });
    const owners = await Promise.all(mergedObjectIds.map((contactId) => idOf('hubspot.contact_id', String(contactId))));
    expect(new Set(owners)).toEqual(new Set([await idOf('hubspot.contact_id', '1')]));
    await contact(99, 31, 'a1@example.com');
    expect(await idOf('hubspot.contact_id', '99')).not.toBe(owners[0]);
  });
});

describe("a member's new address in Mailchimp", () => {
  it('is on the profile of the old one', async () => {
    await at.hear({ type: 'identify', messageId: 'site-1', userId: 'ada', traits: { email: 'old@example.com' } });
    const form = {
      type: 'upemail',
      fired_at: '2026-03-01 10:00:00',
      'data[new_id]': 'm2',
      'data[new_email]': 'new@example.com',
      'data[old_email]': 'old@example.com',
    };
    await hear(MAILCHIMP.toMessages(form, {}, {}));
    expect(await idOf('email', 'new@example.com')).toBe(await idOf('user_id', 'ada'));
  });
});

describe('what Shopify says of a cart and an order alone', () => {
  const shopify = (topic: string, body: object, id: string) =>
    hear(SHOPIFY.toMessages({ updated_at: '2026-03-01T10:00:00Z', ...body }, { 'x-shopify-topic': topic, 'x-shopify-event-id': id }, {}));
  const timeline = async () => {
    const query = 'query ($i: IdentifierInput!) { profile(identifier: $i) { timeline(first: 50) { totalCount nodes { kind } } } }';
    return (await at.do(query, { i: { type: 'email', value: 'ada@example.com' } })).profile.timeline;
  };

  it("joins its customer's timeline when the checkout or the order says whose they are", async () => {
    await shopify('carts/update', { token: 'c-1', line_items: [] }, 'e-1');
    await shopify('refunds/create', { id: 5, order_id: 8 }, 'e-2');
    await shopify(
      'orders/create',
      { id: 8, email: 'ada@example.com', customer: { id: 7 }, cart_token: 'c-1', created_at: '2026-03-01T11:00:00Z' },
      'e-3',
    );
    const { nodes } = await timeline();
    expect(nodes.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['CART_UPDATED', 'ORDER_PLACED', 'REFUND_MADE']);
  });

  it('joins however many carts and orders the customer has', async () => {
    for (let order = 1; order <= 12; order++) {
      await shopify('carts/update', { token: `c-${order}`, line_items: [] }, `cart-${order}`);
      await shopify(
        'orders/create',
        { id: order, email: 'ada@example.com', customer: { id: 7 }, cart_token: `c-${order}` },
        `order-${order}`,
      );
    }
    expect((await timeline()).totalCount).toBe(24);
  });
});
