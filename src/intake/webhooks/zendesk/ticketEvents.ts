import type { JsonObject } from '../../../kernel/json';
import { asText, known, neededText, neededTime, numberIn, objectIn, textIn, valueAt } from '../payload';
import { contextOf } from '../personOn';
import { eventsOfStatusChange, isRaised } from '../ticketStatus';
import type { VendorMessage } from '../webhookVendor';
import { zendeskChannel, zendeskStatus } from './zendeskWords';

/** What an event adds to what every event says of its ticket. */
interface Told {
  readonly event: string;
  readonly properties?: JsonObject;
}

/** One `zen:event-type:ticket.*` event, `name` being what stands behind `ticket.`. */
export function ticketEvent(name: string, payload: JsonObject): readonly VendorMessage[] {
  const id = neededText(payload, 'id');
  const time = neededTime(payload, 'time');
  const detail = objectIn(payload, 'detail');
  const ticket = ticketOf(detail);
  const context = contextOf({ ids: [['zendesk.user_id', neededText(detail, 'requester_id')]] });
  return tell(name, payload).map(({ event, properties }, index) => ({
    type: 'track',
    messageId: index === 0 ? id : `${id}-${index}`,
    timestamp: time,
    event,
    properties: { ...ticket, ...properties },
    context,
  }));
}

function tell(name: string, payload: JsonObject): readonly Told[] {
  const { current, previous } = objectIn(payload, 'event');
  const [now, before] = [asText(current)?.toLowerCase() ?? null, asText(previous)?.toLowerCase() ?? null];
  switch (name) {
    case 'created':
      return [{ event: 'Ticket Created', properties: opening(objectIn(payload, 'detail')) }];
    case 'comment_added':
      return comment(payload);
    case 'status_changed':
      return statusChange(now, before, objectIn(payload, 'detail'));
    case 'agent_assignment_changed':
      return [{ event: 'Ticket Assigned', properties: known({ assignee: asText(current), previous_assignee: asText(previous) }) }];
    case 'group_assignment_changed':
      return [{ event: 'Ticket Assigned', properties: known({ assignee_group: asText(current), previous_group: asText(previous) }) }];
    case 'priority_changed':
      return [{ event: isRaised(before, now) ? 'Ticket Escalated' : 'Ticket Updated', properties: changed('priority', now, before) }];
    case 'marked_as_spam':
    case 'soft_deleted':
      return [{ event: 'Ticket Closed', properties: { reason: name === 'marked_as_spam' ? 'spam' : 'deleted' } }];
    case 'csat_requested':
      return [{ event: 'CSAT Survey Sent', properties: { survey_type: 'csat', about_department: 'SUPPORT' } }];
    case 'csat_received':
      return rating(objectIn(payload, 'event'));
    case 'merged':
      return [{ event: 'Ticket Merged', properties: changeOf(payload) }];
    default:
      return OF_THE_CUSTOMER.has(name) ? [{ event: 'Ticket Updated', properties: { changed: fieldIn(name), ...changeOf(payload) } }] : [];
  }
}

/** Changes that say something of the customer's matter. The others are the desk's own: deadlines, followers, forms, schedules, attachments. */
const OF_THE_CUSTOMER: ReadonlySet<string> = new Set([
  'subject_changed',
  'description_changed',
  'type_changed',
  'tags_changed',
  'custom_field_changed',
  'custom_status_changed',
  'requester_changed',
  'organization_changed',
  'problem_link_changed',
  'external_id_changed',
  'undeleted',
]);

const fieldIn = (name: string): string => name.replace(/_changed$/, '');

function ticketOf(detail: JsonObject): JsonObject {
  return known({
    ticket_id: neededText(detail, 'id'),
    subject: textIn(detail, 'subject'),
    channel: zendeskChannel(textIn(detail, ['via', 'channel'])),
    priority: textIn(detail, 'priority')?.toLowerCase(),
    status: textIn(detail, 'status')?.toLowerCase(),
    ticket_type: textIn(detail, 'type')?.toLowerCase(),
    assignee: textIn(detail, 'assignee_id'),
    organization_id: textIn(detail, 'organization_id'),
    tags: detail['tags'],
  });
}

/** Somebody of the company may open a ticket for a customer: then the first words are the company's. */
function opening(detail: JsonObject): JsonObject {
  const submitter = textIn(detail, 'submitter_id');
  const byCompany = submitter !== null && submitter !== textIn(detail, 'requester_id');
  const description = textIn(detail, 'description');
  const isPublic = valueAt(detail, 'is_public') !== false;
  return known({
    description,
    public: isPublic,
    author_role: byCompany ? 'agent' : 'customer',
    direction: byCompany ? (isPublic ? 'outbound' : 'internal') : null,
  });
}

/** A new ticket's first comment comes as an event of its own beside `ticket.created`, which has said it already. */
function comment(payload: JsonObject): readonly Told[] {
  const detail = objectIn(payload, 'detail');
  const said = objectIn(payload, ['event', 'comment']);
  const body = textIn(said, 'body');
  const isOpening = body === textIn(detail, 'description') && textIn(payload, 'time') === textIn(detail, 'created_at');
  if (isOpening) return [];
  const isStaff = valueAt(said, ['author', 'is_staff']);
  const isCustomer = typeof isStaff === 'boolean' ? !isStaff : textIn(said, ['author', 'id']) === textIn(detail, 'requester_id');
  const properties = known({
    comment: body,
    comment_id: textIn(said, 'id'),
    public: valueAt(said, 'is_public') !== false,
    author_role: isCustomer ? 'customer' : 'agent',
    agent_name: isCustomer ? null : textIn(said, ['author', 'name']),
  });
  return [{ event: 'Ticket Comment Added', properties }];
}

/** What became of the ticket, and who did it: where the actor is the requester, the customer. */
function statusChange(now: string | null, before: string | null, detail: JsonObject): readonly Told[] {
  const status = zendeskStatus(now);
  if (status === null) return [];
  const actor = textIn(detail, 'actor_id');
  const byCustomer = actor === null ? null : actor === textIn(detail, 'requester_id');
  return eventsOfStatusChange(zendeskStatus(before), status).map((event) => {
    const isTurn = event === 'Ticket Solved' || event === 'Ticket Reopened';
    const direction = isTurn && byCustomer !== null ? (byCustomer ? 'inbound' : 'outbound') : null;
    return { event, properties: known({ ...changed('status', now, before), direction }) };
  });
}

/** Good or bad, or a number of stars. */
function rating(event: JsonObject): readonly Told[] {
  const places = [objectIn(event, 'satisfaction_score'), objectIn(event, 'satisfaction_rating'), objectIn(event, 'current')];
  const answer = places.find((one) => textIn(one, 'score') !== null) ?? {};
  const comment = textIn(answer, 'comment');
  const score = textIn(answer, 'score')?.toLowerCase() ?? '';
  const word = /^(good|bad)/.exec(score)?.[1];
  const value = word === undefined ? { score: numberIn(answer, 'score'), scale_min: 1, scale_max: 5 } : { score: word };
  if (value.score === null) return [];
  return [{ event: 'Ticket Rated', properties: known({ survey_type: 'csat', ...value, comment, about_department: 'SUPPORT' }) }];
}

/** As it came, but for where it stands in the sequence of events. */
function changeOf(payload: JsonObject): JsonObject {
  const { meta: _sequence, ...change } = objectIn(payload, 'event');
  return known(change);
}

function changed(field: string, now: string | null, before: string | null): JsonObject {
  return known({ [field]: now, [`previous_${field}`]: before });
}
