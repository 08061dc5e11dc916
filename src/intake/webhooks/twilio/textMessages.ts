import type { JsonObject } from '../../../kernel/json';
import { known, neededText, numberIn, textIn } from '../payload';
import type { VendorMessage } from '../webhookVendor';
import { partyOf } from './party';

/** A text message that came in, or what became of one that was sent. Twilio tells no time: it happened when it arrived here. */
export function textMessages(parameters: JsonObject): readonly VendorMessage[] {
  const sid = neededText(parameters, 'MessageSid', 'SmsSid');
  const status = (textIn(parameters, 'MessageStatus', 'SmsStatus') ?? 'received').toLowerCase();
  return status === 'received' || status === 'receiving' ? received(sid, parameters) : sent(sid, status, parameters);
}

function received(sid: string, parameters: JsonObject): readonly VendorMessage[] {
  const { channel, context } = partyOf(textIn(parameters, 'From'));
  const media = numberIn(parameters, 'NumMedia') ?? 0;
  const reply: VendorMessage = {
    type: 'track',
    messageId: `${sid}-received`,
    event: 'Conversation Replied',
    properties: known({
      message_sid: sid,
      message_body: textIn(parameters, 'Body'),
      author_role: 'customer',
      direction: 'inbound',
      public: true,
      channel,
      media: media > 0 ? media : null,
      to: textIn(parameters, 'To'),
    }),
    context,
  };
  const choice = choiceOf(textIn(parameters, 'OptOutType'), channel);
  return choice ? [reply, { type: 'track', messageId: `${sid}-choice`, ...choice, context }] : [reply];
}

/** STOP and START, as Twilio understood them. */
function choiceOf(optOutType: string | null, channel: string): Pick<VendorMessage, 'event' | 'properties'> | null {
  if (optOutType?.toUpperCase() === 'STOP') return { event: 'SMS Unsubscribed', properties: { channel } };
  return optOutType?.toUpperCase() === 'START' ? { event: 'Consent Changed', properties: { purpose: channel, granted: true } } : null;
}

/** Sent and delivered are the one message that the customer got, whichever is told first. */
const SENT: Readonly<Record<string, { readonly event: string; readonly step: string }>> = {
  sent: { event: 'Message Sent', step: 'sent' },
  delivered: { event: 'Message Sent', step: 'sent' },
  read: { event: 'Message Read', step: 'read' },
  undelivered: { event: 'Message Failed', step: 'failed' },
  failed: { event: 'Message Failed', step: 'failed' },
};

function sent(sid: string, status: string, parameters: JsonObject): readonly VendorMessage[] {
  const outcome = Object.hasOwn(SENT, status) ? SENT[status] : undefined;
  if (!outcome) return [];
  const { channel, context } = partyOf(textIn(parameters, 'To'));
  const code = textIn(parameters, 'ErrorCode');
  const reason = code === null ? null : `Twilio error ${code}`;
  const properties = known({ message_sid: sid, message_body: textIn(parameters, 'Body'), channel, status, reason });
  return [{ type: 'track', messageId: `${sid}-${outcome.step}`, event: outcome.event, properties, context }];
}
