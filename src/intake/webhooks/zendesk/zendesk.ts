import { neededObject, textIn } from '../payload';
import { isSignedBy } from '../signature';
import { checkSigningSecret, isStale, signingSecrets } from '../signingSecrets';
import type { WebhookVendor } from '../webhookVendor';
import { ticketEvent } from './ticketEvents';
import { triggerTicket } from './triggerTicket';
import { userEvent } from './userEvents';

const SECRETS = ['signingSecret', 'secret'];
/** Zendesk signs the time, and leaves it to the receiver how old is too old. */
const TOLERANCE_MS = 300_000;
const EVENT_TYPE = /^zen:event-type:(ticket|user)\.(.+)$/;

/**
 * Zendesk: webhooks subscribed to ticket and user events, and webhooks connected to triggers. Signed as "Verifying webhook authenticity" in
 * Zendesk's developer documentation says: base64 of HMAC-SHA256 over the time header and the body.
 */
export const ZENDESK: WebhookVendor = {
  type: 'zendesk',
  keptHeaders: ['x-zendesk-webhook-invocation-id'],

  checkSettings: (settings) => checkSigningSecret(settings, SECRETS, 'the signing secret of the webhook'),

  verify({ body, headers, receivedAtMs }, settings) {
    const signedAt = headers['x-zendesk-webhook-signature-timestamp'] ?? '';
    const form = { algorithm: 'sha256', encoding: 'base64' } as const;
    const isGenuine = isSignedBy(signingSecrets(settings, SECRETS), headers['x-zendesk-webhook-signature'], [signedAt, body], form);
    if (!isGenuine) return 'WEBHOOK_SIGNATURE_INVALID';
    const signedAtMs = Date.parse(signedAt);
    return Number.isNaN(signedAtMs) || isStale(signedAtMs, receivedAtMs, TOLERANCE_MS) ? 'WEBHOOK_STALE' : null;
  },

  toMessages(payload, headers) {
    const body = neededObject(payload, 'The payload');
    const type = textIn(body, 'type') ?? '';
    if (!type.startsWith('zen:event-type:')) return triggerTicket(body, headers);
    const [, subject, name = ''] = EVENT_TYPE.exec(type) ?? [];
    if (subject === 'ticket') return ticketEvent(name, body);
    return subject === 'user' ? userEvent(name, body) : [];
  },
};
