import type { Agenda } from './agenda';
import { aCustomer, aDevice } from './starCast';
import type { Hear, When } from './stars';
import { Voice } from './voice';

const LAPTOP = aDevice('a1a2f001', 'laptop');
const PLAN = { subscription_id: 'sub-alan', plan: 'Crew', price: 50.2, currency: 'GBP' };
const CARD = { subscription_id: 'sub-alan', amount: 50.2, currency: 'GBP' };
const FROM = { phone: '+44 7700 900112' };

/** alan.turing@example.net: errors in the app, failed payments, a call that nobody took, and he is gone. */
export function tellAlan(when: When, agenda: Agenda, hear: Hear): void {
  const cast = aCustomer({
    key: 'alan',
    name: ['Alan', 'Turing'],
    email: 'alan.turing@example.net',
    phones: [FROM.phone],
    country: 'GB',
    city: 'Leeds',
    devices: [LAPTOP],
  });
  const alan = new Voice(cast, agenda, hear);
  when(160, '20:00', () => alan.page(LAPTOP, 'Subscription', '/subscription'));
  when(160, '20:08', () => alan.signUp());
  when(160, '20:08', () => alan.app(LAPTOP, 'Signed Up', { type: 'organic', method: 'password' }));
  when(160, '20:08', () =>
    alan.identifyInShop(LAPTOP, {
      firstName: 'Alan',
      lastName: 'Turing',
      email: 'alan.turing@example.net',
      phone: FROM.phone,
      language: 'en',
    }),
  );
  when(160, '20:15', () => alan.backend('Subscription Started', PLAN));
  for (const daysAgo of [130, 99, 69]) when(daysAgo, '06:00', () => alan.backend('Subscription Renewed', PLAN));
  when(75, '08:00', () => alan.mail('Survey Answered', { survey_type: 'nps', survey_id: 'nps-quarterly', score: 8, scale_max: 10 }));
  trouble(when, alan);
}

function trouble(when: When, alan: Voice): void {
  for (const minute of ['02', '03', '05'])
    when(41, `19:${minute}`, () => alan.app(LAPTOP, 'Error Seen', { message: 'Session expired', code: 'E42' }));
  when(38, '06:00', () => alan.crm('Payment Failed', { ...CARD, reason: 'card expired' }));
  when(35, '06:00', () => alan.crm('Payment Failed', { ...CARD, reason: 'card expired' }));
  when(34, '09:00', () => alan.site(LAPTOP, 'Article Viewed', { article_title: 'Pause or skip a delivery' }));
  when(34, '09:20', () => alan.desk('Call Started', { call_id: 'call-alan', topic: 'billing', direction: 'inbound' }, FROM));
  when(34, '09:29', () => alan.desk('Call Abandoned', { call_id: 'call-alan', wait_seconds: 540 }, FROM));
  when(33, '10:00', () =>
    alan.desk('Ticket Created', {
      ticket_id: '3101',
      channel: 'email',
      subject: 'Cannot change my card',
      description: 'The app says “Session expired” every time and nobody picks up the phone.',
      priority: 'high',
    }),
  );
  when(28, '17:00', () =>
    alan.desk('Ticket Replied', {
      ticket_id: '3101',
      author_role: 'agent',
      agent_name: 'Tomasz',
      comment: 'Please try again with another browser.',
      public: true,
    }),
  );
  when(27, '09:00', () => alan.desk('Ticket Closed', { ticket_id: '3101' }));
  when(26, '21:00', () => alan.backend('Subscription Cancelled', { ...PLAN, reason: 'bad service' }));
  when(20, '08:30', () =>
    alan.mail('Survey Answered', {
      survey_type: 'nps',
      survey_id: 'nps-quarterly',
      score: 1,
      scale_max: 10,
      comment: 'Nobody answered for five days.',
    }),
  );
}
