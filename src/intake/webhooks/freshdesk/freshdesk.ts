import { uuidFromName } from '../../../kernel/uuid';
import { externalIds, given, neededObject, neededText, objectAt, textAt, wordsOfHtml } from '../payload';
import { carriesSecret } from '../sharedSecret';
import { checkSigningSecret, signingSecrets } from '../signingSecrets';
import type { VendorMessage, WebhookVendor } from '../webhookVendor';
import { freshdeskEvents, freshdeskPriority, freshdeskStatus } from './ticketChange';

const SECRETS = ['signingSecret', 'secret', 'password'];

/**
 * Freshdesk's "Trigger webhook" of automation rules, with its simple content or a template of the same names ("Using webhooks in automation rules").
 * Freshdesk signs nothing: it can authenticate by Basic authorization or headers, and the address can carry a secret. It neither names events nor
 * says when they happened, unless the template does (`event_id`, `updated_at`): else only the very same content counts once.
 */
export const FRESHDESK: WebhookVendor = {
  type: 'freshdesk',
  keptHeaders: [],

  checkSettings: (settings) => checkSigningSecret(settings, SECRETS, 'a secret that deliveries carry'),

  verify(delivery, settings) {
    const isGenuine = signingSecrets(settings, SECRETS).some((secret) => carriesSecret(delivery, secret));
    return isGenuine ? null : 'WEBHOOK_SIGNATURE_INVALID';
  },

  toMessages(payload) {
    const body = neededObject(payload, 'The payload');
    const ticket = Object.keys(objectAt(body, 'freshdesk_webhook')).length > 0 ? objectAt(body, 'freshdesk_webhook') : body;
    const ticketId = neededText(ticket, 'ticket_id');
    const id = textAt(ticket, 'event_id') ?? uuidFromName(JSON.stringify(ticket));
    const updatedAt = textAt(ticket, 'updated_at');
    return freshdeskEvents(ticket).map(
      ({ event, properties }, index): VendorMessage => ({
        type: 'track',
        messageId: index === 0 ? id : `${id}-${index}`,
        ...given({ timestamp: updatedAt }),
        event,
        properties: given({
          ticket_id: ticketId,
          subject: textAt(ticket, 'ticket_subject'),
          description: event === 'Ticket Created' ? wordsOfHtml(textAt(ticket, 'ticket_description')) : undefined,
          status: freshdeskStatus(textAt(ticket, 'ticket_status')),
          priority: freshdeskPriority(textAt(ticket, 'ticket_priority')),
          channel: CHANNELS[textAt(ticket, 'ticket_source')?.toLowerCase() ?? ''] ?? textAt(ticket, 'ticket_source')?.toLowerCase(),
          assignee: textAt(ticket, 'ticket_agent_name'),
          assignee_group: textAt(ticket, 'ticket_group_name'),
          tags: ticket['ticket_tags'],
          ...properties,
        }),
        ...given({ userId: textAt(ticket, 'ticket_contact_unique_external_id') }),
        context: {
          traits: given({
            email: textAt(ticket, 'ticket_requester_email') ?? textAt(ticket, 'requester_email'),
            phone: textAt(ticket, 'ticket_requester_phone') ?? textAt(ticket, 'requester_phone'),
            name: textAt(ticket, 'ticket_requester_name') ?? textAt(ticket, 'requester_name'),
          }),
          externalIds: externalIds({ 'freshdesk.contact_id': textAt(ticket, 'ticket_requester_id') ?? textAt(ticket, 'requester_id') }),
        },
      }),
    );
  },
};

/** The portal's numbers and words for where a ticket came from. */
const CHANNELS: Readonly<Record<string, string>> = {
  '1': 'email',
  '2': 'web',
  '3': 'phone',
  '7': 'chat',
  '9': 'web',
  '10': 'email',
  portal: 'web',
  'feedback widget': 'web',
  'outbound email': 'email',
};
