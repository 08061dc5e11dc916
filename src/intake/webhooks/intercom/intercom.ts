import { neededObject, textIn } from '../payload';
import { isSignedBy } from '../signature';
import { checkSigningSecret, signingSecrets } from '../signingSecrets';
import type { WebhookVendor } from '../webhookVendor';
import { contactMessages } from './contactTopics';
import { conversationMessages } from './conversationTopics';

const SECRETS = ['signingSecret', 'clientSecret', 'secret'];

/**
 * Intercom's notifications, by their topic. Signed as "Setting up webhooks" in Intercom's developer documentation says: the header
 * X-Hub-Signature holds HMAC-SHA1 of the body with the app's client secret. Nothing of it is a time, so that a repeat is told by its id.
 */
export const INTERCOM: WebhookVendor = {
  type: 'intercom',
  keptHeaders: [],

  checkSettings: (settings) => checkSigningSecret(settings, SECRETS, 'the client secret of the app'),

  verify({ body, headers }, settings) {
    const form = { algorithm: 'sha1', encoding: 'hex', prefix: 'sha1=' } as const;
    const isGenuine = isSignedBy(signingSecrets(settings, SECRETS), headers['x-hub-signature']?.toLowerCase(), [body], form);
    return isGenuine ? null : 'WEBHOOK_SIGNATURE_INVALID';
  },

  toMessages(payload) {
    const notification = neededObject(payload, 'The payload');
    const [subject = '', ...rest] = (textIn(notification, 'topic') ?? '').split('.');
    if (subject === 'conversation') return conversationMessages(rest.join('.'), notification);
    return ['contact', 'user', 'lead'].includes(subject) ? contactMessages(rest.join('.'), notification) : [];
  },
};
