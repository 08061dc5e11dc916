import { uuidFromName } from '../../../kernel/uuid';
import { known, neededObject, neededText, objectIn, textIn, timeIn } from '../payload';
import { contextOf } from '../personOn';
import { carriesSecret } from '../sharedSecret';
import { checkSigningSecret, signingSecrets } from '../signingSecrets';
import type { VendorMessage, WebhookVendor } from '../webhookVendor';
import { wordsOfHtml } from '../wordsOfHtml';
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
    const ticket = Object.keys(objectIn(body, 'freshdesk_webhook')).length > 0 ? objectIn(body, 'freshdesk_webhook') : body;
    const ticketId = neededText(ticket, 'ticket_id');
    const id = textIn(ticket, 'event_id') ?? uuidFromName(JSON.stringify(ticket));
    const source = textIn(ticket, 'ticket_source')?.toLowerCase() ?? '';
    return freshdeskEvents(ticket).map(
      ({ event, properties }, index): VendorMessage => ({
        type: 'track',
        messageId: index === 0 ? id : `${id}-${index}`,
        ...known({ timestamp: timeIn(ticket, 'updated_at') }),
        event,
        properties: known({
          ticket_id: ticketId,
          subject: textIn(ticket, 'ticket_subject'),
          description: event === 'Ticket Created' ? wordsOfHtml(textIn(ticket, 'ticket_description')) : null,
          status: freshdeskStatus(textIn(ticket, 'ticket_status')),
          priority: freshdeskPriority(textIn(ticket, 'ticket_priority')),
          channel: CHANNELS[source] ?? source,
          assignee: textIn(ticket, 'ticket_agent_name'),
          assignee_group: textIn(ticket, 'ticket_group_name'),
          tags: ticket['ticket_tags'],
          ...properties,
        }),
        ...known({ userId: textIn(ticket, 'ticket_contact_unique_external_id') }),
        context: contextOf({
          ids: [['freshdesk.contact_id', textIn(ticket, 'ticket_requester_id', 'requester_id')]],
          email: textIn(ticket, 'ticket_requester_email', 'requester_email'),
          phone: textIn(ticket, 'ticket_requester_phone', 'requester_phone'),
          name: textIn(ticket, 'ticket_requester_name', 'requester_name'),
        }),
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
