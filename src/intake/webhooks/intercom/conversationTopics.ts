import type { JsonObject } from '../../../kernel/json';
import { known, neededText, objectIn, textIn } from '../payload';
import type { VendorMessage } from '../webhookVendor';
import { wordsOfHtml } from '../wordsOfHtml';
import { notified, personOf } from './notification';

/** Where a conversation came from, by its `source.type`, where Intercom's word is not everybody's. */
const CHANNELS: Readonly<Record<string, string>> = {
  conversation: 'chat',
  phone_call: 'phone',
  phone_switch: 'phone',
  facebook: 'messenger',
};

interface Told {
  readonly event: string;
  readonly properties?: JsonObject;
}

/** One notification about a conversation; `name` is what stands behind `conversation.` in its topic. */
export function conversationMessages(name: string, notification: JsonObject): readonly VendorMessage[] {
  const item = objectIn(notification, ['data', 'item']);
  const { messageId, ...rest } = notified(notification);
  const person = personOf(contactOf(item));
  return tell(name, item).map(({ event, properties }, index) => ({
    type: 'track',
    messageId: index === 0 ? messageId : `${messageId}-${index}`,
    ...rest,
    event,
    properties: { ...conversationOf(item), ...properties },
    ...person,
  }));
}

function tell(name: string, item: JsonObject): readonly Told[] {
  const part = objectIn(item, ['conversation_parts', 'conversation_parts', -1]);
  return TOPICS[name]?.(item, part) ?? [];
}

type Topic = (item: JsonObject, part: JsonObject) => readonly Told[];

const reopened: Topic = (_item, part) => [
  { event: 'Conversation Reopened', properties: { status: 'open', direction: 'outbound', ...authorOf(part) } },
];
const assigned: Topic = (item, part) => [
  { event: 'Conversation Assigned', properties: known({ assignee: assigneeOf(item, part) }) },
  ...(isBot(part) ? [{ event: 'Bot Handed Off', properties: known({ assignee: assigneeOf(item, part) }) }] : []),
];
const opened = (properties: JsonObject): Topic => {
  return (item) => [{ event: 'Conversation Opened', properties: { ...properties, ...sourceWords(item), status: 'open' } }];
};

/** Closed by a teammate is how a conversation is solved in Intercom; closed by itself, for nobody said any more, it is not. */
const closed: Topic = (_item, part) => [
  ...(isBot(part) ? [] : [{ event: 'Conversation Solved', properties: { status: 'solved', ...authorOf(part) } }]),
  { event: 'Conversation Closed', properties: { status: 'closed', ...authorOf(part) } },
];

const replied = (role: 'customer' | 'agent'): Topic => {
  return (_item, part) => [
    isBot(part)
      ? { event: 'Bot Replied', properties: said(part, 'message_body') }
      : { event: 'Conversation Replied', properties: { author_role: role, public: true, ...said(part, 'comment'), ...nameOf(role, part) } },
  ];
};

const rated: Topic = (item) => {
  const rating = objectIn(item, 'conversation_rating');
  const score = { survey_type: 'csat', score: rating['rating'], scale_min: 1, scale_max: 5, about_department: 'SUPPORT' };
  return textIn(rating, 'rating') === null
    ? []
    : [{ event: 'Conversation Rated', properties: known({ ...score, comment: textIn(rating, 'remark') }) }];
};

const TOPICS: Readonly<Record<string, Topic>> = {
  'user.created': opened({ author_role: 'customer', public: true }),
  'admin.single.created': opened({ author_role: 'agent', public: true, direction: 'outbound' }),
  'user.replied': replied('customer'),
  'admin.replied': replied('agent'),
  'operator.replied': (_item, part) => [{ event: 'Bot Replied', properties: said(part, 'message_body') }],
  'admin.noted': (_item, part) => [
    {
      event: 'Conversation Replied',
      properties: { author_role: 'agent', public: false, ...said(part, 'comment'), ...nameOf('agent', part) },
    },
  ],
  'admin.assigned': assigned,
  'admin.open.assigned': (item, part) => [...reopened(item, part), ...assigned(item, part)],
  'admin.closed': closed,
  'admin.opened': reopened,
  'admin.snoozed': (_item, part) => [{ event: 'Conversation Snoozed', properties: { status: 'on_hold', ...authorOf(part) } }],
  'admin.unsnoozed': (_item, part) => [{ event: 'Conversation Status Changed', properties: { status: 'open', ...authorOf(part) } }],
  'priority.updated': (item) =>
    item['priority'] === 'priority' || item['priority'] === true
      ? [{ event: 'Conversation Escalated', properties: { priority: 'high' } }]
      : [],
  'rating.added': rated,
};

/** The customer: with ids among the conversation's contacts, with an e-mail address as the author of the source or of the latest words. */
function contactOf(item: JsonObject): JsonObject {
  const contact = objectIn(item, ['contacts', 'contacts', 0]);
  const id = textIn(contact, 'id') ?? textIn(item, ['user', 'id']);
  const authors = [objectIn(item, ['source', 'author']), objectIn(item, ['conversation_parts', 'conversation_parts', -1, 'author'])];
  const author = authors.find((one) => (id === null ? isContact(one) : textIn(one, 'id') === id)) ?? {};
  return { ...objectIn(item, 'user'), ...known(author), ...known(contact) };
}

function isContact(author: JsonObject): boolean {
  return ['user', 'lead', 'contact'].includes(textIn(author, 'type') ?? '');
}

function conversationOf(item: JsonObject): JsonObject {
  const source = textIn(item, ['source', 'type']) ?? '';
  return known({
    conversation_id: neededText(item, 'id'),
    channel: Object.hasOwn(CHANNELS, source) ? CHANNELS[source] : source || 'chat',
    subject: wordsOfHtml(textIn(item, ['source', 'subject'])) ?? textIn(item, 'title'),
    page_url: textIn(item, ['source', 'url']),
  });
}

function sourceWords(item: JsonObject): JsonObject {
  return known({ description: wordsOfHtml(textIn(item, ['source', 'body'])) });
}

function said(part: JsonObject, name: 'comment' | 'message_body'): JsonObject {
  return known({ [name]: wordsOfHtml(textIn(part, 'body')) });
}

function isBot(part: JsonObject): boolean {
  return textIn(part, ['author', 'type']) === 'bot';
}

function authorOf(part: JsonObject): JsonObject {
  return known({ author_role: isBot(part) ? 'bot' : 'agent', agent_name: textIn(part, ['author', 'name']) });
}

function nameOf(role: 'customer' | 'agent', part: JsonObject): JsonObject {
  return role === 'agent' ? known({ agent_name: textIn(part, ['author', 'name']) }) : {};
}

function assigneeOf(item: JsonObject, part: JsonObject): string | null {
  return textIn(part, ['assigned_to', 'name'], ['assigned_to', 'id']) ?? textIn(item, 'admin_assignee_id', 'team_assignee_id');
}
