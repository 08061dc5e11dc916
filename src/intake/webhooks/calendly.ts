import type { JsonObject } from '../../kernel/json';
import { known, neededObject, neededText, objectIn, objectsIn, textIn, timeIn } from './payload';
import { contextOf, type PersonOn } from './personOn';
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
    const payload = objectIn(delivery, 'payload');
    const sentAt = timeIn(delivery, 'created_at');
    switch (textIn(delivery, 'event')) {
      case 'invitee.created':
        return [
          appointment(payload, { event: 'Appointment Booked', at: timeIn(payload, 'created_at') ?? sentAt, more: rescheduling(payload) }),
        ];
      case 'invitee.canceled':
        // Moved to another time: the booking that takes its place tells all of it.
        return payload['rescheduled'] === true ? [] : [cancelled(payload, sentAt)];
      case 'invitee_no_show.created':
        return [appointment(payload, { event: 'Appointment Missed', at: timeIn(payload, ['no_show', 'created_at']) ?? sentAt, more: {} })];
      case 'routing_form_submission.created':
        return routingForm(payload, sentAt);
      default:
        return [];
    }
  },
};

interface Happened {
  readonly event: string;
  readonly at: string | null;
  readonly more: JsonObject;
}

function appointment(payload: JsonObject, { event, at, more }: Happened): VendorMessage {
  const scheduled = objectIn(payload, 'scheduled_event');
  const appointmentId = lastPart(textIn(scheduled, 'uri') ?? neededText(payload, 'event'));
  return {
    type: 'track',
    messageId: `${event.split(' ')[1]?.toLowerCase()}:${appointmentId}:${lastPart(neededText(payload, 'uri'))}`,
    ...known({ timestamp: at }),
    event,
    properties: known({
      appointment_id: appointmentId,
      title: textIn(scheduled, 'name'),
      starts_at: textIn(scheduled, 'start_time'),
      ends_at: textIn(scheduled, 'end_time'),
      channel: 'web',
      location: textIn(scheduled, ['location', 'type']),
      agent_name: textIn(scheduled, ['event_memberships', 0, 'user_name']),
      answers: answersOf(payload),
      ...more,
    }),
    context: contextOf(inviteeOf(payload), { campaign: campaignOf(payload) }),
  };
}

function rescheduling(payload: JsonObject): JsonObject {
  const [, before] = /scheduled_events\/([^/]+)/.exec(textIn(payload, 'old_invitee') ?? '') ?? [];
  return before === undefined ? {} : { rescheduled: true, previous_appointment_id: before };
}

function cancelled(payload: JsonObject, sentAt: string | null): VendorMessage {
  const cancellation = objectIn(payload, 'cancellation');
  const byHost = textIn(cancellation, 'canceler_type') === 'host';
  const more = known({ reason: textIn(cancellation, 'reason'), direction: byHost ? 'outbound' : null });
  const at = timeIn(payload, ['cancellation', 'created_at'], 'updated_at') ?? sentAt;
  return appointment(payload, { event: 'Appointment Cancelled', at, more });
}

/** Who filled in the form stands among the answers, or is the invitee that it led to. */
function routingForm(payload: JsonObject, sentAt: string | null): readonly VendorMessage[] {
  const answers = objectsIn(payload, 'questions_and_answers').flatMap((item) => textIn(item, 'answer') ?? []);
  const email = answers.find((answer) => EMAIL.test(answer));
  if (email === undefined) throw new UnreadablePayload('No answer of the form is an e-mail address.');
  const submission = lastPart(neededText(payload, 'uri'));
  return [
    {
      type: 'track',
      messageId: `routing:${submission}`,
      ...known({ timestamp: timeIn(payload, 'created_at') ?? sentAt }),
      event: 'Lead Created',
      properties: known({ form: textIn(payload, 'routing_form'), answers: answersOf(payload) }),
      context: contextOf({ email }, { campaign: campaignOf(payload), channel: 'web' }),
    },
  ];
}

function inviteeOf(payload: JsonObject): PersonOn {
  return {
    email: neededText(payload, 'email'),
    phone: textIn(payload, 'text_reminder_number'),
    name: textIn(payload, 'name'),
    timezone: textIn(payload, 'timezone'),
  };
}

function answersOf(payload: JsonObject): JsonObject | null {
  const answers = objectsIn(payload, 'questions_and_answers').map(
    (item) => [textIn(item, 'question') ?? '', textIn(item, 'answer')] as const,
  );
  return answers.length === 0 ? null : known(Object.fromEntries(answers));
}

/** As Segment's context names a campaign. */
function campaignOf(payload: JsonObject): JsonObject {
  const tracking = objectIn(payload, 'tracking');
  return known({
    name: textIn(tracking, 'utm_campaign'),
    source: textIn(tracking, 'utm_source'),
    medium: textIn(tracking, 'utm_medium'),
    content: textIn(tracking, 'utm_content'),
    term: textIn(tracking, 'utm_term'),
  });
}

/** Calendly names everything by its address in the API. */
function lastPart(uri: string): string {
  return uri.replace(/\/+$/, '').split('/').at(-1) as string;
}
