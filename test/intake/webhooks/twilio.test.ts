import type { JsonObject } from '../../../src/kernel/json';
import { told, toldOne } from './told';
import { fixture } from './vendorFixture';

const SMS = fixture('twilio-sms-inbound');
const form = (parameters: JsonObject): string => new URLSearchParams(parameters as Record<string, string>).toString();

it('an SMS is what the customer said, when it arrived, since Twilio tells no time', () => {
  expect(toldOne('twilio', form(SMS))).toMatchObject({
    kind: 'CONVERSATION_REPLIED',
    department: 'SUPPORT',
    channel: 'SMS',
    direction: 'INBOUND',
    occurredAt: '2026-11-22T12:00:00.000Z',
    messageId: 'SM1f0e8ae6ade43cb3c0ce4525424e404f-received',
    who: ['phone +442079460000'],
    properties: { message_body: 'Where is my order?', author_role: 'customer' },
  });
});

it('WhatsApp is a messenger, and the number is the same person', () => {
  expect(toldOne('twilio', form({ ...SMS, From: 'whatsapp:+442079460000' }))).toMatchObject({
    channel: 'MESSENGER',
    who: ['phone +442079460000'],
  });
  expect(toldOne('twilio', form({ ...SMS, From: 'messenger:1234567' })).who).toEqual(['messenger.user_id 1234567']);
});

it.each([
  ['STOP', 'UNSUBSCRIBED'],
  ['START', 'CONSENT_CHANGED'],
])('%s is a choice as well as words', (OptOutType, kind) => {
  expect(told('twilio', form({ ...SMS, OptOutType })).interactions.map((one) => one.kind)).toEqual(['CONVERSATION_REPLIED', kind]);
});

describe('what became of a message that was sent', () => {
  const status = (MessageStatus: string, more: JsonObject = {}) =>
    form({ MessageSid: 'SM2', MessageStatus, From: '+15558675310', To: '+442079460000', ...more });

  it('is one message to the customer, whether it is told as sent or as delivered', () => {
    const [sent, delivered] = [toldOne('twilio', status('sent')), toldOne('twilio', status('delivered'))];
    expect(sent).toMatchObject({ kind: 'MESSAGE_SENT', channel: 'SMS', direction: 'OUTBOUND', who: ['phone +442079460000'] });
    expect(delivered.messageId).toBe(sent.messageId);
  });

  it('that failed says why, and is no message to the customer', () => {
    expect(toldOne('twilio', status('undelivered', { ErrorCode: '30003' }))).toMatchObject({
      kind: 'CUSTOM',
      properties: { reason: 'Twilio error 30003' },
    });
  });

  it.each(['queued', 'sending', 'accepted'])('%s is nothing yet', (step) => {
    expect(told('twilio', status(step))).toEqual({ refusal: null, interactions: [] });
  });
});

describe('a call', () => {
  const call = (CallStatus: string, more: JsonObject = {}) =>
    form({
      CallSid: 'CA1',
      CallStatus,
      Direction: 'inbound',
      From: '+442079460000',
      To: '+15558675310',
      Timestamp: 'Tue, 17 Nov 2026 09:30:00 +0000',
      ...more,
    });

  it.each([
    ['ringing', {}, 'CALL_STARTED INBOUND', {}],
    ['in-progress', {}, 'CALL_STARTED INBOUND', {}],
    ['completed', { CallDuration: '203' }, 'CALL_ENDED INBOUND', { duration_seconds: 203 }],
    ['no-answer', {}, 'CALL_ABANDONED INBOUND', { reason: 'no-answer' }],
    ['busy', {}, 'CALL_ABANDONED INBOUND', { reason: 'busy' }],
    ['canceled', {}, 'CALL_ABANDONED INBOUND', { reason: 'canceled' }],
    ['in-progress', { DialCallStatus: 'no-answer' }, 'CALL_ABANDONED INBOUND', { reason: 'no-answer' }],
  ])('%s %j is %s', (status, more, kind, properties) => {
    const one = toldOne('twilio', call(status, more));
    expect(`${one.kind} ${one.direction}`).toBe(kind);
    expect(one).toMatchObject({
      department: 'SUPPORT',
      channel: 'PHONE',
      subject: { type: 'call', externalId: 'CA1' },
      occurredAt: '2026-11-17T09:30:00.000Z',
      who: ['phone +442079460000'],
      properties,
    });
  });

  it('that the company made is about whom it called, and not abandoned when nobody comes to the telephone', () => {
    const outbound = call('no-answer', { Direction: 'outbound-api', From: '+15558675310', To: '+442079460000' });
    expect(toldOne('twilio', outbound)).toMatchObject({ kind: 'CALL_ENDED', direction: 'OUTBOUND', who: ['phone +442079460000'] });
  });

  it('begins once, whether it is told as ringing or as answered', () => {
    expect(toldOne('twilio', call('ringing')).messageId).toBe(toldOne('twilio', call('in-progress')).messageId);
  });

  it('of somebody who hides the number is about nobody, and says so', () => {
    expect(told('twilio', call('completed', { From: 'anonymous' })).refusal).toMatchObject({ code: 'WEBHOOK_UNREADABLE' });
  });
});
