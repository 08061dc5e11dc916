import type { JsonObject } from '../../kernel/json';
import { given, listAt, neededObject, neededText, objectAt, textAt } from './payload';
import { checkSigningSecret, signingSecrets, verifyTimestamped } from './signingSecrets';
import { UnreadablePayload, type VendorMessage, type WebhookVendor } from './webhookVendor';

const SECRETS = ['signingSecret', 'signingKey', 'secret'];
/** As "Webhook signatures" in Calendly's developer documentation has it. */
const TOLERANCE_MS = 180_000;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Calendly: appointments that invitees book, move, cancel or miss, and submissions of routing forms. */
export const CALENDLY: WebhookVendor = {
  type: 'calendly',
  keptHeaders: [],

  checkSettings: (settings) => checkSigningSecret(settings, SECRETS, 'the signing key of the webhook subscription'),

  verify: (delivery, settings) =>
    verifyTimestamped(delivery.headers['calendly-webhook-signature'], delivery, {
      secrets: signingSecrets(settings, SECRETS),
      toleranceMs: TOLERANCE_MS,
    }),

  toMessages(body) {
    const delivery = neededObject(body, 'The payload');
    const payload = objectAt(delivery, 'payload');
    const sentAt = textAt(delivery, 'created_at');
    switch (textAt(delivery, 'event')) {
      case 'invitee.created':
        return [
          appointment(payload, { event: 'Appointment Booked', at: textAt(payload, 'created_at') ?? sentAt, more: rescheduling(payload) }),
        ];
      case 'invitee.canceled':
        // Moved to another time: the booking that takes its place tells all of it.
        return payload['rescheduled'] === true ? [] : [cancelled(payload, sentAt)];
      case 'invitee_no_show.created':
        return [appointment(payload, { event: 'Appointment Missed', at: textAt(payload, 'no_show', 'created_at') ?? sentAt, more: {} })];
      case 'routing_form_submission.created':
        return routingForm(payload, sentAt);
      default:
        return [];
    }
  },
};

interface Happened {
  readonly event: string;
  readonly at: string | undefined;
  readonly more: JsonObject;
}

function appointment(payload: JsonObject, { event, at, more }: Happened): VendorMessage {
  const scheduled = objectAt(payload, 'scheduled_event');
  const appointmentId = lastPart(textAt(scheduled, 'uri') ?? neededText(payload, 'event'));
  return {
    type: 'track',
    messageId: `${event.split(' ')[1]?.toLowerCase()}:${appointmentId}:${lastPart(neededText(payload, 'uri'))}`,
    ...given({ timestamp: at }),
    event,
    properties: given({
      appointment_id: appointmentId,
      title: textAt(scheduled, 'name'),
      starts_at: textAt(scheduled, 'start_time'),
      ends_at: textAt(scheduled, 'end_time'),
      channel: 'web',
      location: textAt(scheduled, 'location', 'type'),
      agent_name: textAt(scheduled, 'event_memberships', 0, 'user_name'),
      answers: answersOf(payload),
      ...more,
    }),
    context: { traits: traitsOf(payload), campaign: campaignOf(payload) },
  };
}

function rescheduling(payload: JsonObject): JsonObject {
  const [, before] = /scheduled_events\/([^/]+)/.exec(textAt(payload, 'old_invitee') ?? '') ?? [];
  return before === undefined ? {} : { rescheduled: true, previous_appointment_id: before };
}

function cancelled(payload: JsonObject, sentAt: string | undefined): VendorMessage {
  const cancellation = objectAt(payload, 'cancellation');
  const byHost = textAt(cancellation, 'canceler_type') === 'host';
  const more = given({ reason: textAt(cancellation, 'reason'), direction: byHost ? 'outbound' : undefined });
  const at = textAt(cancellation, 'created_at') ?? textAt(payload, 'updated_at') ?? sentAt;
  return appointment(payload, { event: 'Appointment Cancelled', at, more });
}

/** Who filled in the form stands among the answers, or is the invitee that it led to. */
function routingForm(payload: JsonObject, sentAt: string | undefined): readonly VendorMessage[] {
  const email = listAt(payload, 'questions_and_answers')
    .map((item) => textAt(item, 'answer'))
    .find((answer) => EMAIL.test(answer ?? ''));
  if (email === undefined) throw new UnreadablePayload('No answer of the form is an e-mail address.');
  const submission = lastPart(neededText(payload, 'uri'));
  return [
    {
      type: 'track',
      messageId: `routing:${submission}`,
      ...given({ timestamp: textAt(payload, 'created_at') ?? sentAt }),
      event: 'Lead Created',
      properties: given({ form: textAt(payload, 'routing_form'), answers: answersOf(payload) }),
      context: { traits: { email }, campaign: campaignOf(payload), channel: 'web' },
    },
  ];
}

function traitsOf(payload: JsonObject): JsonObject {
  return given({
    email: neededText(payload, 'email'),
    phone: textAt(payload, 'text_reminder_number'),
    name: textAt(payload, 'name'),
    timezone: textAt(payload, 'timezone'),
  });
}

function answersOf(payload: JsonObject): JsonObject | undefined {
  const answers = listAt(payload, 'questions_and_answers').map((item) => [textAt(item, 'question') ?? '', textAt(item, 'answer')] as const);
  return answers.length === 0 ? undefined : given(Object.fromEntries(answers));
}

/** As Segment's context names a campaign. */
function campaignOf(payload: JsonObject): JsonObject {
  const tracking = objectAt(payload, 'tracking');
  return given({
    name: textAt(tracking, 'utm_campaign'),
    source: textAt(tracking, 'utm_source'),
    medium: textAt(tracking, 'utm_medium'),
    content: textAt(tracking, 'utm_content'),
    term: textAt(tracking, 'utm_term'),
  });
}

/** Calendly names everything by its address in the API. */
function lastPart(uri: string): string {
  return uri.replace(/\/+$/, '').split('/').at(-1) as string;
}
