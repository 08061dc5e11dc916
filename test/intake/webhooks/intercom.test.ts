import type { JsonObject } from '../../../src/kernel/json';
import { told, toldOne } from './told';
import { fixture } from './vendorFixture';

const OPENED = fixture('intercom-conversation-user-created');
const ITEM = (OPENED['data'] as JsonObject)['item'] as JsonObject;
const WHO = ['email ada.lovelace@example.com', 'intercom.contact_id 540f1de7112d3d1d51001637', 'user_id user-ada'];

/** A documented notification about the same conversation, with the part of it that is new. */
function notification(topic: string, part: JsonObject | null, item: JsonObject = {}): JsonObject {
  const parts = { type: 'conversation_part.list', conversation_parts: part === null ? [] : [part], total_count: part === null ? 0 : 1 };
  const data = { type: 'notification_event_data', item: { ...ITEM, conversation_parts: parts, ...item } };
  return { ...OPENED, id: `notif_${topic}`, topic, created_at: 1734540000, data };
}
const byAdmin = (fields: JsonObject = {}): JsonObject => ({ author: { type: 'admin', id: '1', name: 'Grace' }, ...fields });
const byBot = (fields: JsonObject = {}): JsonObject => ({ author: { type: 'bot', id: '2', name: 'Fin' }, ...fields });

it('a conversation that a user began is opened by chat, with the words without their HTML', () => {
  expect(toldOne('intercom', OPENED)).toMatchObject({
    kind: 'CONVERSATION_OPENED',
    department: 'SUPPORT',
    channel: 'CHAT',
    direction: 'INBOUND',
    subject: { type: 'conversation', externalId: '123456789' },
    occurredAt: '2024-12-18T15:54:03.000Z',
    messageId: 'notif_ccd8a4d0-f965-11e3-a367-c779cae3e1b3',
    who: WHO,
    properties: { description: 'An important message', author_role: 'customer', status: 'open' },
  });
});

it.each([
  ['email', 'EMAIL'],
  ['conversation', 'CHAT'],
  ['push', 'MOBILE_APP'],
  ['facebook', 'MESSENGER'],
  ['whatsapp', 'MESSENGER'],
  ['instagram', 'SOCIAL'],
  ['phone_call', 'PHONE'],
  ['sms', 'SMS'],
])('its source %s is the channel %s', (type, channel) => {
  const item = { source: { ...(ITEM['source'] as JsonObject), type } };
  expect(toldOne('intercom', notification('conversation.user.created', null, item)).channel).toBe(channel);
});

it.each([
  ['admin.single.created', null, ['CONVERSATION_OPENED OUTBOUND'], { author_role: 'agent' }],
  [
    'user.replied',
    { body: '<p>Hello &amp; goodbye</p>', author: { type: 'user' } },
    ['CONVERSATION_REPLIED INBOUND'],
    { comment: 'Hello & goodbye' },
  ],
  [
    'admin.replied',
    byAdmin({ body: '<p>One</p><p>Two</p>' }),
    ['CONVERSATION_REPLIED OUTBOUND'],
    { comment: 'One\nTwo', agent_name: 'Grace' },
  ],
  ['admin.replied', byBot({ body: 'Have you tried …' }), ['BOT_REPLIED OUTBOUND'], { message_body: 'Have you tried …' }],
  ['operator.replied', byBot({ body: 'Hi' }), ['BOT_REPLIED OUTBOUND'], { message_body: 'Hi' }],
  ['admin.noted', byAdmin({ body: 'VIP' }), ['CONVERSATION_REPLIED INTERNAL'], { public: false }],
  ['admin.assigned', byAdmin({ assigned_to: { type: 'admin', id: '3' } }), ['CONVERSATION_ASSIGNED INTERNAL'], { assignee: '3' }],
  ['admin.assigned', byBot({ assigned_to: { id: '3' } }), ['CONVERSATION_ASSIGNED INTERNAL', 'BOT_HANDED_OFF INTERNAL'], { assignee: '3' }],
  ['admin.closed', byAdmin(), ['CONVERSATION_SOLVED OUTBOUND', 'CONVERSATION_CLOSED INTERNAL'], { agent_name: 'Grace' }],
  ['admin.closed', byBot(), ['CONVERSATION_CLOSED INTERNAL'], { author_role: 'bot' }],
  ['admin.opened', byAdmin(), ['CONVERSATION_REOPENED OUTBOUND'], { status: 'open' }],
  ['admin.snoozed', byAdmin(), ['CONVERSATION_ON_HOLD INTERNAL'], { status: 'on_hold' }],
  ['admin.unsnoozed', byAdmin(), ['CUSTOM INTERNAL'], { status: 'open' }],
  ['deleted', null, [], {}],
] as const)('conversation.%s %j is %s', (name, part, kinds, properties) => {
  const { refusal, interactions } = told('intercom', notification(`conversation.${name}`, part as JsonObject | null));
  expect([refusal, interactions.map(({ kind, direction }) => `${kind} ${direction}`)]).toEqual([null, kinds]);
  for (const interaction of interactions) {
    expect(interaction).toMatchObject({
      subject: { externalId: '123456789' },
      occurredAt: '2024-12-18T16:40:00.000Z',
      who: WHO,
      properties,
    });
  }
});

it('a rating is an answer on five steps, with the remark', () => {
  const rated = notification('conversation.rating.added', null, {
    conversation_rating: { rating: 2, remark: 'Slow', created_at: 1734540000 },
  });
  expect(toldOne('intercom', rated)).toMatchObject({
    kind: 'SURVEY_ANSWERED',
    department: 'SUPPORT',
    properties: { survey_type: 'csat', score: 2, scale_min: 1, scale_max: 5, comment: 'Slow' },
  });
});

it('made a priority, a conversation is escalated', () => {
  expect(toldOne('intercom', notification('conversation.priority.updated', null, { priority: 'priority' })).kind).toBe(
    'CONVERSATION_ESCALATED',
  );
  expect(told('intercom', notification('conversation.priority.updated', null)).interactions).toEqual([]);
});

describe('a contact', () => {
  const contact = (topic: string, item: JsonObject): JsonObject => ({ ...OPENED, id: `notif_${topic}`, topic, data: { item } });
  const ADA = {
    type: 'contact',
    id: '540f',
    external_id: 'user-ada',
    email: 'ada@example.com',
    phone: '+442079460000',
    name: 'Ada',
    custom_attributes: { plan: 'pro' },
  };

  it.each(['contact.user.created', 'contact.user.updated', 'contact.email.updated', 'user.created'])(
    'of %s is who it is, with traits',
    (topic) => {
      expect(toldOne('intercom', contact(topic, ADA))).toMatchObject({
        kind: 'IDENTIFIED',
        who: ['email ada@example.com', 'intercom.contact_id 540f', 'phone +442079460000', 'user_id user-ada'],
        properties: { name: 'Ada', plan: 'pro' },
      });
    },
  );

  it.each([
    ['contact.lead.created', 'LEAD_CREATED'],
    ['contact.lead.signed_up', 'SIGNED_UP'],
    ['contact.unsubscribed', 'UNSUBSCRIBED'],
    ['contact.subscribed', 'CONSENT_CHANGED'],
  ])('of %s is %s as well', (topic, kind) => {
    expect(told('intercom', contact(topic, ADA)).interactions.map((one) => one.kind)).toEqual(['IDENTIFIED', kind]);
  });

  it('that was merged with another has both ids', () => {
    const { who } = toldOne('intercom', contact('contact.merged', { ...ADA, source: { id: '1' }, target: { id: '540f' } }));
    expect(who).toEqual(expect.arrayContaining(['intercom.contact_id 1', 'intercom.contact_id 540f']));
  });

  it('that was deleted says nothing', () => {
    expect(told('intercom', contact('contact.deleted', { id: '540f' })).interactions).toEqual([]);
  });
});

it('the ping at registration is nothing to keep', () => {
  expect(
    told('intercom', { type: 'notification_event', topic: 'ping', id: 'notif_1', data: { item: { type: 'ping' } } }).interactions,
  ).toEqual([]);
});

it('a conversation without an id can not be read', () => {
  const { refusal } = told('intercom', notification('conversation.user.created', null, { id: null }));
  expect(refusal).toMatchObject({ code: 'WEBHOOK_UNREADABLE', reason: 'The payload has no id.' });
});
