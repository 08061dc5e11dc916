import type { JsonObject } from '../../../kernel/json';
import { given, neededText, numberAt, textAt } from '../payload';
import type { VendorMessage } from '../webhookVendor';
import { partyOf } from './party';

/** A text message that came in, or what became of one that was sent. Twilio tells no time: it happened when it arrived here. */
export function textMessages(parameters: JsonObject): readonly VendorMessage[] {
  const sid = textAt(parameters, 'MessageSid') ?? neededText(parameters, 'SmsSid');
  const status = (textAt(parameters, 'MessageStatus') ?? textAt(parameters, 'SmsStatus') ?? 'received').toLowerCase();
  return status === 'received' || status === 'receiving' ? received(sid, parameters) : sent(sid, status, parameters);
}

function received(sid: string, parameters: JsonObject): readonly VendorMessage[] {
  const { channel, context } = partyOf(textAt(parameters, 'From'));
  const media = numberAt(parameters, 'NumMedia') ?? 0;
  const reply: VendorMessage = {
    type: 'track',
    messageId: `${sid}-received`,
    event: 'Conversation Replied',
    properties: given({
      message_sid: sid,
      message_body: textAt(parameters, 'Body'),
      author_role: 'customer',
      direction: 'inbound',
      public: true,
      channel,
      media: media > 0 ? media : undefined,
      to: textAt(parameters, 'To'),
    }),
    context,
  };
  const choice = choiceOf(textAt(parameters, 'OptOutType'), channel);
  return choice ? [reply, { type: 'track', messageId: `${sid}-choice`, ...choice, context }] : [reply];
}

/** STOP and START, as Twilio understood them. */
function choiceOf(optOutType: string | undefined, channel: string): Pick<VendorMessage, 'event' | 'properties'> | null {
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
  const known = Object.hasOwn(SENT, status) ? SENT[status] : undefined;
  if (!known) return [];
  const { channel, context } = partyOf(textAt(parameters, 'To'));
  const code = textAt(parameters, 'ErrorCode');
  const reason = code === undefined ? undefined : `Twilio error ${code}`;
  const properties = given({ message_sid: sid, message_body: textAt(parameters, 'Body'), channel, status, reason });
  return [{ type: 'track', messageId: `${sid}-${known.step}`, event: known.event, properties, context }];
}
