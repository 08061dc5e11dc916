const DAY_MS = 86_400_000;
const WORDS = [
  'great',
  'slow',
  'please help me',
  'thank you so much',
  'this is terrible',
  'the invoice is wrong',
  'I love it',
  'when will it arrive',
];

/** Weights of what customers of a shop with a help desk do; half of it says no more than having been there. */
const HAPPENINGS: readonly (readonly [weight: number, event: string, fields: (ticket: string, chance: () => number) => object])[] = [
  [50, 'Product Viewed', () => ({ product_id: 'p-17', name: 'Monopoly: 3rd Edition', price: 19.5, currency: 'EUR' })],
  [8, 'Signed In', () => ({})],
  [6, 'Searched', () => ({ query: 'board games' })],
  [6, 'Product Added', (ticket) => ({ cart_id: `c-${ticket}`, product_id: 'p-17', price: 19.5, currency: 'EUR' })],
  [6, 'Order Completed', (ticket, chance) => ({ order_id: `o-${ticket}`, total: Math.round(chance() * 10_000) / 100, currency: 'EUR' })],
  [5, 'Email Opened', () => ({ email_id: 'spring', campaign_name: 'Spring' })],
  [4, 'Ticket Created', (ticket, chance) => ({ ticket_id: ticket, channel: 'email', description: `${said(chance)}, ${said(chance)}` })],
  [
    6,
    'Ticket Replied',
    (ticket, chance) => ({ ticket_id: ticket, author_role: chance() < 0.5 ? 'agent' : 'customer', comment: said(chance) }),
  ],
  [4, 'Ticket Solved', (ticket) => ({ ticket_id: ticket })],
  [1, 'Ticket Reopened', (ticket) => ({ ticket_id: ticket })],
  [1, 'NPS Answered', (_, chance) => ({ score: Math.floor(chance() * 11) })],
  [1, 'CSAT Answered', (ticket, chance) => ({ score: 1 + Math.floor(chance() * 5), scale_max: 5, ticket_id: ticket })],
  [1, 'Payment Failed', () => ({ amount: 9, currency: 'EUR' })],
  [1, 'Subscription Started', () => ({ subscription_id: 's', price: 9, currency: 'EUR' })],
];
const BY_WEIGHT = HAPPENINGS.flatMap(([weight, event]) => Array.from({ length: weight }, () => event));
const FIELDS = new Map(HAPPENINGS.map(([, event, fields]) => [event, fields]));

/** The fields of a track message of one customer, some time within this long before `nowMs`, a year where nothing else is said. */
export function aHappening(customer: number, chance: () => number, nowMs: number, withinMs = 365 * DAY_MS): object {
  const event = BY_WEIGHT[Math.floor(chance() * BY_WEIGHT.length)] as string;
  return theHappening(event, customer, chance, nowMs - Math.floor(chance() * withinMs));
}

/** The same of one of these events, at a time. */
export function theHappening(event: string, customer: number, chance: () => number, atMs: number): object {
  const ticket = `${customer}-${Math.floor(chance() * 3)}`;
  return {
    userId: `user-${customer}`,
    event,
    timestamp: new Date(atMs).toISOString(),
    properties: FIELDS.get(event)?.(ticket, chance) ?? {},
    context: { library: { name: 'analytics.js', version: '2.11.1' }, page: { url: 'https://example.com/academy/' } },
  };
}

function said(chance: () => number): string {
  return WORDS[Math.floor(chance() * WORDS.length)] as string;
}
