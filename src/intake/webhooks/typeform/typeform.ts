import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json';
import { known, neededObject, neededText, neededTime, objectIn, objectsIn, textIn, valueAt } from '../payload';
import { contextOf } from '../personOn';
import { isSignedBy } from '../signature';
import { checkSigningSecret, signingSecrets } from '../signingSecrets';
import type { VendorMessage, WebhookSettings, WebhookVendor } from '../webhookVendor';
import { scoredQuestion } from './question';

const SECRETS = ['signingSecret', 'secret'];

/**
 * Typeform: surveys that were answered. Signed as "Secure your webhooks" in Typeform's developer documentation says: base64 of HMAC-SHA256 of the
 * body, behind `sha256=`. Each question with a scale is an answer to a survey of its own; a form without any is feedback.
 */
export const TYPEFORM: WebhookVendor = {
  type: 'typeform',
  keptHeaders: [],

  checkSettings: (settings) => checkSigningSecret(settings, SECRETS, 'the secret of the webhook'),

  verify({ body, headers }, settings) {
    const form = { algorithm: 'sha256', encoding: 'base64', prefix: 'sha256=' } as const;
    const isGenuine = isSignedBy(signingSecrets(settings, SECRETS), headers['typeform-signature'], [body], form);
    return isGenuine ? null : 'WEBHOOK_SIGNATURE_INVALID';
  },

  toMessages(payload, _headers, settings) {
    const event = neededObject(payload, 'The payload');
    return textIn(event, 'event_type') === 'form_response' ? responseMessages(objectIn(event, 'form_response'), settings) : [];
  },
};

function responseMessages(response: JsonObject, settings: WebhookSettings): readonly VendorMessage[] {
  const token = neededText(response, 'token');
  const answers = objectsIn(response, 'answers');
  const scored = answers.map((answer) => scoreOf(answer, response, settings)).filter((score) => score !== null);
  const shared = {
    type: 'track' as const,
    timestamp: neededTime(response, 'submitted_at'),
    ...personOf(response, answers, token),
  };
  const about = aboutOf(response, answers);
  if (scored.length === 0) return [{ ...shared, messageId: token, event: 'Feedback Given', properties: about }];
  return scored.map((score, index) => ({
    ...shared,
    messageId: index === 0 ? token : `${token}-${index}`,
    event: 'Survey Answered',
    properties: { ...about, ...score },
  }));
}

/** Null where the question has no scale. */
function scoreOf(answer: JsonObject, response: JsonObject, settings: WebhookSettings): JsonObject | null {
  const asked = objectIn(answer, 'field');
  const fields = objectsIn(response, ['definition', 'fields']);
  const field = fields.find((one) => textIn(one, 'id') === textIn(asked, 'id')) ?? asked;
  const question = scoredQuestion(field, settings);
  const score = valueAt(answer, 'number');
  if (question === null || typeof score !== 'number') return null;
  const { surveyType, scaleMin, scaleMax, version } = question;
  return known({
    survey_type: surveyType,
    score,
    scale_min: scaleMin,
    scale_max: scaleMax,
    version,
    question: textIn(field, 'title'),
    question_ref: textIn(field, 'ref'),
  });
}

/** Words that stand in no question with a scale are the reason for the score. `hidden` is what the link to the form carried. */
function aboutOf(response: JsonObject, answers: readonly JsonObject[]): JsonObject {
  const words = answers.filter((answer) => textIn(answer, 'type') === 'text').flatMap((answer) => textIn(answer, 'text') ?? []);
  const hidden = objectIn(response, 'hidden');
  return known({
    survey_id: neededText(response, 'form_id'),
    survey_name: textIn(response, ['definition', 'title']),
    comment: words.length === 0 ? null : words.join('\n'),
    channel: textIn(hidden, 'channel') ?? 'web',
    ticket_id: textIn(hidden, 'ticket_id'),
    conversation_id: textIn(hidden, 'conversation_id'),
    order_id: textIn(hidden, 'order_id'),
    about_department: textIn(hidden, 'about_department')?.toUpperCase(),
    answers: Object.fromEntries(answers.map((answer) => [textIn(answer, ['field', 'ref'], ['field', 'id']) ?? '', saidIn(answer)])),
  });
}

/** `{ type: 'choice', choice: { label } }`: what was said stands under the name of its type. */
function saidIn(answer: JsonObject): Json {
  const value = valueAt(answer, textIn(answer, 'type') ?? '');
  if (!isJsonObject(value)) return value ?? null;
  return value['labels'] ?? value['label'] ?? value['other'] ?? value;
}

/** Who answers without a word of who he is counts all the same: as nobody else than this response. */
function personOf(
  response: JsonObject,
  answers: readonly JsonObject[],
  token: string,
): Pick<VendorMessage, 'userId' | 'anonymousId' | 'context'> {
  const hidden = objectIn(response, 'hidden');
  const answered = (type: string): string | null => answers.flatMap((answer) => textIn(answer, type) ?? [])[0] ?? null;
  const email = textIn(hidden, 'email') ?? answered('email');
  const phone = textIn(hidden, 'phone') ?? answered('phone_number');
  const userId = textIn(hidden, 'user_id', 'userid', 'external_id');
  const isKnown = userId !== null || email !== null || phone !== null;
  const anonymousId = textIn(hidden, 'anonymous_id') ?? (isKnown ? null : `typeform-${token}`);
  return { ...known({ userId, anonymousId }), context: contextOf({ email, phone, name: textIn(hidden, 'name') }) };
}
