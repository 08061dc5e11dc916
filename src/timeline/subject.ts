import type { PropertyRead, ReadProperties } from '../intake/readMembers';
import type { InteractionKind } from '../kernel/vocabulary';
import type { InteractionFacts } from './interaction';

/** What an interaction can belong to, by the properties that number it; where several are there, the first of this list. */
const SUBJECTS: readonly (readonly [type: string, ...properties: PropertyRead[]])[] = [
  ['conversation', 'conversation_id', 'conversationId'],
  ['ticket', 'ticket_id', 'ticketId'],
  ['case', 'case_id', 'caseId'],
  ['chat', 'chat_id', 'chatId'],
  ['call', 'call_id', 'callId', 'call_sid', 'callSid'],
  ['deal', 'deal_id', 'dealId', 'opportunity_id', 'opportunityId'],
  ['appointment', 'appointment_id', 'appointmentId', 'meeting_id', 'meetingId'],
  ['order', 'order_id', 'orderId'],
  ['checkout', 'checkout_id', 'checkoutId'],
  ['cart', 'cart_id', 'cartId'],
  ['subscription', 'subscription_id', 'subscriptionId'],
  ['invoice', 'invoice_id', 'invoiceId'],
  ['survey', 'survey_id', 'surveyId'],
  ['email', 'email_id', 'emailId'],
  ['experiment', 'experiment_id', 'experimentId'],
];

interface SubjectProperty {
  readonly type: string;
  readonly rank: number;
}
const BY_PROPERTY = new Map<string, SubjectProperty>(
  SUBJECTS.flatMap(([type, ...properties], rank) => properties.map((property): [string, SubjectProperty] => [property, { type, rank }])),
);

/** Kinds that are about one type of subject, whatever else is numbered on the message. */
const FIRST_OF_ALL: Partial<Record<InteractionKind, string>> = {
  CART_UPDATED: 'cart',
  CALL_STARTED: 'call',
  CALL_ENDED: 'call',
  CALL_ABANDONED: 'call',
  SUBSCRIPTION_STARTED: 'subscription',
  SUBSCRIPTION_RENEWED: 'subscription',
  SUBSCRIPTION_CHANGED: 'subscription',
  SUBSCRIPTION_CANCELLED: 'subscription',
};

/** Something longer is no number that a person or a system would look up; it stays readable among the properties. */
const LONGEST_ID = 200;

/** Ticket, chat, call, deal, order, cart … that the properties number, as the source numbers it; null where they number none. */
export function subjectOf(kind: InteractionKind, properties: ReadProperties): InteractionFacts['subject'] {
  const preferred = FIRST_OF_ALL[kind];
  let best: SubjectProperty | null = null;
  let externalId = '';
  for (const property in properties) {
    const candidate = BY_PROPERTY.get(property);
    if (!candidate || (best && rankOf(best, preferred) <= rankOf(candidate, preferred))) continue;
    const id = idText(properties[property as PropertyRead]);
    if (id === null) continue;
    best = candidate;
    externalId = id;
  }
  return best && { type: best.type, externalId };
}

function rankOf(property: SubjectProperty, preferred: string | undefined): number {
  return property.type === preferred ? -1 : property.rank;
}

/** The text of an id, or null where the value can be none. */
export function idText(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.length > LONGEST_ID) return null;
  const id = value.trim();
  return id === '' ? null : id;
}
