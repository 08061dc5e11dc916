import type { Agenda } from './agenda';
import { aCustomer, aDevice } from './starCast';
import type { Hear, When } from './stars';
import { Voice } from './voice';

const LAPTOP = aDevice('ada00001', 'laptop');
const PHONE = aDevice('ada00002', 'phone');

/** ada.lovelace@example.com: won by an advertisement, let down over a broken grinder, and won back by how it was put right. */
export function tellAda(when: When, agenda: Agenda, hear: Hear): void {
  const ada = new Voice(
    aCustomer({
      key: 'ada',
      name: ['Ada', 'Lovelace'],
      email: 'ada.lovelace@example.com',
      emailAsTyped: 'Ada.Lovelace@Example.COM',
      phones: ['+49 30 23125 901', '+49 (0)30 / 23125-901'],
      country: 'DE',
      city: 'Berlin',
      devices: [LAPTOP, PHONE],
    }),
    agenda,
    hear,
  );
  discovery(when, ada);
  brokenGrinder(when, ada);
  putRight(when, ada);
}

function discovery(when: When, ada: Voice): void {
  when(212, '19:02', () => ada.site(LAPTOP, 'Ad Clicked', { campaign_name: 'New: Ethiopia Guji', platform: 'instagram' }));
  when(212, '19:02', () => ada.page(LAPTOP, 'Home', '/', { source: 'instagram', medium: 'cpc', name: 'New: Ethiopia Guji' }));
  when(212, '19:05', () => ada.site(LAPTOP, 'Products Searched', { query: 'hand grinder', results: 2 }));
  when(212, '19:06', () => ada.shop(LAPTOP, 'Product Viewed', { ...GRINDER, currency: 'EUR' }));
  when(205, '08:15', () => ada.identifyOnSite(LAPTOP, { email: 'ada.lovelcae@example.com' }));
  when(205, '08:15', () => ada.site(LAPTOP, 'Consent Changed', { purpose: 'email', granted: true }));
  when(205, '08:20', () =>
    ada.mail('Email Bounced', { email_subject: 'Welcome aboard', reason: 'no such mailbox' }, 'ada.lovelcae@example.com'),
  );
  when(203, '20:40', () => ada.identifyOnSite(LAPTOP, { email: 'ada.lovelace@example.com' }));
  when(180, '09:00', () => ada.mail('Email Delivered', NEWS));
  when(180, '12:31', () => ada.mail('Email Opened', NEWS));
  when(180, '12:32', () => ada.mail('Email Link Clicked', { ...NEWS, link_url: 'https://www.harbour-roast.example.com/grinders' }));
  when(180, '12:34', () => ada.page(PHONE, 'Grinders', '/grinders'));
  when(179, '18:00', () => ada.signUp());
  when(179, '18:01', () => ada.app(LAPTOP, 'Signed Up', { type: 'organic', method: 'password' }));
  when(179, '18:01', () => ada.identifyInShop(LAPTOP, TRAITS));
  when(179, '18:05', () => ada.shop(LAPTOP, 'Product Added', { cart_id: 'cart-ada', ...GRINDER, currency: 'EUR' }));
  when(179, '18:09', () => ada.shop(LAPTOP, 'Checkout Started', { cart_id: 'cart-ada', value: 59.9, ...BILL }));
  when(179, '18:12', () => ada.shop(LAPTOP, 'Order Completed', { order_id: '1042', ...BILL }));
  when(179, '18:13', () => ada.crm('Payment Made', { order_id: '1042', amount: 59.9, currency: 'EUR', payment_method: 'card' }));
  when(178, '07:30', () => ada.app(PHONE, 'Application Installed', { version: '2.8.1', build: '412' }));
  when(178, '07:33', () => ada.app(PHONE, 'Feature Used', { feature_name: 'Brew Timer' }));
}

function brokenGrinder(when: When, ada: Voice): void {
  when(175, '10:10', () => ada.crm('Order Delivered', { order_id: '1042', carrier: 'DPD' }));
  when(175, '17:45', () =>
    ada.desk('Ticket Created', {
      ...TICKET,
      subject: 'Grinder arrived broken',
      description: 'The handle is snapped off. I am really disappointed.',
      topic: 'damaged',
      priority: 'high',
    }),
  );
  when(175, '18:20', () => ada.desk('Ticket Assigned', { ...TICKET, assignee: 'Milan' }));
  when(173, '16:50', () =>
    ada.desk('Ticket Replied', {
      ...TICKET,
      author_role: 'agent',
      agent_name: 'Milan',
      comment: 'A replacement handle is on its way.',
      public: true,
    }),
  );
  when(173, '17:10', () => ada.desk('Ticket Solved', { ...TICKET, assignee: 'Milan' }));
  when(170, '09:05', () => ada.desk('Ticket Reopened', { ...TICKET, reason: 'the handle does not fit' }));
  when(169, '11:00', () =>
    ada.desk('Call Started', { call_id: 'call-ada-1', ...TICKET, direction: 'inbound' }, { phone: '+49 (0)30 / 23125-901' }),
  );
  when(169, '11:06', () => ada.desk('Call Abandoned', { call_id: 'call-ada-1', wait_seconds: 390 }, { phone: '+49 (0)30 / 23125-901' }));
  when(169, '11:40', () => ada.desk('Ticket Escalated', { ...TICKET, escalated_to: 'Tier 2', reason: 'second contact, wrong spare part' }));
  when(169, '15:00', () => ada.crm('Refund Requested', { order_id: '1042', total: 59.9, currency: 'EUR', reason: 'damaged' }));
  when(168, '10:00', () => ada.crm('Order Refunded', { order_id: '1042', total: 59.9, currency: 'EUR' }));
  when(168, '10:30', () => ada.desk('Ticket Solved', { ...TICKET, assignee: 'Aoife' }));
  when(168, '12:00', () => ada.desk('Survey Sent', CSAT));
  when(167, '21:14', () => ada.desk('Survey Answered', { ...CSAT, score: 2, scale_max: 5, comment: 'I had to explain everything twice.' }));
}

function putRight(when: When, ada: Voice): void {
  when(166, '10:00', () =>
    ada.desk('Call Placed', { call_id: 'call-ada-2', topic: 'damaged', direction: 'outbound' }, { phone: '+49 30 23125 901' }),
  );
  when(166, '10:11', () =>
    ada.desk(
      'Call Ended',
      { call_id: 'call-ada-2', direction: 'outbound', duration_seconds: 660, agent_name: 'Aoife' },
      { phone: '+49 30 23125 901', email: 'ada.lovelace@example.com' },
    ),
  );
  when(160, '14:00', () => ada.mail('Survey Sent', NPS));
  when(159, '08:00', () =>
    ada.mail('Survey Answered', { ...NPS, score: 4, scale_max: 10, comment: 'Lovely coffee, but the grinder was a saga.' }),
  );
  when(120, '20:15', () => ada.shop(PHONE, 'Order Completed', { order_id: '1187', ...BILL }));
  when(117, '09:40', () => ada.crm('Order Delivered', { order_id: '1187', carrier: 'DPD' }));
  when(112, '19:00', () =>
    ada.site(PHONE, 'Product Reviewed', { name: 'Bosun Hand Grinder', rating: 5, review_body: 'Second time lucky: it is a joy.' }),
  );
  when(90, '07:00', () => ada.backend('Trial Started', { trial_plan_name: 'Duo' }));
  when(76, '07:00', () => ada.backend('Subscription Started', PLAN));
  when(69, '14:00', () => ada.mail('Survey Sent', NPS));
  when(68, '19:30', () =>
    ada.mail('Survey Answered', { ...NPS, score: 9, scale_max: 10, comment: 'You made it right. Thank you, Aoife!' }),
  );
  membershipAndCart(when, ada);
}

function membershipAndCart(when: When, ada: Voice): void {
  for (const daysAgo of [46, 16]) {
    when(daysAgo, '07:00', () => ada.backend('Subscription Renewed', PLAN));
    when(daysAgo, '07:01', () =>
      ada.crm('Payment Made', { subscription_id: 'sub-ada', amount: 34, currency: 'EUR', payment_method: 'card' }),
    );
  }
  for (const daysAgo of [40, 33, 21, 12, 6, 2]) {
    when(daysAgo, '07:20', () => ada.app(PHONE, 'Application Opened', { from_background: true, version: '2.9.0' }));
    when(daysAgo, '07:22', () => ada.app(PHONE, 'Feature Used', { feature_name: 'Recipe Book' }));
  }
  when(1, '18:45', () => ada.page(LAPTOP, 'Gifts', '/gifts'));
  when(1, '18:47', () =>
    ada.shop(LAPTOP, 'Product Added', {
      cart_id: 'cart-ada-2',
      sku: 'HR-501',
      name: 'Harbour Mug',
      price: 14.9,
      quantity: 2,
      currency: 'EUR',
    }),
  );
}

const GRINDER = { product_id: 'hr-301', sku: 'HR-301', name: 'Bosun Hand Grinder', category: 'Grinders', price: 39.9, quantity: 1 };
const BEANS = { product_id: 'hr-101', sku: 'HR-101', name: 'Lighthouse Espresso, 250 g', category: 'Beans', price: 10, quantity: 2 };
const BILL = { total: 59.9, currency: 'EUR', products: [GRINDER, BEANS] };
const NEWS = {
  email_id: 'mail-ada-1',
  email_subject: 'Last Call: Grinders',
  campaign_name: 'Last Call: Grinders',
  campaign_id: 'last-call-grinders',
};
const TICKET = { ticket_id: '3042', order_id: '1042', channel: 'email' };
const CSAT = { ticket_id: '3042', survey_type: 'csat', survey_id: 'csat-desk', channel: 'email' };
const NPS = { survey_type: 'nps', survey_id: 'nps-quarterly', channel: 'email' };
const PLAN = { subscription_id: 'sub-ada', plan: 'Duo', price: 34, currency: 'EUR' };
const TRAITS = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada.lovelace@example.com',
  phone: '+49 30 23125 901',
  language: 'en',
  birthday: '1985-12-10',
  address: { city: 'Berlin', country: 'DE' },
};
