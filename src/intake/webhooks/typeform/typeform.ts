import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json';
import { at, given, listAt, neededObject, neededText, objectAt, textAt } from '../payload';
import { hmacOf, isSameText } from '../signature';
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
    const given = headers['typeform-signature'] ?? '';
    const expected = signingSecrets(settings, SECRETS).map(
      (secret) => `sha256=${hmacOf(secret, [body], { algorithm: 'sha256', encoding: 'base64' })}`,
    );
    return expected.some((signature) => isSameText(given, signature)) ? null : 'WEBHOOK_SIGNATURE_INVALID';
  },

  toMessages(payload, _headers, settings) {
    const event = neededObject(payload, 'The payload');
    return textAt(event, 'event_type') === 'form_response' ? responseMessages(objectAt(event, 'form_response'), settings) : [];
  },
};

function responseMessages(response: JsonObject, settings: WebhookSettings): readonly VendorMessage[] {
  const token = neededText(response, 'token');
  const answers = listAt(response, 'answers').filter(isJsonObject);
  const scored = answers.map((answer) => scoreOf(answer, response, settings)).filter((score) => score !== null);
  const shared = {
    type: 'track' as const,
    timestamp: neededText(response, 'submitted_at'),
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
  const asked = objectAt(answer, 'field');
  const definition = listAt(response, 'definition', 'fields').find((field) => textAt(field, 'id') === textAt(asked, 'id'));
  const field = isJsonObject(definition) ? definition : asked;
  const question = scoredQuestion(field, settings);
  const score = at(answer, 'number');
  if (question === null || typeof score !== 'number') return null;
  const { surveyType, scaleMin, scaleMax, version } = question;
  return given({
    survey_type: surveyType,
    score,
    scale_min: scaleMin,
    scale_max: scaleMax,
    version,
    question: textAt(field, 'title'),
    question_ref: textAt(field, 'ref'),
  });
}

/** Words that stand in no question with a scale are the reason for the score. `hidden` is what the link to the form carried. */
function aboutOf(response: JsonObject, answers: readonly JsonObject[]): JsonObject {
  const words = answers.filter((answer) => textAt(answer, 'type') === 'text').flatMap((answer) => textAt(answer, 'text') ?? []);
  const hidden = objectAt(response, 'hidden');
  return given({
    survey_id: neededText(response, 'form_id'),
    survey_name: textAt(response, 'definition', 'title'),
    comment: words.length === 0 ? undefined : words.join('\n'),
    channel: textAt(hidden, 'channel') ?? 'web',
    ticket_id: textAt(hidden, 'ticket_id'),
    conversation_id: textAt(hidden, 'conversation_id'),
    order_id: textAt(hidden, 'order_id'),
    about_department: textAt(hidden, 'about_department')?.toUpperCase(),
    answers: Object.fromEntries(
      answers.map((answer) => [textAt(answer, 'field', 'ref') ?? textAt(answer, 'field', 'id') ?? '', saidIn(answer)]),
    ),
  });
}

/** `{ type: 'choice', choice: { label } }`: what was said stands under the name of its type. */
function saidIn(answer: JsonObject): Json {
  const value = at(answer, textAt(answer, 'type') ?? '');
  if (!isJsonObject(value)) return value ?? null;
  return value['labels'] ?? value['label'] ?? value['other'] ?? value;
}

/** Who answers without a word of who he is counts all the same: as nobody else than this response. */
function personOf(
  response: JsonObject,
  answers: readonly JsonObject[],
  token: string,
): Pick<VendorMessage, 'userId' | 'anonymousId' | 'context'> {
  const hidden = objectAt(response, 'hidden');
  const answered = (type: string): string | undefined => answers.map((answer) => textAt(answer, type)).find((text) => text !== undefined);
  const traits = given({
    email: textAt(hidden, 'email') ?? answered('email'),
    phone: textAt(hidden, 'phone') ?? answered('phone_number'),
    name: textAt(hidden, 'name'),
  });
  const userId = textAt(hidden, 'user_id') ?? textAt(hidden, 'userid') ?? textAt(hidden, 'external_id');
  const isKnown = userId !== undefined || traits['email'] !== undefined || traits['phone'] !== undefined;
  const anonymousId = textAt(hidden, 'anonymous_id') ?? (isKnown ? undefined : `typeform-${token}`);
  return { ...given({ userId, anonymousId }), context: { traits } };
}
