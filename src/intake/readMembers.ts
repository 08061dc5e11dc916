import type { Json } from '../kernel/json';

/** Of a message's properties, what something decides by: what happened, what it belongs to, who acted, by which channel. */
export const PROPERTIES_READ = [
  'name',
  'category',
  'channel',
  'direction',
  'public',
  'is_public',
  'internal',
  'author_role',
  'author_type',
  'conversation_id',
  'conversationId',
  'ticket_id',
  'ticketId',
  'case_id',
  'caseId',
  'chat_id',
  'chatId',
  'call_id',
  'callId',
  'call_sid',
  'callSid',
  'deal_id',
  'dealId',
  'opportunity_id',
  'opportunityId',
  'appointment_id',
  'appointmentId',
  'meeting_id',
  'meetingId',
  'order_id',
  'orderId',
  'checkout_id',
  'checkoutId',
  'cart_id',
  'cartId',
  'subscription_id',
  'subscriptionId',
  'invoice_id',
  'invoiceId',
  'survey_id',
  'surveyId',
  'email_id',
  'emailId',
  'experiment_id',
  'experimentId',
] as const;

/** Of a message's context: whom it is about, whether that is said to be one, and by which channel it came. */
export const CONTEXT_READ = ['traits', 'externalIds', 'merged', 'device', 'library', 'channel', 'groupId'] as const;

/** Of these only that they are there. */
export const CONTEXT_NOTICED = ['page', 'userAgent'] as const;

export type PropertyRead = (typeof PROPERTIES_READ)[number];
type ContextRead = (typeof CONTEXT_READ)[number] | (typeof CONTEXT_NOTICED)[number];

/** At least what is read; whoever reads another member must name it in the list. */
export type ReadProperties = Readonly<Partial<Record<PropertyRead, Json>>>;
export type ReadContext = Readonly<Partial<Record<ContextRead, Json>>>;
