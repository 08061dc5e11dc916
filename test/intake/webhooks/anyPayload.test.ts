import fc from 'fast-check';
import { WEBHOOK_VENDORS } from '../../../src/intake/webhooks/vendors';
import { UnreadablePayload, type VendorMessage } from '../../../src/intake/webhooks/webhookVendor';
import { isJsonObject, type Json, type JsonObject } from '../../../src/kernel/json';
import { told, vendorOf } from './told';
import { FIXTURES, fixture, vendorFixture } from './vendorFixture';

interface Sample {
  readonly type: string;
  readonly payload: Json;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where a vendor's payload says what happened, and what else it may say: of the sample's shape or not, it must not make a mapping fall. */
const OTHER_EVENTS: Readonly<Record<string, { readonly member: string; readonly events: readonly string[] }>> = {
  stripe: {
    member: 'type',
    events: [
      'customer.updated',
      'customer.subscription.updated',
      'customer.subscription.deleted',
      'customer.subscription.paused',
      'invoice.payment_failed',
      'checkout.session.async_payment_failed',
      'charge.succeeded',
      'charge.failed',
      'charge.refunded',
      'charge.dispute.created',
      'charge.dispute.closed',
    ],
  },
  mailchimp: { member: 'type', events: ['unsubscribe', 'profile', 'upemail', 'cleaned', 'campaign'] },
  zendesk: {
    member: 'type',
    events: ['comment_added', 'status_changed', 'priority_changed', 'csat_received', 'merged'].map(
      (name) => `zen:event-type:ticket.${name}`,
    ),
  },
  intercom: {
    member: 'topic',
    events: [
      'conversation.admin.closed',
      'conversation.admin.replied',
      'conversation.admin.assigned',
      'conversation.rating.added',
      'contact.merged',
    ],
  },
  calendly: { member: 'event', events: ['invitee.canceled', 'invitee_no_show.created', 'routing_form_submission.created'] },
};
const SHOPIFY_TOPICS = [
  'orders/paid',
  'orders/cancelled',
  'orders/fulfilled',
  'refunds/create',
  'fulfillments/create',
  'fulfillments/update',
  'fulfillment_events/create',
  'carts/create',
  'checkouts/create',
  'customers/merge',
  'customers_email_marketing_consent/update',
  'customers_marketing_consent/update',
];
const SALESFORCE_ENTITIES = ['Lead', 'Opportunity', 'Case', 'EmailMessage', 'CaseComment'];

/** The sample as it is, and as its vendor may call it otherwise. */
function variantsOf(sample: Sample): readonly Sample[] {
  const { type, payload, headers } = sample;
  if (type === 'shopify')
    return [sample, ...SHOPIFY_TOPICS.map((topic) => ({ ...sample, headers: { ...headers, 'x-shopify-topic': topic } }))];
  if (type === 'salesforce') {
    const text = JSON.stringify(payload);
    const called = SALESFORCE_ENTITIES.map((entity) => text.replace('"entityName":"Contact"', `"entityName":"${entity}"`));
    return [text, ...called, ...called.map((one) => one.replace('"UPDATE"', '"CREATE"'))].map((one) => ({
      ...sample,
      payload: JSON.parse(one),
    }));
  }
  const { member = '', events = [] } = OTHER_EVENTS[type] ?? {};
  return [sample, ...events.map((event) => ({ ...sample, payload: { ...(payload as JsonObject), [member]: event } }))];
}

const FRESHDESK = {
  ticket_id: 1,
  ticket_requester_email: 'a@example.com',
  triggered_event: '{status:{from:2,to:4}}',
  ticket_latest_public_comment: 'x',
};
const STATUS_CHANGED = { type: 'zen:event-type:ticket.status_changed', event: { current: 'SOLVED', previous: 'OPEN' } };
const SAMPLES: readonly (readonly [name: string, variants: readonly Sample[]])[] = [
  ...FIXTURES.map((name) => [name, variantsOf(vendorFixture(name))] as const),
  ['freshdesk-status', [{ type: 'freshdesk', payload: FRESHDESK, headers: {} }]],
  ['zendesk-status-changed', [{ type: 'zendesk', payload: { ...fixture('zendesk-ticket-created'), ...STATUS_CHANGED }, headers: {} }]],
];

/** What a vendor may say in place of anything, most of it nonsense. */
const ANYTHING: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, '', 0, -1, 1e300, Number.MAX_SAFE_INTEGER, '9007199254740993', true, [], {}, [null], [[]]),
  fc.constantFrom<Json>('GAP_CREATE', 'x'.repeat(5000)),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

interface Change {
  /** Counted through the payload, and round again. */
  readonly place: number;
  readonly by: Json;
}
const changes: fc.Arbitrary<Change[]> = fc.array(fc.record({ place: fc.nat(10_000), by: ANYTHING }), { minLength: 1, maxLength: 8 });

/** The payload with what stands at some places in it replaced. */
function mutated(payload: Json, changed: readonly Change[]): Json {
  const count = placesIn(payload);
  return changed.reduce((whole, { place, by }) => replaced(whole, { left: place % count }, by), payload);
}

function placesIn(value: Json): number {
  const parts = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return parts.reduce<number>((sum, part) => sum + placesIn(part as Json), 1);
}

function replaced(value: Json, place: { left: number }, by: Json): Json {
  if (place.left-- === 0) return by;
  if (Array.isArray(value)) return value.map((part) => replaced(part, place, by));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, replaced(part ?? null, place, by)]));
}

/** Empty where the payload can't be read; any other fault of the mapping is thrown. */
function messagesOf({ type, payload, headers }: Sample): readonly VendorMessage[] {
  try {
    return vendorOf(type).toMessages(payload, headers, {});
  } catch (error) {
    if (error instanceof UnreadablePayload) return [];
    throw error;
  }
}

describe.each(SAMPLES)('a payload with anything in place of anything (%s)', (_name, variants) => {
  it('is read, or refused as unreadable, alone, and the same way each time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...variants), changes, (sample, changed) => {
        const payload = mutated(sample.payload, changed);
        const messages = messagesOf({ ...sample, payload });
        expect(messagesOf({ ...sample, payload })).toEqual(messages);
        for (const { timestamp, type, event } of messages) {
          if (timestamp !== undefined) expect(new Date(timestamp).toISOString()).toBe(timestamp);
          if (type === 'track') expect(event).toMatch(/\S/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('comes to interactions that each have a name of their own', () => {
    fc.assert(
      fc.property(fc.constantFrom(...variants), changes, ({ type, payload, headers }, changed) => {
        const { refusal, interactions } = told(type, JSON.stringify(mutated(payload, changed)), { headers });
        expect(refusal?.reason ?? '').not.toContain('The mapping failed');
        for (const { messageId } of interactions) expect(messageId).toMatch(/^.{1,100}$/su);
      }),
      { numRuns: 50 },
    );
  });
});

it.each([...WEBHOOK_VENDORS.keys()])('%s takes any text whatever for a payload', (type) => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.webQueryParameters()), (text) => {
      const settings = { unsigned: true, mapping: { event: 'a', identifiers: [{ type: 'email', path: 'b' }] } };
      expect(told(type, text, { settings }).refusal?.reason ?? '').not.toContain('The mapping failed');
    }),
  );
});

it('a messageId longer than one may be is named by its hash', () => {
  const mapping = { messageId: 'id', event: { value: 'Searched' }, identifiers: [{ type: 'email', path: 'mail' }] };
  const read = (id: string) => told('json', { id, mail: 'a@example.com' }, { settings: { mapping } }).interactions[0]?.messageId;
  expect(read('x'.repeat(500))).toBe(read('x'.repeat(500)));
  expect(read('x'.repeat(500))).not.toBe(read('x'.repeat(501)));
  expect(read('x'.repeat(100))).toBe('x'.repeat(100));
});
