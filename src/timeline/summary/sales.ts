import type { InteractionKind } from '../../kernel/vocabulary';
import { moneyOf } from './moneyText';
import { after, items, list, moment, nameHas, numbered, type Phrase, phrase, quoted, reason, said, type Told } from './told';

const ORDER_AMOUNTS = ['total', 'revenue', 'value', 'amount', 'subtotal'] as const;
const order = (told: Told) => numbered('Order', told, 'order', 'checkout');

/** Sales, one line a kind. */
export const SALES_PHRASES = {
  LEAD_CREATED: (told) =>
    list('Lead created', after('from', said(told.properties, 'lead_source', 'source', 'form_name', 'campaign.source'))),
  DEAL_STAGE_CHANGED: dealStageChanged,
  PRICING_REQUESTED: (told) => phrase('Pricing requested', after('for', said(told.properties, 'plan', 'product_name', 'product'))),
  DEMO_REQUESTED: (told) => phrase('Demo requested', after('of', said(told.properties, 'product_name', 'product', 'plan'))),
  APPOINTMENT_BOOKED: (told) =>
    phrase(appointment(told), 'booked', after('for', moment(said(told.properties, 'starts_at', 'start_time', 'date')))),
  APPOINTMENT_CANCELLED: (told) => list(phrase(appointment(told), 'cancelled'), reason(told)),
  CART_UPDATED: cartUpdated,
  CHECKOUT_STARTED: (told) => list('Checkout started', moneyOf(told.properties, 'value', 'total', 'revenue'), items(told.properties)),
  ORDER_PLACED: (told) => list(`${order(told)} placed`, moneyOf(told.properties, ...ORDER_AMOUNTS), items(told.properties)),
  ORDER_DELIVERED: (told) => list(`${order(told)} delivered`, after('by', said(told.properties, 'carrier', 'shipping_method'))),
  ORDER_CANCELLED: (told) => list(`${order(told)} cancelled`, moneyOf(told.properties, ...ORDER_AMOUNTS), reason(told)),
  PAYMENT_MADE: (told) =>
    list(
      phrase('Payment made', forWhat(told)),
      moneyOf(told.properties, 'amount', 'total', 'value', 'revenue'),
      after('by', said(told.properties, 'payment_method', 'method')),
    ),
  PAYMENT_FAILED: (told) =>
    list(phrase('Payment failed', forWhat(told)), moneyOf(told.properties, 'amount', 'total', 'value', 'revenue'), reason(told)),
  REFUND_REQUESTED: (told) =>
    list(phrase('Refund requested', forWhat(told)), moneyOf(told.properties, 'amount', 'refund_amount', 'total', 'value'), reason(told)),
  REFUND_MADE: (told) =>
    list(
      phrase(refundedThing(told), 'refunded'),
      moneyOf(told.properties, 'refund_amount', 'amount', 'total', 'value', 'revenue'),
      reason(told),
    ),
} satisfies Partial<Record<InteractionKind, Phrase>>;

const PAID_THINGS: ReadonlySet<string> = new Set(['order', 'invoice', 'subscription', 'appointment']);

/** `order 1042`; '' where it is not known what the money was for. */
function paidThing(told: Told): string {
  const type = told.subject?.type ?? '';
  return PAID_THINGS.has(type) ? numbered(type, told, type) : '';
}

function refundedThing(told: Told): string {
  const thing = paidThing(told) || 'payment';
  return thing.charAt(0).toUpperCase() + thing.slice(1);
}

/** `for order 1042`, `for the subscription`. */
function forWhat(told: Told): string {
  const thing = paidThing(told);
  return thing && `for ${thing.includes(' ') ? thing : `the ${thing}`}`;
}

function dealStageChanged(told: Told): string {
  const name = quoted(said(told.properties, 'deal_name', 'opportunity_name', 'name'));
  const deal = name ? `Deal ${name}` : numbered('Deal', told, 'deal');
  const amount = moneyOf(told.properties, 'amount', 'value', 'deal_value');
  for (const word of ['created', 'won', 'lost']) if (nameHas(told, word)) return list(`${deal} ${word}`, amount);
  const from = said(told.properties, 'from_stage', 'previous_stage', 'old_stage');
  const to = said(told.properties, 'to_stage', 'stage_name', 'stage', 'new_stage');
  const ended = /^closed[\s_-]?(won|lost)$/i.exec(to)?.[1];
  if (ended !== undefined) return list(`${deal} ${ended.toLowerCase()}`, amount);
  return list(phrase(deal, 'moved', after('from', from), after('to', to)), amount);
}

function appointment(told: Told): string {
  const title = quoted(said(told.properties, 'title', 'appointment_type', 'meeting_name', 'name'));
  return phrase('Appointment', title);
}

function cartUpdated(told: Told): string {
  const product = quoted(said(told.properties, 'name', 'product_name', 'sku', 'product_id'));
  const coupon = said(told.properties, 'coupon_id', 'coupon_name', 'coupon');
  if (nameHas(told, 'coupon')) return phrase('Coupon', coupon, nameHas(told, 'remove') ? 'removed' : 'applied');
  if (nameHas(told, 'view')) return list('Cart viewed', items(told.properties));
  const verb = nameHas(told, 'remove') ? 'removed from' : 'added to';
  if (product) return list(`${product} ${verb} cart`, moneyOf(told.properties, 'price', 'value'), times(told));
  return list('Cart updated', moneyOf(told.properties, 'value', 'total'), items(told.properties));
}

function times(told: Told): string {
  const quantity = said(told.properties, 'quantity');
  return quantity === '' || quantity === '1' ? '' : `${quantity} pieces`;
}
