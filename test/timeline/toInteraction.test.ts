import fc from 'fast-check';
import { INTERACTION_KINDS } from '../../src/kernel/vocabulary';
import { EVENT_SPEC_ROWS, eventKey } from '../../src/timeline/eventSpecs';
import { toInteraction } from '../../src/timeline/toInteraction';
import { aMessage, STOREFRONT, tracked } from './messages';
import { SPEC_EVENTS } from './specEvents';

describe('events of the published specs', () => {
  it.each(SPEC_EVENTS)('%s is %s of %s by %s, %s', (name, kind, department, channel, direction) => {
    expect(tracked(name)).toMatchObject({ name, kind, department, channel, direction });
  });

  it('are known in any case and with any separators', () => {
    for (const name of [
      'order completed',
      'ORDER_COMPLETED',
      'order-completed',
      'orderCompleted',
      ' Order  Completed ',
      'order.completed',
      'Completed Order',
    ]) {
      expect(tracked(name).kind).toBe('ORDER_PLACED');
    }
    expect(tracked('Viewed Product').kind).toBe('PRODUCT_VIEWED');
    expect(tracked('viewed_product_category').kind).toBe('PRODUCT_VIEWED');
  });

  it('keep the name as the source wrote it', () => {
    expect(tracked('order_completed').name).toBe('order_completed');
  });

  it('are listed once: no name means two things', () => {
    const keys = EVENT_SPEC_ROWS.flatMap(([names]) => names.map(eventKey));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('and well-known names and the six calls together reach every kind', () => {
    const calls = (['page', 'screen', 'identify', 'group', 'alias'] as const).map(
      (call) => toInteraction(aMessage({ call }), STOREFRONT).kind,
    );
    const reached = new Set([...EVENT_SPEC_ROWS.map(([names]) => tracked(names[0] as string).kind), ...calls]);
    expect(INTERACTION_KINDS.filter((kind) => !reached.has(kind))).toEqual([]);
  });
});

describe('an event that no spec knows', () => {
  it("is CUSTOM under its own name, of its source's department", () => {
    const facts = toInteraction(aMessage({ name: 'Recipe Saved' }), { department: 'PRODUCT', type: 'ios' });
    expect(facts).toMatchObject({
      kind: 'CUSTOM',
      name: 'Recipe Saved',
      department: 'PRODUCT',
      channel: 'MOBILE_APP',
      direction: 'INBOUND',
    });
  });

  it('is not taken for one by a name that objects inherit', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '']) expect(tracked(name).kind).toBe('CUSTOM');
  });

  it('is a neutral thing of its source where a spec names no department', () => {
    const facts = toInteraction(aMessage({ name: 'Survey Answered' }), { department: 'SUPPORT', type: 'typeform' });
    expect(facts).toMatchObject({ kind: 'SURVEY_ANSWERED', department: 'SUPPORT' });
  });
});

describe('calls other than track', () => {
  it('makes a page view of a page call, named by the page', () => {
    const properties = { path: '/pricing', title: 'Pricing' };
    const facts = toInteraction(aMessage({ call: 'page', name: 'Pricing', category: 'Docs', properties }), STOREFRONT);
    expect(facts).toMatchObject({ kind: 'PAGE_VIEWED', name: 'Pricing', channel: 'WEB', direction: 'INBOUND', department: 'MARKETING' });
    expect(facts.properties).toBe(properties);
    expect(toInteraction(aMessage({ call: 'page', category: 'Docs' }), STOREFRONT).name).toBe('Docs');
    expect(toInteraction(aMessage({ call: 'page' }), STOREFRONT).name).toBe('Page Viewed');
  });

  it('makes a screen view of a screen call', () => {
    expect(toInteraction(aMessage({ call: 'screen', name: 'Home' }), STOREFRONT)).toMatchObject({
      kind: 'SCREEN_VIEWED',
      name: 'Home',
      channel: 'MOBILE_APP',
    });
  });

  it('shows what an identify call said of the customer', () => {
    const facts = toInteraction(aMessage({ call: 'identify', traits: { plan: 'pro' } }), STOREFRONT);
    expect(facts).toMatchObject({
      kind: 'IDENTIFIED',
      name: 'Identify',
      direction: 'INTERNAL',
      properties: { plan: 'pro' },
      subject: null,
    });
  });

  it('calls it merged contacts where an identify call says that they are one, and no other call', () => {
    const nameOf = (call: 'identify' | 'page') => toInteraction(aMessage({ call, context: { merged: true } }), STOREFRONT).name;
    expect([nameOf('identify'), nameOf('page')]).toEqual(['Contacts Merged', 'Page Viewed']);
  });

  it('makes joining an account of a group call, about that account', () => {
    const facts = toInteraction(aMessage({ call: 'group', groupId: 'acct_123', traits: { name: 'Initech' } }), STOREFRONT);
    expect(facts).toMatchObject({
      kind: 'ACCOUNT_JOINED',
      subject: { type: 'account', externalId: 'acct_123' },
      properties: { name: 'Initech' },
    });
  });

  it('keeps the former id of an alias call', () => {
    expect(toInteraction(aMessage({ call: 'alias', previousId: 'old' }), STOREFRONT)).toMatchObject({
      kind: 'IDENTIFIED',
      properties: { previousId: 'old' },
    });
  });
});

describe('the channel', () => {
  it.each([
    [{ library: { name: 'analytics.js', version: 'npm:next-1.84.3' } }, 'WEB'],
    [{ library: { name: '@segment/analytics-node', version: '3.1.0' } }, 'API'],
    [{ library: { name: '@rudderstack/rudder-sdk-node' } }, 'API'],
    [{ library: { name: 'analytics-ios' } }, 'MOBILE_APP'],
    [{ library: { name: '@segment/analytics-react-native' } }, 'MOBILE_APP'],
    [{ library: { name: 'com.rudderstack.android.sdk.core' } }, 'MOBILE_APP'],
    [{ library: { name: 'axios-tracker' } }, 'API'],
    [{ device: { type: 'android' }, library: { name: 'analytics-kotlin' } }, 'MOBILE_APP'],
    [{ channel: 'mobile' }, 'MOBILE_APP'],
    [{ channel: 'server' }, 'API'],
    [{ page: { path: '/' }, library: { name: '@segment/analytics-node' } }, 'WEB'],
    [{ userAgent: 'Mozilla/5.0' }, 'WEB'],
    [{ library: 'not an object', device: 5, channel: ['web'] }, 'API'],
    [{}, 'API'],
  ])('of %j is %s', (context, channel) => {
    expect(toInteraction(aMessage({ name: 'Order Completed', context }), { department: 'SALES', type: 'http' }).channel).toBe(channel);
  });

  it('of a conversation is the one it states', () => {
    expect(tracked('Ticket Created', { channel: 'phone' }).channel).toBe('PHONE');
    expect(tracked('Ticket Created', { channel: 'WhatsApp' }).channel).toBe('MESSENGER');
    expect(tracked('Ticket Created', { channel: 'Live Chat' }).channel).toBe('CHAT');
  });

  it('of an order is not the marketing channel that it is attributed to', () => {
    expect(tracked('Order Completed', { channel: 'email' }).channel).not.toBe('EMAIL');
  });
});

describe('the direction', () => {
  it('of a chat message depends on who wrote it', () => {
    expect(tracked('Live Chat Message Sent').direction).toBe('INBOUND');
    expect(tracked('Live Chat Message Received').direction).toBe('OUTBOUND');
  });

  it('of a reply is told by its author, and a reply that is not public is a note', () => {
    expect(tracked('Ticket Replied', { author_role: 'agent' }).direction).toBe('OUTBOUND');
    expect(tracked('Ticket Replied', { author_role: 'end-user' }).direction).toBe('INBOUND');
    expect(tracked('Ticket Replied', { author_role: 'agent', public: false }).direction).toBe('INTERNAL');
  });

  it('of a call is the one it states', () => {
    expect(tracked('Call Started', { direction: 'outbound-api' }).direction).toBe('OUTBOUND');
    expect(tracked('Call Started', { direction: 'north' }).direction).toBe('INBOUND');
  });
});

describe('the subject', () => {
  it.each([
    [
      'Order Completed',
      { checkout_id: 'c1', order_id: '50314b8e9bcf000000000000' },
      { type: 'order', externalId: '50314b8e9bcf000000000000' },
    ],
    ['Product Added', { order_id: 'o1', cart_id: 'skdjsidjsdkdj29j' }, { type: 'cart', externalId: 'skdjsidjsdkdj29j' }],
    [
      'Checkout Step Viewed',
      { checkout_id: '50314b8e9bcf000000000000', step: 2 },
      { type: 'checkout', externalId: '50314b8e9bcf000000000000' },
    ],
    [
      'Live Chat Message Sent',
      { conversation_id: 'abd627dbecffc', message_id: 'b' },
      { type: 'conversation', externalId: 'abd627dbecffc' },
    ],
    ['Ticket Created', { order_id: 1042, ticket_id: 35436 }, { type: 'ticket', externalId: '35436' }],
    ['Call Ended', { callSid: 'CA1' }, { type: 'call', externalId: 'CA1' }],
    ['Subscription Renewed', { order_id: 'o1', subscription_id: 's1' }, { type: 'subscription', externalId: 's1' }],
    ['Recipe Saved', { orderId: 'o1' }, { type: 'order', externalId: 'o1' }],
    ['Order Completed', { order_id: '9007199254740993' }, { type: 'order', externalId: '9007199254740993' }],
    ['Order Completed', { order_id: ' ', checkout_id: ['x'] }, null],
    ['Order Completed', { order_id: 'x'.repeat(201) }, null],
    ['Product Viewed', { product_id: 'p1' }, null],
  ])('of %s with %j is %j', (name, properties, subject) => {
    expect(tracked(name, properties).subject).toEqual(subject);
  });

  it('of an event about an account is the account in the context', () => {
    expect(tracked('Account Created', { account_name: 'Initech' }, { groupId: 'acct_123' }).subject).toEqual({
      type: 'account',
      externalId: 'acct_123',
    });
    expect(tracked('Signed In', {}, { groupId: 'acct_123' }).subject).toBeNull();
  });
});

it('makes an interaction of every message, whatever it holds', () => {
  const message = fc.record({
    call: fc.constantFrom('track' as const, 'identify' as const, 'page' as const, 'screen' as const, 'group' as const, 'alias' as const),
    name: fc.option(fc.oneof(fc.string(), fc.constantFrom(...EVENT_SPEC_ROWS.flatMap(([names]) => names)))),
    properties: fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('order_id', 'direction', 'channel', 'author_role', '__proto__')),
      fc.jsonValue(),
    ),
    context: fc.dictionary(fc.constantFrom('device', 'library', 'channel', 'page', 'groupId'), fc.jsonValue()),
  });
  fc.assert(
    fc.property(message, (parts) => {
      const facts = toInteraction(aMessage(parts as Parameters<typeof aMessage>[0]), STOREFRONT);
      expect(INTERACTION_KINDS).toContain(facts.kind);
      expect(facts.name.length > 0 || parts.name === '').toBe(true);
    }),
    { numRuns: 500 },
  );
});
