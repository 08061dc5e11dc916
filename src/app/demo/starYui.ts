import type { Agenda } from './agenda';
import { aCustomer, aDevice } from './starCast';
import type { Hear, When } from './stars';
import { Voice } from './voice';

const PHONE = aDevice('00f1aa01', 'phone');
const NEW_PHONE = aDevice('00f1aa02', 'phone');
const PLAN = { subscription_id: 'sub-yui', plan: 'Single Origin', price: 3040, currency: 'JPY' };
const OFFER = { email_id: 'winback-yui', email_subject: '最初の一袋をプレゼント', campaign_name: 'Win-back' };

/** yui.tanaka@example.com: a member by phone only, who left after late deliveries and came back for an offer with a new phone. */
export function tellYui(when: When, agenda: Agenda, hear: Hear): void {
  const cast = aCustomer({
    key: 'yui',
    name: ['結衣', '田中'],
    email: 'yui.tanaka@example.com',
    country: 'JP',
    city: '東京',
    devices: [PHONE, NEW_PHONE],
  });
  const yui = new Voice(cast, agenda, hear);
  when(330, '12:00', () => yui.app(PHONE, 'Application Installed', { version: '2.6.0', build: '371' }));
  when(330, '12:01', () => yui.screen(PHONE, 'Home'));
  when(330, '12:05', () => yui.signUp());
  when(330, '12:05', () => yui.app(PHONE, 'Signed Up', { type: 'organic', method: 'apple' }));
  when(330, '12:05', () =>
    yui.identifyInShop(PHONE, {
      name: '田中 結衣',
      email: 'yui.tanaka@example.com',
      language: 'ja',
      address: { city: '東京', country: 'JP' },
    }),
  );
  when(329, '03:00', () => yui.backend('Trial Started', { trial_plan_name: 'Single Origin' }));
  when(315, '03:00', () => yui.backend('Subscription Started', PLAN));
  for (const daysAgo of [285, 254, 224]) {
    when(daysAgo, '03:00', () => yui.backend('Subscription Renewed', PLAN));
    when(daysAgo - 1, '22:40', () => yui.app(PHONE, 'Application Opened', { from_background: true, version: '2.7.0' }));
    when(daysAgo - 1, '22:42', () => yui.app(PHONE, 'Feature Used', { feature_name: 'Taste Journal' }));
  }
  leavesAndReturns(when, yui);
}

function leavesAndReturns(when: When, yui: Voice): void {
  when(210, '01:30', () =>
    yui.desk('Ticket Created', {
      ticket_id: '3015',
      channel: 'email',
      subject: '注文が届きません',
      description: '火曜日に届くはずの荷物がまだ届いていません。',
    }),
  );
  when(207, '02:00', () =>
    yui.desk('Ticket Replied', {
      ticket_id: '3015',
      author_role: 'agent',
      agent_name: 'Keiko',
      comment: '申し訳ございません。代わりの品をお送りします。',
      public: true,
    }),
  );
  when(206, '02:00', () => yui.desk('Ticket Solved', { ticket_id: '3015', assignee: 'Keiko' }));
  when(205, '03:00', () => yui.desk('Survey Answered', { ticket_id: '3015', survey_type: 'csat', score: 1, scale_max: 5 }));
  when(195, '03:00', () => yui.backend('Subscription Cancelled', { ...PLAN, reason: 'late deliveries' }));
  when(60, '00:00', () => yui.mail('Email Delivered', OFFER));
  when(60, '09:12', () => yui.mail('Email Opened', OFFER));
  when(60, '09:13', () => yui.mail('Email Link Clicked', { ...OFFER, link_url: 'https://www.harbour-roast.example.com/ja/welcome-back' }));
  when(59, '11:00', () => yui.app(NEW_PHONE, 'Signed In', { method: 'apple' }));
  when(59, '11:04', () => yui.backend('Subscription Resumed', PLAN));
  when(29, '03:00', () => yui.backend('Subscription Renewed', PLAN));
  when(4, '22:50', () => yui.app(NEW_PHONE, 'Feature Used', { feature_name: 'Brew Timer' }));
}
