import type { JsonObject } from '../../../src/kernel/json';
import { told, toldOne } from './told';
import { fixture } from './vendorFixture';

const CREATED = fixture('zendesk-ticket-created');
const DETAIL = CREATED['detail'] as JsonObject;

/** A documented ticket event: the ticket as it stands then, and what changed. */
function ticketEvent(
  name: string,
  event: JsonObject,
  fields: { readonly id?: string; readonly time?: string; readonly detail?: JsonObject } = {},
): JsonObject {
  return {
    ...CREATED,
    type: `zen:event-type:ticket.${name}`,
    id: fields.id ?? `event-${name}`,
    time: fields.time ?? '2024-04-18T08:00:00Z',
    detail: { ...DETAIL, actor_id: '555', ...fields.detail },
    event: { ...event, meta: { sequence: { id: 'CE4A', position: 1 } } },
  };
}

describe('a ticket that was created', () => {
  it('opens a conversation with the words and the title, of the requester, at the time of the event', () => {
    expect(toldOne('zendesk', CREATED)).toMatchObject({
      kind: 'CONVERSATION_OPENED',
      name: 'Ticket Created',
      department: 'SUPPORT',
      channel: 'API',
      direction: 'INBOUND',
      subject: { type: 'ticket', externalId: '35436' },
      occurredAt: '2024-04-17T17:18:10.000Z',
      messageId: '2b24ef10-19d4-4740-93cf-8f98ec4776c0',
      who: ['zendesk.user_id 20978392'],
      properties: {
        subject: 'Help, my printer is on fire!',
        description: 'The fire is very colorful.',
        priority: 'high',
        status: 'new',
        author_role: 'customer',
      },
    });
  });

  it('by somebody of the company for the customer is the company speaking', () => {
    const byAgent = { ...CREATED, detail: { ...DETAIL, submitter_id: '999' } };
    expect(toldOne('zendesk', byAgent)).toMatchObject({ direction: 'OUTBOUND', properties: { author_role: 'agent' } });
    const noted = { ...CREATED, detail: { ...DETAIL, submitter_id: '999', is_public: false } };
    expect(toldOne('zendesk', noted)).toMatchObject({ direction: 'INTERNAL', properties: { public: false } });
  });

  it.each([
    ['email', 'EMAIL'],
    ['web', 'WEB'],
    ['chat', 'CHAT'],
    ['voice', 'PHONE'],
    ['api', 'API'],
    ['web_service', 'API'],
    ['native_messaging', 'MESSENGER'],
    ['whatsapp', 'MESSENGER'],
    ['twitter', 'SOCIAL'],
    ['sms', 'SMS'],
    ['mobile_sdk', 'MOBILE_APP'],
  ])('via %s came by the channel %s', (via, channel) => {
    expect(toldOne('zendesk', { ...CREATED, detail: { ...DETAIL, via: { channel: via } } }).channel).toBe(channel);
  });

  it('keeps every digit of ids beyond 2^53, as text or as a number', () => {
    const text = JSON.stringify(CREATED).replaceAll('"20978392"', '9007199254740993').replaceAll('"35436"', '"90071992547409931"');
    expect(toldOne('zendesk', text)).toMatchObject({
      subject: { externalId: '90071992547409931' },
      who: ['zendesk.user_id 9007199254740993'],
    });
  });
});

describe('a comment', () => {
  const comment = (fields: JsonObject): JsonObject => ({
    comment: { id: '1', body: 'Unplug it.', is_public: true, author: { id: '555', is_staff: true, name: 'Grace' }, ...fields },
  });

  it.each([
    ['of an agent', {}, 'OUTBOUND', { author_role: 'agent', agent_name: 'Grace', comment: 'Unplug it.' }],
    ['of an agent that is a note', { is_public: false }, 'INTERNAL', { public: false }],
    ['of the customer', { author: { id: '20978392', is_staff: false, name: 'Ada' } }, 'INBOUND', { author_role: 'customer' }],
    ['whose author is only an id', { author: { id: '20978392' } }, 'INBOUND', { author_role: 'customer' }],
  ])('%s', (_whose, fields, direction, properties) => {
    expect(toldOne('zendesk', ticketEvent('comment_added', comment(fields)))).toMatchObject({
      kind: 'CONVERSATION_REPLIED',
      direction,
      properties,
    });
  });

  it('that only repeats what the new ticket says is not told twice', () => {
    const event = ticketEvent('comment_added', comment({ body: 'The fire is very colorful.' }), { time: '2024-04-17T17:18:10Z' });
    expect(told('zendesk', event)).toEqual({ refusal: null, interactions: [] });
    const again = ticketEvent('comment_added', comment({ body: 'The fire is very colorful.' }));
    expect(toldOne('zendesk', again).kind).toBe('CONVERSATION_REPLIED');
  });
});

describe('a change of status means what its own old and new values say', () => {
  it.each([
    ['OPEN', 'SOLVED', ['CONVERSATION_SOLVED']],
    ['SOLVED', 'OPEN', ['CONVERSATION_REOPENED']],
    ['CLOSED', 'OPEN', ['CONVERSATION_REOPENED']],
    ['SOLVED', 'CLOSED', ['CONVERSATION_CLOSED']],
    ['OPEN', 'HOLD', ['CONVERSATION_ON_HOLD']],
    ['SOLVED', 'HOLD', ['CONVERSATION_REOPENED', 'CONVERSATION_ON_HOLD']],
    ['OPEN', 'PENDING', ['CONVERSATION_ON_HOLD']],
    ['PENDING', 'OPEN', ['CUSTOM']],
    ['SOLVED', 'DELETED', []],
  ])('%s to %s: %s', (previous, current, kinds) => {
    const event = ticketEvent('status_changed', { previous, current });
    const { refusal, interactions } = told('zendesk', event);
    expect([refusal, interactions.map(({ kind }) => kind)]).toEqual([null, kinds]);
    for (const interaction of interactions) {
      expect(interaction).toMatchObject({ department: 'SUPPORT', properties: { ticket_id: '35436', status: current.toLowerCase() } });
    }
    expect(new Set(interactions.map(({ messageId }) => messageId)).size).toBe(kinds.length);
  });

  it('was made by who did it', () => {
    const reopened = (actor_id: string) => ticketEvent('status_changed', { previous: 'SOLVED', current: 'OPEN' }, { detail: { actor_id } });
    expect(toldOne('zendesk', reopened('20978392')).direction).toBe('INBOUND');
    expect(toldOne('zendesk', reopened('555')).direction).toBe('OUTBOUND');
  });
});

it.each([
  ['agent_assignment_changed', { previous: '1', current: '2' }, 'CONVERSATION_ASSIGNED', { assignee: '2', previous_assignee: '1' }],
  ['group_assignment_changed', { previous: '1', current: '2' }, 'CONVERSATION_ASSIGNED', { assignee_group: '2' }],
  ['priority_changed', { previous: 'NORMAL', current: 'URGENT' }, 'CONVERSATION_ESCALATED', { priority: 'urgent' }],
  ['priority_changed', { previous: 'URGENT', current: 'NORMAL' }, 'CUSTOM', { priority: 'normal' }],
  ['priority_changed', { previous: null, current: 'NORMAL' }, 'CUSTOM', { priority: 'normal' }],
  ['csat_requested', {}, 'SURVEY_SENT', { survey_type: 'csat' }],
  [
    'csat_received',
    { satisfaction_score: { score: 'BAD', comment: 'Slow' } },
    'SURVEY_ANSWERED',
    { survey_type: 'csat', score: 'bad', comment: 'Slow' },
  ],
  ['csat_received', { satisfaction_score: { score: 'GOOD' } }, 'SURVEY_ANSWERED', { score: 'good' }],
  ['csat_received', { satisfaction_rating: { score: 4 } }, 'SURVEY_ANSWERED', { score: 4, scale_min: 1, scale_max: 5 }],
  ['merged', { target_ticket_id: '99' }, 'CUSTOM', { target_ticket_id: '99' }],
  ['marked_as_spam', {}, 'CONVERSATION_CLOSED', { reason: 'spam' }],
  ['soft_deleted', {}, 'CONVERSATION_CLOSED', { reason: 'deleted' }],
  ['subject_changed', { previous: 'A', current: 'B' }, 'CUSTOM', { changed: 'subject', previous: 'A', current: 'B' }],
])('ticket.%s %j is %s', (name, event, kind, properties) => {
  expect(toldOne('zendesk', ticketEvent(name, event))).toMatchObject({
    kind,
    department: 'SUPPORT',
    subject: { externalId: '35436' },
    properties,
  });
});

it.each(['next_sla_breach_changed', 'followers_changed', 'attachment_linked_to_comment', 'permanently_deleted'])(
  'ticket.%s is nothing of the customer',
  (name) => {
    expect(told('zendesk', ticketEvent(name, { current: 'x' }))).toEqual({ refusal: null, interactions: [] });
  },
);

describe('a user event', () => {
  const userEvent = (name: string, detail: JsonObject = {}, event: JsonObject = {}): JsonObject => ({
    type: `zen:event-type:user.${name}`,
    account_id: 12514403,
    id: `user-event-${name}`,
    time: '2024-04-18T08:00:00Z',
    detail: { id: '20978392', email: 'ada.lovelace@example.com', external_id: 'user-ada', role: 'end-user', ...detail },
    event,
  });

  it('says that the requester of the tickets has an e-mail address and is a user of the company', () => {
    expect(toldOne('zendesk', userEvent('created'))).toMatchObject({
      kind: 'IDENTIFIED',
      who: ['email ada.lovelace@example.com', 'user_id user-ada', 'zendesk.user_id 20978392'],
    });
  });

  it('about two that were merged names both', () => {
    expect(toldOne('zendesk', userEvent('merged', {}, { user: { id: '777' } })).who).toEqual(
      expect.arrayContaining(['zendesk.user_id 20978392', 'zendesk.user_id 777']),
    );
  });

  it('about an agent is about no customer', () => {
    expect(told('zendesk', userEvent('created', { role: 'agent' })).interactions).toEqual([]);
  });
});

describe('the template of a trigger', () => {
  const TRIGGER = fixture('zendesk-trigger-ticket');
  const headers = { 'x-zendesk-webhook-invocation-id': '01HNXXXXCTEXAMPLE' };

  it('names the requester by id, e-mail address and the company’s user id, and tells the rating', () => {
    const { interactions } = told('zendesk', TRIGGER, { headers });
    const shared = {
      department: 'SUPPORT',
      channel: 'EMAIL',
      subject: { type: 'ticket', externalId: '35436' },
      occurredAt: '2024-04-17T17:18:10.000Z',
      who: ['email ada.lovelace@example.com', 'user_id user-ada', 'zendesk.user_id 20978392'],
    };
    expect(interactions).toMatchObject([
      { ...shared, kind: 'CUSTOM', name: 'Ticket Updated', messageId: '01HNXXXXCTEXAMPLE', properties: { status: 'open' } },
      { ...shared, kind: 'SURVEY_ANSWERED', properties: { survey_type: 'csat', score: 'good' } },
    ]);
  });

  it('shows the same rating with every later delivery, which is still one answer', () => {
    const later = told(
      'zendesk',
      { ...TRIGGER, updated_at: '2024-05-01T00:00:00Z' },
      { headers: { ...headers, 'x-zendesk-webhook-invocation-id': 'B' } },
    );
    const [first, second] = [told('zendesk', TRIGGER, { headers }), later].map(({ interactions }) => interactions.at(-1)?.messageId);
    expect(first).toBe(second);
  });

  it.each([
    ['Solved', {}, 'CONVERSATION_SOLVED'],
    ['Closed', {}, 'CONVERSATION_CLOSED'],
    ['On-hold', {}, 'CONVERSATION_ON_HOLD'],
    ['Open', { event: 'Ticket Created' }, 'CONVERSATION_OPENED'],
    ['Open', { comment: 'Hello?', comment_author_role: 'customer' }, 'CONVERSATION_REPLIED'],
  ])('with the status %s and %j is %s', (ticket_status, more, kind) => {
    expect(toldOne('zendesk', { ...TRIGGER, satisfaction: 'Unoffered', ticket_status, ...more }, { headers }).kind).toBe(kind);
  });
});

it.each([
  ['no object', '[]', 'The payload is no JSON object.'],
  ['no JSON', 'ticket=1', 'The payload is no JSON object.'],
  ['no ticket', '{"hello":"world"}', 'The payload has no ticket_id.'],
  ['no requester', JSON.stringify({ ...CREATED, detail: { id: '1' } }), 'The payload has no requester_id.'],
])('%s can not be read, and the reason says so', (_what, body, reason) => {
  expect(told('zendesk', body).refusal).toMatchObject({ code: 'WEBHOOK_UNREADABLE', reason });
});

it('a description longer than a message may be is cut, not refused', () => {
  const long = { ...CREATED, detail: { ...DETAIL, description: 'fire '.repeat(20_000) } };
  const { properties } = toldOne('zendesk', long);
  expect(String(properties['description'])).toHaveLength(4001);
});
