/** In every personal value, and nowhere else: whoever may not see such values must never see it. */
export const MARKER = /zzq|5550123|19151210|1915-12-10/i;

export const PERSON = { userId: 'zzq-user-1', otherUserId: 'zzq-user-2', twinId: 'zzq-twin', visitorId: 'zzq-visitor' };

export const PERSONAL = {
  name: 'Zzqada Zzqlovelace',
  email: 'zzqada@zzqmail.example',
  phone: '+12025550123',
  text: 'Zzqtext: call Zzqada at +12025550123 or zzqada@zzqmail.example',
};

const HOUR_MS = 3_600_000;
const BIRTHDAY = '1915-12-10';

/** What traits and properties are called that say who somebody is, as docs/permissions.md lists it. */
const PERSONAL_KEYS = [
  'name',
  'fullName',
  'firstName',
  'lastName',
  'middleName',
  'username',
  'email',
  'phone',
  'mobile',
  'whatsapp',
  'street',
  'city',
  'postalCode',
  'avatar',
  'description',
  'userId',
  'anonymousId',
  'customerId',
  'externalId',
  'ip',
  'userAgent',
  'taxId',
  'iban',
  'twitter',
  'website',
  'url',
  'referrer',
  'path',
  'search',
  'query',
  'body',
  'message',
  'text',
  'comment',
  'notes',
  'transcript',
  'subject',
  'reason',
  'feedback',
  'answer',
];
const personalFields = Object.fromEntries(PERSONAL_KEYS.map((key) => [key, `Zzq${key}`]));

const PRODUCT = {
  product_id: 'p-1',
  sku: 'P-1',
  name: 'Grinder',
  category: 'Tools',
  price: 20,
  quantity: 1,
  engraving_text: PERSONAL.text,
};

/** A customer's story through all departments, another one, and a twin of the first. */
export function personalMessages(nowMs: number): readonly object[] {
  const device = { anonymousId: 'zzq-browser', context: { ip: '203.0.113.7', userAgent: 'zzqagent', traits: { email: PERSONAL.email } } };
  const ada = { userId: PERSON.userId, ...device };
  const messages: object[] = [];
  const say = (hoursAgo: number, message: object) =>
    messages.push({
      messageId: `${messages.length}-${PERSONAL.email}`,
      timestamp: new Date(nowMs - hoursAgo * HOUR_MS).toISOString(),
      ...message,
    });
  const track = (hoursAgo: number, event: string, properties: object) => say(hoursAgo, { type: 'track', ...ada, event, properties });

  say(400, { type: 'page', ...device, name: 'Start', properties: { ...personalFields, title: 'Start' } });
  say(399, {
    type: 'identify',
    ...ada,
    traits: { ...personalFields, ...traitsOf('Zzqada', 'zzqada@zzqmail.example'), phone: PERSONAL.phone },
  });
  say(398, { type: 'identify', ...ada, traits: { name: 'Zzqada Byron', nick: 'not personal', contact: PERSONAL.email } });
  say(397, { type: 'group', ...ada, groupId: 'acme', traits: { name: 'Acme', email: PERSONAL.email, address: { street: 'Zzqstreet 1' } } });
  say(397, { type: 'group', ...ada, groupId: PERSONAL.email, traits: { name: `Household of ${PERSONAL.email}` } });
  say(396, { type: 'alias', userId: PERSON.userId, previousId: 'zzq-before' });
  track(390, 'Consent Changed', { purpose: `mail ${PERSONAL.email}`, granted: true });
  track(380, 'Email Sent', { ...personalFields, email_subject: PERSONAL.text, campaign_name: `For ${PERSONAL.email}` });
  track(379, 'Email Opened', { campaign_name: `For ${PERSONAL.email}` });
  track(378, 'Email Link Clicked', {
    campaign_name: `For ${PERSONAL.email}`,
    link_url: `https://x.example/?e=${encodeURIComponent(PERSONAL.email)}`,
  });
  track(377, 'Products Searched', { query: 'zzqsearch' });
  track(376, 'Product Viewed', { ...PRODUCT, url: 'https://x.example/zzq' });
  track(375, 'Experiment Viewed', { experiment_id: 'checkout', variation_id: 'one-page' });
  track(374, 'Order Completed', {
    order_id: `o-${PERSONAL.email}`,
    total: 40,
    currency: 'EUR',
    products: [PRODUCT],
    shipping_address: { city: 'Zzqcity' },
  });
  track(373, 'Payment Failed', { order_id: 'o-1', amount: 40, currency: 'EUR', reason: PERSONAL.text });
  track(372, 'Payment Failed', { order_id: 'o-1', amount: 40, currency: 'EUR', reason: PERSONAL.text });
  track(300, 'Order Completed', { order_id: 'o-2', total: 60, currency: 'EUR', products: [PRODUCT] });
  track(250, 'Subscription Started', { subscription_id: 's-1', plan: 'pro', mrr: 10, currency: 'EUR' });
  track(249, 'Trial Started', { trial_plan_name: 'Duo' });
  const ticket = { ticket_id: `t-${PERSONAL.email}`, channel: 'email' };
  track(200, 'Ticket Created', { ...ticket, subject: PERSONAL.text, description: PERSONAL.text, priority: 'high' });
  track(199, 'Ticket Assigned', { ...ticket, assignee: 'Tomasz' });
  track(150, 'Ticket Replied', { ...ticket, author_role: 'agent', agent_name: 'Tomasz', comment: 'Give me your number again.' });
  track(149, 'Ticket Replied', { ...ticket, author_role: 'customer', comment: PERSONAL.text });
  track(148, 'Ticket Solved', { ...ticket, assignee: 'Tomasz', internal_rating: 9, scale_max: 10 });
  track(147, 'Ticket Reopened', { ...ticket, reason: PERSONAL.text });
  track(140, 'Call Abandoned', { call_id: 'c-1', wait_seconds: 700, caller: PERSONAL.phone });
  track(139, 'Bot Replied', { conversation_id: 'bot-1', text: PERSONAL.text });
  track(100, 'Survey Answered', { survey_type: 'csat', score: 1, scale_max: 5, comment: `Terrible, awful, angry. ${PERSONAL.text}` });
  track(99, 'Survey Answered', { survey_type: 'nps', score: 9, scale_max: 10, comment: PERSONAL.text });
  track(98, 'Survey Answered', { survey_type: 'ces', score: 5, scale_max: 7 });
  track(97, 'Employee Feedback Given', { score: 9, scale_max: 10, department: 'support' });
  track(90, `Wrote to ${PERSONAL.email}`, { to: PERSONAL.email, [`key of ${PERSONAL.email}`]: 1 });
  track(20, 'Chat Started', { conversation_id: `chat-${PERSONAL.email}`, message: PERSONAL.text });
  track(5, 'Product Added', { cart_id: `cart-${PERSONAL.email}`, ...PRODUCT, currency: 'EUR' });
  say(50, { type: 'identify', userId: PERSON.otherUserId, traits: { email: 'zzqother@zzqmail.example', name: 'Zzqother' } });
  say(49, {
    type: 'track',
    userId: PERSON.otherUserId,
    event: 'Order Completed',
    properties: { order_id: 'o-3', total: 9, currency: 'EUR' },
  });
  // A limit keeps both apart, so the link is refused.
  say(48, { type: 'identify', userId: PERSON.otherUserId, traits: { email: PERSONAL.email } });
  say(45, { type: 'identify', anonymousId: PERSON.visitorId, traits: { email: 'zzqvisitor@zzqmail.example', name: 'Zzqvisitor' } });
  say(40, { type: 'identify', anonymousId: PERSON.twinId, traits: traitsOf('Zzqada', 'zzqtwin@zzqmail.example') });
  return messages;
}

/** As alike as two records of one person are. */
function traitsOf(firstName: string, email: string): object {
  return {
    email,
    firstName,
    lastName: 'Zzqlovelace',
    name: `${firstName} Zzqlovelace`,
    birthday: BIRTHDAY,
    language: 'en',
    address: { street: 'Zzqstreet 12', city: 'Zzqcity', postalCode: 'ZZQ 1AA' },
  };
}
