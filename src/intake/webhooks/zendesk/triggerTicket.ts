import type { JsonObject } from '../../../kernel/json';
import { known, neededText, textIn, timeIn } from '../payload';
import { contextOf } from '../personOn';
import { eventsOfStatusChange } from '../ticketStatus';
import type { KeptHeaders, VendorMessage } from '../webhookVendor';
import { zendeskChannel, zendeskStatus } from './zendeskWords';

/**
 * The JSON that an administrator wrote into a trigger or an automation, with the placeholders of the template that the documentation of this
 * server gives. It shows the ticket as it stands, not what happened to it, unless it says so in `event`.
 */
export function triggerTicket(payload: JsonObject, headers: KeptHeaders): readonly VendorMessage[] {
  const ticketId = neededText(payload, 'ticket_id');
  // {{ticket.updated_at}} is a date for people; {{ticket.updated_at_with_timestamp}} is a time.
  const told = `${ticketId}-${textIn(payload, 'updated_at') ?? ''}-${textIn(payload, 'ticket_status') ?? ''}`;
  const delivery = headers['x-zendesk-webhook-invocation-id'] ?? told;
  const shared = { ...known({ timestamp: timeIn(payload, 'updated_at') }), ...personOf(payload) };
  const ticket = ticketOf(payload, ticketId);
  const messages: VendorMessage[] = eventsOf(payload).map((event, index) => ({
    type: 'track',
    messageId: index === 0 ? delivery : `${delivery}-${index}`,
    event,
    properties: ticket,
    ...shared,
  }));
  const score = /^(good|bad)/i.exec(textIn(payload, 'satisfaction') ?? '')?.[1]?.toLowerCase();
  if (score !== undefined) messages.push({ ...ratingOf(payload, ticket, score), ...shared });
  return messages;
}

function eventsOf(payload: JsonObject): readonly string[] {
  const said = textIn(payload, 'event');
  if (said !== null) return [said];
  if (textIn(payload, 'comment') !== null) return ['Ticket Comment Added'];
  const status = zendeskStatus(textIn(payload, 'ticket_status'));
  const isUnderWay = status === null || status === 'new' || status === 'open';
  return isUnderWay ? ['Ticket Updated'] : eventsOfStatusChange(zendeskStatus(textIn(payload, 'previous_status')), status);
}

function personOf(payload: JsonObject): Pick<VendorMessage, 'userId' | 'context'> {
  return {
    ...known({ userId: textIn(payload, 'requester_external_id') }),
    context: contextOf({
      ids: [['zendesk.user_id', textIn(payload, 'requester_id')]],
      email: textIn(payload, 'requester_email'),
      name: textIn(payload, 'requester_name'),
      phone: textIn(payload, 'requester_phone'),
    }),
  };
}

function ticketOf(payload: JsonObject, ticketId: string): JsonObject {
  return known({
    ticket_id: ticketId,
    subject: textIn(payload, 'ticket_title'),
    description: textIn(payload, 'ticket_description'),
    status: zendeskStatus(textIn(payload, 'ticket_status')),
    priority: textIn(payload, 'ticket_priority')?.toLowerCase(),
    channel: zendeskChannel(textIn(payload, 'ticket_via')),
    assignee: textIn(payload, 'assignee'),
    comment: textIn(payload, 'comment'),
    author_role: textIn(payload, 'comment_author_role'),
  });
}

/** Every later delivery of the ticket shows the same rating again: it is one answer as long as it is the same. */
function ratingOf(
  payload: JsonObject,
  ticket: JsonObject,
  score: string,
): Pick<VendorMessage, 'type' | 'messageId' | 'event' | 'properties'> {
  const { ticket_id, subject, channel } = ticket;
  const comment = textIn(payload, 'satisfaction_comment');
  const properties = known({ ticket_id, subject, channel, survey_type: 'csat', score, comment, about_department: 'SUPPORT' });
  return { type: 'track', messageId: `ticket-${String(ticket_id)}-rated-${score}`, event: 'Ticket Rated', properties };
}
