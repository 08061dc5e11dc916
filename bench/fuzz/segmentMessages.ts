import type { JsonObject } from '../../src/kernel/json';
import type { Chance } from './chance';

const CUSTOMERS = 200;

/** A message as Segment's libraries send it, of one of a few hundred customers, under the id that is given. */
export function segmentMessage(chance: Chance, messageId: string): JsonObject {
  const n = chance.below(CUSTOMERS);
  const base = {
    messageId,
    timestamp: '2026-06-01T12:00:00.000Z',
    sentAt: '2026-06-01T12:00:01.000Z',
    context: {
      library: { name: 'analytics.js', version: '2.0.0' },
      ip: '203.0.113.7',
      locale: 'de-DE',
      page: { url: 'https://example.com/a?b=c' },
    },
  };
  const who = { userId: `customer-${n}`, anonymousId: `visitor-${n}` };
  const traits = {
    email: `customer-${n}@example.com`,
    phone: `+4930${1_000_000 + n}`,
    name: `Customer ${n}`,
    plan: 'pro',
    address: { city: 'Ulm' },
  };
  const order = { order_id: `o-${n}`, total: 19.5, currency: 'EUR', products: [{ product_id: 'p1', price: 19.5, quantity: 1 }] };
  return chance.pick<JsonObject>([
    { ...base, ...who, type: 'track', event: 'Order Completed', properties: order },
    { ...base, ...who, type: 'track', event: 'Product Viewed', properties: { product_id: 'p1', price: 19.5, currency: 'EUR' } },
    { ...base, ...who, type: 'track', event: 'Survey Answered', properties: { survey: 'nps', score: n % 11, comment: 'Fine.' } },
    { ...base, ...who, type: 'track', event: 'Conversation Opened', properties: { conversation_id: `c-${n}`, subject: 'Grinder jams' } },
    { ...base, ...who, type: 'identify', traits },
    { ...base, ...who, type: 'page', name: 'Home', properties: { path: '/', url: 'https://example.com/', title: 'Home' } },
    { ...base, ...who, type: 'screen', name: 'Start', properties: {} },
    { ...base, ...who, type: 'group', groupId: `company-${n % 20}`, traits: { name: 'Engines', plan: 'enterprise' } },
    { ...base, type: 'alias', userId: `customer-${n}`, previousId: `visitor-${n}` },
  ]);
}
