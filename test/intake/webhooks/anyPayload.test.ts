import fc from 'fast-check';
import { WEBHOOK_VENDORS } from '../../../src/intake/webhooks/vendors';
import { isJsonObject, type Json, type JsonObject } from '../../../src/kernel/json';
import { told } from './told';
import { fixture } from './vendorFixture';

const SAMPLES: readonly (readonly [type: string, payload: JsonObject])[] = [
  ['zendesk', fixture('zendesk-ticket-created')],
  [
    'zendesk',
    { ...fixture('zendesk-ticket-created'), type: 'zen:event-type:ticket.status_changed', event: { current: 'SOLVED', previous: 'OPEN' } },
  ],
  [
    'zendesk',
    {
      ...fixture('zendesk-ticket-created'),
      type: 'zen:event-type:ticket.comment_added',
      event: { comment: { body: 'x', author: { id: '1' } } },
    },
  ],
  ['zendesk', fixture('zendesk-trigger-ticket')],
  ['intercom', fixture('intercom-conversation-user-created')],
  ['intercom', { ...fixture('intercom-conversation-user-created'), topic: 'conversation.admin.closed' }],
  ['intercom', { ...fixture('intercom-conversation-user-created'), topic: 'contact.merged' }],
  ['typeform', fixture('typeform-nps-response')],
  ['calendly', fixture('calendly-invitee-created')],
  ['calendly', { ...fixture('calendly-invitee-created'), event: 'invitee.canceled' }],
  [
    'freshdesk',
    { ticket_id: 1, ticket_requester_email: 'a@example.com', triggered_event: '{status:{from:2,to:4}}', ticket_latest_public_comment: 'x' },
  ],
];

/** Every place in a payload, as a path. */
function placesIn(value: Json | undefined, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner as Json, [...path, name]))];
}

function withReplaced(value: Json, [step, ...rest]: readonly string[], by: Json): Json {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item: Json, index) => (String(index) === step ? withReplaced(item, rest, by) : item));
  return isJsonObject(value) ? { ...value, [step]: withReplaced(value[step] as Json, rest, by) } : value;
}

const anything = fc.jsonValue({ maxDepth: 2 }).map((value) => value as Json);

describe.each(SAMPLES)('a payload of %s in which something else stands somewhere', (type, payload) => {
  it('is read or said to be unreadable, and nothing in it breaks the mapping', () => {
    const place = fc.constantFrom(...placesIn(payload));
    fc.assert(
      fc.property(fc.array(fc.tuple(place, anything), { minLength: 1, maxLength: 3 }), (changes) => {
        const changed = changes.reduce<Json>((whole, [path, by]) => withReplaced(whole, path, by), payload);
        const text = JSON.stringify(changed);
        const { refusal, interactions } = told(type, text);
        expect(refusal?.reason ?? '').not.toContain('The mapping failed');
        expect(told(type, text).interactions).toEqual(interactions);
        for (const { messageId } of interactions) expect(messageId).toMatch(/^.{1,100}$/s);
      }),
      { numRuns: 150 },
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
