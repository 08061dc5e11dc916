import type { Agenda } from './agenda';
import { aCustomer, aDevice } from './starCast';
import type { Hear, When } from './stars';
import { Voice } from './voice';

const DESKTOP = aDevice('97ace001', 'laptop');
const PHONE = aDevice('97ace002', 'phone');
const DEAL = { deal_id: 'deal-flowmatic', deal_name: 'Flowmatic Labs: Office plan' };
const WORTH = { amount: 3288, currency: 'USD' };
const PLAN = { subscription_id: 'sub-flowmatic', plan: 'Office', price: 274, currency: 'USD' };

/** grace.hopper@example.org buys the Office plan for Flowmatic Labs: from the demo to the second year's invoice. */
export function tellGrace(when: When, agenda: Agenda, hear: Hear): void {
  const account = { groupId: 'flowmatic', name: 'Flowmatic Labs', industry: 'Software', employees: 85, signs: true };
  const grace = new Voice(
    aCustomer({
      key: 'grace',
      name: ['Grace', 'Hopper'],
      email: 'grace.hopper@example.org',
      emailAsTyped: 'GRACE.HOPPER@EXAMPLE.ORG',
      phones: ['+1 212-555-0199', '(212) 555-0199'],
      country: 'US',
      city: 'Brooklyn',
      devices: [DESKTOP, PHONE],
      account,
    }),
    agenda,
    hear,
  );
  sale(when, grace);
  office(when, grace);
}

function sale(when: When, grace: Voice): void {
  when(300, '14:00', () => grace.page(DESKTOP, 'For Offices', '/offices', { source: 'google', medium: 'cpc', name: 'Office coffee' }));
  when(298, '15:10', () => grace.page(DESKTOP, 'Pricing', '/offices/pricing'));
  when(298, '15:14', () => grace.site(DESKTOP, 'Pricing Requested', { plan: 'Office', ...DEAL }));
  when(298, '15:20', () =>
    grace.identifyOnSite(DESKTOP, { email: 'grace.hopper@example.org', firstName: 'Grace', lastName: 'Hopper', company: 'Flowmatic Labs' }),
  );
  when(298, '15:21', () => grace.site(DESKTOP, 'Demo Requested', { product_name: 'Office plan', ...DEAL }));
  when(298, '16:00', () => grace.crm('Lead Created', { lead_source: 'website', ...DEAL }));
  when(297, '15:00', () =>
    grace.crm('Appointment Booked', { title: 'Tasting and demo', starts_at: '10:00', appointment_id: 'apt-1', ...DEAL }),
  );
  when(295, '13:00', () => grace.crm('Deal Stage Changed', { ...DEAL, ...WORTH, from_stage: 'New', to_stage: 'Qualified' }));
  when(290, '18:00', () => grace.crm('Deal Stage Changed', { ...DEAL, ...WORTH, from_stage: 'Qualified', to_stage: 'Offer' }));
  when(281, '20:00', () => grace.crm('Deal Won', { ...DEAL, ...WORTH }));
}

function office(when: When, grace: Voice): void {
  when(280, '14:00', () => grace.signUp());
  when(280, '14:01', () => grace.app(DESKTOP, 'Signed Up', { type: 'organic', method: 'google' }));
  when(280, '14:01', () =>
    grace.identifyInShop(DESKTOP, {
      firstName: 'Grace',
      lastName: 'Hopper',
      email: 'grace.hopper@example.org',
      phone: '(212) 555-0199',
      title: 'Head of Operations',
      language: 'en',
    }),
  );
  when(280, '14:03', () => grace.app(DESKTOP, 'Account Created', { account_name: 'Flowmatic Labs' }));
  when(280, '14:03', () => grace.group(DESKTOP));
  when(280, '14:10', () => grace.app(DESKTOP, 'Invite Sent', { invitee_role: 'Admin' }));
  when(280, '14:12', () => grace.backend('Subscription Started', PLAN));
  for (let months = 0; months < 9; months++) {
    const daysAgo = 280 - Math.round(months * 30.4);
    when(daysAgo - 3, '16:00', () =>
      grace.crm('Payment Made', { subscription_id: 'sub-flowmatic', amount: 274, currency: 'USD', payment_method: 'invoice' }),
    );
    when(daysAgo - 8, '15:30', () => grace.app(PHONE, 'Application Opened', { from_background: false, version: '2.8.1' }));
    when(daysAgo - 8, '15:31', () => grace.app(PHONE, 'Feature Used', { feature_name: 'Delivery Calendar' }));
  }
  everydayHelp(when, grace);
}

function everydayHelp(when: When, grace: Voice): void {
  when(150, '19:00', () =>
    grace.desk('Live Chat Conversation Started', { conversation_id: 'chat-grace', message_body: 'Can we split the invoice by floor?' }),
  );
  when(150, '19:01', () =>
    grace.desk('Bot Replied', { conversation_id: 'chat-grace', message_body: 'Hello! I am Buoy. Have you tried our help pages?' }),
  );
  when(150, '19:02', () => grace.desk('Bot Handed Off', { conversation_id: 'chat-grace', agent_name: 'Keiko' }));
  when(150, '19:03', () =>
    grace.desk('Live Chat Message Received', {
      conversation_id: 'chat-grace',
      agent_name: 'Keiko',
      message_body: 'Yes, I have set that up for you.',
    }),
  );
  when(150, '19:09', () => grace.desk('Live Chat Conversation Ended', { conversation_id: 'chat-grace', conversation_duration: 540 }));
  when(100, '14:00', () =>
    grace.mail('Survey Answered', {
      survey_type: 'nps',
      survey_id: 'nps-quarterly',
      score: 10,
      scale_max: 10,
      comment: 'The office has never been so punctual.',
    }),
  );
  when(20, '17:00', () => grace.backend('Subscription Upgraded', { ...PLAN, plan: 'Office Plus', previous_plan: 'Office', price: 349 }));
}
