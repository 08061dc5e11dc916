import type { JsonObject } from '../../../kernel/json';
import { at, externalIds, given, neededText, numberAt, objectAt, textAt } from '../payload';
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
  const time = neededText(payload, 'time');
  const detail = objectAt(payload, 'detail');
  const ticket = ticketOf(detail);
  const context = { externalIds: externalIds({ 'zendesk.user_id': neededText(detail, 'requester_id') }) };
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
  const { current, previous } = objectAt(payload, 'event');
  const [now, before] = [textAt(current)?.toLowerCase(), textAt(previous)?.toLowerCase()];
  switch (name) {
    case 'created':
      return [{ event: 'Ticket Created', properties: opening(objectAt(payload, 'detail')) }];
    case 'comment_added':
      return comment(payload);
    case 'status_changed':
      return statusChange(now, before, objectAt(payload, 'detail'));
    case 'agent_assignment_changed':
      return [{ event: 'Ticket Assigned', properties: given({ assignee: textAt(current), previous_assignee: textAt(previous) }) }];
    case 'group_assignment_changed':
      return [{ event: 'Ticket Assigned', properties: given({ assignee_group: textAt(current), previous_group: textAt(previous) }) }];
    case 'priority_changed':
      return [{ event: isRaised(before, now) ? 'Ticket Escalated' : 'Ticket Updated', properties: changed('priority', now, before) }];
    case 'marked_as_spam':
    case 'soft_deleted':
      return [{ event: 'Ticket Closed', properties: { reason: name === 'marked_as_spam' ? 'spam' : 'deleted' } }];
    case 'csat_requested':
      return [{ event: 'CSAT Survey Sent', properties: { survey_type: 'csat', about_department: 'SUPPORT' } }];
    case 'csat_received':
      return rating(objectAt(payload, 'event'));
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
  return given({
    ticket_id: neededText(detail, 'id'),
    subject: textAt(detail, 'subject'),
    channel: zendeskChannel(textAt(detail, 'via', 'channel')),
    priority: textAt(detail, 'priority')?.toLowerCase(),
    status: textAt(detail, 'status')?.toLowerCase(),
    ticket_type: textAt(detail, 'type')?.toLowerCase(),
    assignee: textAt(detail, 'assignee_id'),
    organization_id: textAt(detail, 'organization_id'),
    tags: detail['tags'],
  });
}

/** Somebody of the company may open a ticket for a customer: then the first words are the company's. */
function opening(detail: JsonObject): JsonObject {
  const submitter = textAt(detail, 'submitter_id');
  const byCompany = submitter !== undefined && submitter !== textAt(detail, 'requester_id');
  const description = textAt(detail, 'description');
  const isPublic = at(detail, 'is_public') !== false;
  return given({
    description,
    public: isPublic,
    author_role: byCompany ? 'agent' : 'customer',
    direction: byCompany ? (isPublic ? 'outbound' : 'internal') : undefined,
  });
}

/** A new ticket's first comment comes as an event of its own beside `ticket.created`, which has said it already. */
function comment(payload: JsonObject): readonly Told[] {
  const detail = objectAt(payload, 'detail');
  const said = objectAt(payload, 'event', 'comment');
  const body = textAt(said, 'body');
  const isOpening = body === textAt(detail, 'description') && textAt(payload, 'time') === textAt(detail, 'created_at');
  if (isOpening) return [];
  const isStaff = at(said, 'author', 'is_staff');
  const isCustomer = typeof isStaff === 'boolean' ? !isStaff : textAt(said, 'author', 'id') === textAt(detail, 'requester_id');
  const properties = given({
    comment: body,
    comment_id: textAt(said, 'id'),
    public: at(said, 'is_public') !== false,
    author_role: isCustomer ? 'customer' : 'agent',
    agent_name: isCustomer ? undefined : textAt(said, 'author', 'name'),
  });
  return [{ event: 'Ticket Comment Added', properties }];
}

/** What became of the ticket, and who did it: where the actor is the requester, the customer. */
function statusChange(now: string | undefined, before: string | undefined, detail: JsonObject): readonly Told[] {
  const status = zendeskStatus(now);
  if (status === undefined) return [];
  const actor = textAt(detail, 'actor_id');
  const byCustomer = actor === undefined ? undefined : actor === textAt(detail, 'requester_id');
  return eventsOfStatusChange(zendeskStatus(before), status).map((event) => {
    const isTurn = event === 'Ticket Solved' || event === 'Ticket Reopened';
    const direction = isTurn && byCustomer !== undefined ? (byCustomer ? 'inbound' : 'outbound') : undefined;
    return { event, properties: given({ ...changed('status', now, before), direction }) };
  });
}

/** Good or bad, or a number of stars. */
function rating(event: JsonObject): readonly Told[] {
  const places = [objectAt(event, 'satisfaction_score'), objectAt(event, 'satisfaction_rating'), objectAt(event, 'current')];
  const answer = places.find((one) => textAt(one, 'score') !== undefined) ?? {};
  const comment = textAt(answer, 'comment');
  const score = textAt(answer, 'score')?.toLowerCase() ?? '';
  const word = /^(good|bad)/.exec(score)?.[1];
  const value = word === undefined ? { score: numberAt(answer, 'score'), scale_min: 1, scale_max: 5 } : { score: word };
  if (value.score === undefined) return [];
  return [{ event: 'Ticket Rated', properties: given({ survey_type: 'csat', ...value, comment, about_department: 'SUPPORT' }) }];
}

/** As it came, but for where it stands in the sequence of events. */
function changeOf(payload: JsonObject): JsonObject {
  const { meta: _sequence, ...change } = objectAt(payload, 'event');
  return given(change);
}

function changed(field: string, now: string | undefined, before: string | undefined): JsonObject {
  return given({ [field]: now, [`previous_${field}`]: before });
}
