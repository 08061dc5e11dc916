import type { JsonObject } from '../../../kernel/json';
import { parseTimestamp } from '../../timestamp';
import { externalIds, given, neededText, textAt } from '../payload';
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
  const said = textAt(payload, 'updated_at');
  const updatedAt = Number.isNaN(parseTimestamp(said)) ? undefined : said;
  const delivery = headers['x-zendesk-webhook-invocation-id'] ?? `${ticketId}-${said ?? ''}-${textAt(payload, 'ticket_status') ?? ''}`;
  const shared = { ...(updatedAt === undefined ? {} : { timestamp: updatedAt }), ...personOf(payload) };
  const ticket = ticketOf(payload, ticketId);
  const messages: VendorMessage[] = eventsOf(payload).map((event, index) => ({
    type: 'track',
    messageId: index === 0 ? delivery : `${delivery}-${index}`,
    event,
    properties: ticket,
    ...shared,
  }));
  const score = /^(good|bad)/i.exec(textAt(payload, 'satisfaction') ?? '')?.[1]?.toLowerCase();
  if (score !== undefined) messages.push({ ...ratingOf(payload, ticket, score), ...shared });
  return messages;
}

function eventsOf(payload: JsonObject): readonly string[] {
  const said = textAt(payload, 'event');
  if (said !== undefined) return [said];
  if (textAt(payload, 'comment') !== undefined) return ['Ticket Comment Added'];
  const status = zendeskStatus(textAt(payload, 'ticket_status'));
  const isUnderWay = status === undefined || status === 'new' || status === 'open';
  return isUnderWay ? ['Ticket Updated'] : eventsOfStatusChange(zendeskStatus(textAt(payload, 'previous_status')), status);
}

function personOf(payload: JsonObject): Pick<VendorMessage, 'userId' | 'context'> {
  const traits = given({
    email: textAt(payload, 'requester_email'),
    name: textAt(payload, 'requester_name'),
    phone: textAt(payload, 'requester_phone'),
  });
  return {
    ...given({ userId: textAt(payload, 'requester_external_id') }),
    context: { traits, externalIds: externalIds({ 'zendesk.user_id': textAt(payload, 'requester_id') }) },
  };
}

function ticketOf(payload: JsonObject, ticketId: string): JsonObject {
  return given({
    ticket_id: ticketId,
    subject: textAt(payload, 'ticket_title'),
    description: textAt(payload, 'ticket_description'),
    status: zendeskStatus(textAt(payload, 'ticket_status')),
    priority: textAt(payload, 'ticket_priority')?.toLowerCase(),
    channel: zendeskChannel(textAt(payload, 'ticket_via')),
    assignee: textAt(payload, 'assignee'),
    comment: textAt(payload, 'comment'),
    author_role: textAt(payload, 'comment_author_role'),
  });
}

/** Every later delivery of the ticket shows the same rating again: it is one answer as long as it is the same. */
function ratingOf(
  payload: JsonObject,
  ticket: JsonObject,
  score: string,
): Pick<VendorMessage, 'type' | 'messageId' | 'event' | 'properties'> {
  const { ticket_id, subject, channel } = ticket;
  const comment = textAt(payload, 'satisfaction_comment');
  const properties = given({ ticket_id, subject, channel, survey_type: 'csat', score, comment, about_department: 'SUPPORT' });
  return { type: 'track', messageId: `ticket-${String(ticket_id)}-rated-${score}`, event: 'Ticket Rated', properties };
}
