import type { JsonObject } from '../../kernel/json';
import type { Device } from './customer';
import { DAY_MS, HOUR_MS, type Life } from './life';
import { AGENTS, DISPLEASED, PLEASED } from './words';

/** CSAT of a solved ticket, 1 to 5: worse after a reopening or a long wait. */
export function askAfterTicket(life: Life, subject: JsonObject, wentBadly: boolean): void {
  const { agenda, chance, voice } = life;
  const survey = { ...subject, survey_type: 'csat', survey_id: 'csat-desk', channel: 'email' };
  voice.desk('Survey Sent', survey);
  if (!chance.happens(0.45)) return;
  agenda.in(chance.between(1, 40) * HOUR_MS, () => {
    const score = wentBadly ? chance.whole(1, 3) : chance.whole(3, 5);
    voice.desk('Survey Answered', { ...survey, score, scale_max: 5, comment: comment(life, score >= 4) });
    if (score <= 2) afterBadScore(life, subject);
  });
}

/** Half of those who are displeased hear from the desk again; one in eight complains. */
function afterBadScore({ agenda, chance, voice }: Life, subject: JsonObject): void {
  const agent_name = chance.pick(AGENTS);
  const apology = { ...subject, author_role: 'agent', agent_name, comment: 'We are sorry. May we call you about it?', public: true };
  if (chance.happens(0.5)) agenda.in(chance.between(2, 30) * HOUR_MS, () => voice.desk('Ticket Replied', apology));
  if (chance.happens(0.125))
    agenda.in(chance.between(1, 5) * HOUR_MS, () =>
      voice.desk('Complaint Made', { ...subject, channel: 'email', comment: 'I expect better. Please call me back.' }),
    );
}

/** Thumb up or down below a newsletter: the only thing that customers say of marketing. */
export function rateMail({ chance, voice, mood }: Life): void {
  const score = chance.happens(mood.gone ? 0.3 : 0.65) ? 'good' : 'bad';
  voice.mail('Survey Answered', { survey_type: 'csat', survey_id: 'csat-mail', about_department: 'MARKETING', score });
}

/** CSAT of the app, 1 to 5, asked in the app. */
export function rateApp({ chance, voice, mood }: Life, device: Device): void {
  const score = chance.whole(mood.troubles > 0 ? 2 : 3, 5);
  voice.app(device, 'Survey Answered', { survey_type: 'csat', survey_id: 'csat-app', about_department: 'PRODUCT', score, scale_max: 5 });
}

/** CES 2.0 after an order: "made it easy", 1 to 7. */
export function askAfterOrder(life: Life, orderId: string): void {
  const { agenda, chance, voice } = life;
  const survey = { order_id: orderId, survey_type: 'ces', version: '2.0', survey_id: 'ces-order', channel: 'email' };
  voice.crm('Survey Sent', survey);
  if (!chance.happens(0.35)) return;
  agenda.in(chance.between(1, 60) * HOUR_MS, () => {
    voice.crm('Survey Answered', { ...survey, score: chance.whole(life.mood.troubles > 0 ? 2 : 5, 7), scale_max: 7 });
  });
}

/** NPS, every quarter: 0 to 10, by what the customer has gone through. */
export function askToRecommend(life: Life): void {
  const { agenda, chance, voice, mood } = life;
  const survey = { survey_type: 'nps', survey_id: 'nps-quarterly', channel: 'email' };
  voice.mail('Survey Sent', survey);
  agenda.in(91 * DAY_MS, () => askToRecommend(life));
  if (!chance.happens(mood.gone ? 0.1 : 0.32)) return;
  agenda.in(chance.between(2, 90) * HOUR_MS, () => {
    const score = Math.max(0, Math.min(10, chance.whole(7, 10) - mood.troubles * chance.whole(1, 4) - (mood.gone ? 4 : 0)));
    voice.mail('Survey Answered', { ...survey, score, scale_max: 10, comment: comment(life, score >= 8) });
  });
}

function comment({ chance }: Life, pleased: boolean): string {
  return chance.happens(0.5) ? chance.pick(pleased ? PLEASED : DISPLEASED) : '';
}
