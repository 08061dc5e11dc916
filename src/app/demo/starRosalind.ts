import type { Agenda } from './agenda';
import { aCustomer, aDevice } from './starCast';
import type { Hear, When } from './stars';
import { Voice } from './voice';

const LAPTOP = aDevice('105a0001', 'laptop');
const PHONE = aDevice('105a0002', 'phone');
const CALLER = { phone: '+44 7700 900142' };

/**
 * rosalind.franklin@example.com: an advertisement, a trial that came to nothing, a grinder that jams, a ticket reopened twice, a call, her money
 * back, and won back by an offer. Told by seven tools of four departments, none of which knows the whole of it.
 */
export function tellRosalind(when: When, agenda: Agenda, hear: Hear): void {
  const rosalind = new Voice(
    aCustomer({
      key: 'rosalind',
      name: ['Rosalind', 'Franklin'],
      email: 'rosalind.franklin@example.com',
      emailAsTyped: 'Rosalind.Franklin@example.com',
      phones: [CALLER.phone],
      country: 'GB',
      city: 'London',
      devices: [LAPTOP, PHONE],
    }),
    agenda,
    hear,
  );
  wonByAdvertisement(when, rosalind);
  triesAndBuys(when, rosalind);
  grinderJams(when, rosalind);
  hasEnough(when, rosalind);
  wonBack(when, rosalind);
}

function wonByAdvertisement(when: When, rosalind: Voice): void {
  when(150, '19:02', () => rosalind.site(LAPTOP, 'Ad Clicked', { campaign_name: 'Winter Roasts', platform: 'google' }));
  when(150, '19:02', () => rosalind.page(LAPTOP, 'Home', '/', { source: 'google', medium: 'cpc', name: 'Winter Roasts' }));
  when(150, '19:05', () => rosalind.site(LAPTOP, 'Products Searched', { query: 'electric grinder', results: 1 }));
  when(150, '19:06', () => rosalind.shop(LAPTOP, 'Product Viewed', { ...GRINDER, currency: 'GBP' }));
  when(149, '12:20', () => rosalind.identifyOnSite(LAPTOP, { email: 'rosalind.franklin@example.com' }));
  when(149, '12:20', () => rosalind.site(LAPTOP, 'Consent Changed', { purpose: 'email', granted: true }));
}

function triesAndBuys(when: When, rosalind: Voice): void {
  when(148, '18:00', () => rosalind.signUp());
  when(148, '18:01', () => rosalind.app(PHONE, 'Signed Up', { type: 'organic', method: 'apple' }));
  when(148, '18:01', () => rosalind.identifyInShop(PHONE, TRAITS));
  when(148, '18:02', () => rosalind.backend('Trial Started', { trial_plan_name: 'Duo' }));
  when(147, '07:30', () => rosalind.app(PHONE, 'Application Opened', { from_background: false, version: '2.8.1' }));
  when(147, '07:32', () => rosalind.app(PHONE, 'Feature Used', { feature_name: 'Grind Advisor' }));
  when(134, '18:02', () => rosalind.backend('Trial Ended', { trial_plan_name: 'Duo' }));
  when(133, '20:05', () => rosalind.shop(LAPTOP, 'Product Added', { cart_id: 'cart-rosalind', ...GRINDER, currency: 'GBP' }));
  when(133, '20:07', () => rosalind.shop(LAPTOP, 'Checkout Started', { cart_id: 'cart-rosalind', order_id: '1209', ...BILL }));
  when(133, '20:08', () => rosalind.shop(LAPTOP, 'Experiment Viewed', CHECKOUT));
  when(133, '20:11', () => rosalind.shop(LAPTOP, 'Order Completed', { cart_id: 'cart-rosalind', order_id: '1209', ...BILL }));
  when(133, '20:12', () => rosalind.crm('Payment Made', { order_id: '1209', amount: 211.7, currency: 'GBP', payment_method: 'card' }));
  when(130, '10:10', () => rosalind.crm('Order Delivered', { order_id: '1209', carrier: 'DPD' }));
}

/** Four days for a link to the manual, and asked for the number of the order that the ticket was opened with. */
function grinderJams(when: When, rosalind: Voice): void {
  const says = (comment: string) => rosalind.desk('Ticket Replied', { ...TICKET, author_role: 'customer', comment, public: true });
  const answers = (agent_name: string, comment: string) =>
    rosalind.desk('Ticket Replied', { ...TICKET, author_role: 'agent', agent_name, comment, public: true });
  when(129, '17:40', () =>
    rosalind.desk('Ticket Created', {
      ...TICKET,
      subject: 'Grinder jams',
      description: 'My new electric grinder from order 1209 jams after ten seconds. What can I do?',
      priority: 'high',
    }),
  );
  when(129, '17:55', () => rosalind.desk('Ticket Assigned', { ...TICKET, assignee: 'Tomasz' }));
  when(125, '16:50', () => answers('Tomasz', 'Please clean the burrs as the manual shows.'));
  when(125, '16:51', () => rosalind.desk('Ticket Solved', { ...TICKET, assignee: 'Tomasz' }));
  when(124, '09:05', () => rosalind.desk('Ticket Reopened', { ...TICKET, reason: 'still jams' }));
  when(124, '09:06', () => says('I cleaned it twice: my electric grinder from order 1209 still jams after ten seconds.'));
  when(122, '10:00', () => answers('Beatriz', 'Could you give me the number of your order, and tell me what happens?'));
  when(122, '12:00', () => says('As I wrote: my electric grinder from order 1209 jams after ten seconds.'));
  when(121, '15:00', () => answers('Beatriz', 'New burrs are on their way.'));
  when(121, '15:01', () => rosalind.desk('Ticket Solved', { ...TICKET, assignee: 'Beatriz' }));
  when(119, '08:30', () => rosalind.desk('Ticket Reopened', { ...TICKET, reason: 'jams with the new burrs, too' }));
  when(119, '08:31', () => says('It is the third time that I write. This is terrible service and I am really angry.'));
}

function hasEnough(when: When, rosalind: Voice): void {
  when(119, '10:00', () => rosalind.mail('Email Delivered', GRINDER_MAIL));
  when(119, '15:00', () => rosalind.desk('Call Started', { ...CALL, direction: 'inbound', topic: 'damaged', wait_seconds: 290 }, CALLER));
  when(119, '15:14', () =>
    rosalind.desk(
      'Call Ended',
      { ...CALL, direction: 'inbound', duration_seconds: 840, agent_name: 'Aoife' },
      { ...CALLER, email: 'rosalind.franklin@example.com' },
    ),
  );
  when(119, '15:20', () => rosalind.crm('Refund Requested', { order_id: '1209', total: 211.7, currency: 'GBP', reason: 'damaged' }));
  when(118, '09:00', () => rosalind.crm('Order Refunded', { order_id: '1209', total: 211.7, currency: 'GBP' }));
  when(118, '09:10', () => rosalind.desk('Ticket Solved', { ...TICKET, assignee: 'Aoife', internal_rating: 9, scale_max: 10 }));
  when(118, '11:00', () => rosalind.desk('Survey Sent', CSAT));
  when(117, '20:14', () =>
    rosalind.desk('Survey Answered', { ...CSAT, score: 1, scale_max: 5, comment: 'Awful. I had to explain everything three times.' }),
  );
}

function wonBack(when: When, rosalind: Voice): void {
  when(45, '09:00', () => rosalind.mail('Email Delivered', OFFER));
  when(45, '12:31', () => rosalind.mail('Email Opened', OFFER));
  when(45, '12:32', () =>
    rosalind.mail('Email Link Clicked', { ...OFFER, link_url: 'https://www.harbour-roast.example.com/welcome-back' }),
  );
  when(45, '12:40', () => rosalind.shop(PHONE, 'Order Completed', { order_id: '1320', ...SECOND_BILL }));
  when(45, '12:41', () => rosalind.crm('Payment Made', { order_id: '1320', amount: 42.5, currency: 'GBP', payment_method: 'paypal' }));
  when(42, '11:00', () => rosalind.crm('Order Delivered', { order_id: '1320', carrier: 'DHL' }));
  when(31, '14:00', () => rosalind.mail('Survey Sent', NPS));
  when(30, '08:00', () =>
    rosalind.mail('Survey Answered', { ...NPS, score: 9, scale_max: 10, comment: 'You made it right in the end. Thank you, Aoife!' }),
  );
  when(2, '18:40', () => rosalind.site(LAPTOP, 'Products Searched', { query: 'decaf', results: 3 }));
  when(2, '18:43', () => rosalind.shop(LAPTOP, 'Product Viewed', { ...DECAF, currency: 'GBP' }));
  when(2, '18:45', () => rosalind.shop(LAPTOP, 'Product Added', { cart_id: 'cart-rosalind-2', ...DECAF, currency: 'GBP' }));
}

const GRINDER = { product_id: 'hr-302', sku: 'HR-302', name: 'Bosun Electric Grinder', category: 'Grinders', price: 211.7, quantity: 1 };
const BEANS = { product_id: 'hr-102', sku: 'HR-102', name: 'Lighthouse Espresso, 1 kg', category: 'Beans', price: 21.25, quantity: 2 };
const DECAF = { product_id: 'hr-104', sku: 'HR-104', name: 'Low Tide Decaf, 250 g', category: 'Beans', price: 9.8, quantity: 2 };
const BILL = { total: 211.7, currency: 'GBP', products: [GRINDER] };
const SECOND_BILL = { total: 42.5, currency: 'GBP', products: [BEANS] };
const TICKET = { ticket_id: '3107', order_id: '1209', channel: 'email', topic: 'damaged' };
const CALL = { call_id: 'call-rosalind', order_id: '1209' };
const CSAT = { ticket_id: '3107', survey_type: 'csat', survey_id: 'csat-desk', channel: 'email' };
const NPS = { survey_type: 'nps', survey_id: 'nps-quarterly', channel: 'email' };
const CHECKOUT = { experiment_id: 'checkout', experiment_name: 'Checkout', variation_id: 'one-page', variation_name: 'One page' };
const GRINDER_MAIL = {
  email_id: 'mail-rosalind-1',
  email_subject: 'Last Call: Grinders',
  campaign_name: 'Last Call: Grinders',
  campaign_id: 'last-call-grinders',
  products: [GRINDER],
};
const OFFER = {
  email_id: 'winback-rosalind',
  email_subject: 'We miss you: your next bag is on us',
  campaign_name: 'Win-back',
  campaign_id: 'win-back',
};
const TRAITS = {
  firstName: 'Rosalind',
  lastName: 'Franklin',
  email: 'rosalind.franklin@example.com',
  phone: '+44 7700 900142',
  language: 'en',
  address: { city: 'London', country: 'GB' },
};
