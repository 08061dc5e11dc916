import { CAMPAIGNS, type Line, lineOf, SEARCHES, totalOf } from './catalogue';
import type { Device } from './customer';
import { openTicket } from './desk';
import { showCheckout } from './experiment';
import { DAY_MS, deviceOf, type Life, MINUTE_MS, oneAfterAnother, wakingIn } from './life';
import { askAfterOrder } from './surveys';

/** A visit to the site: a few pages, sometimes a search and a product, a minute or so apart. */
export function visit(life: Life, fromCampaign = false): void {
  const { chance, voice } = life;
  const device = deviceOf(life);
  const campaign = fromCampaign
    ? { source: chance.pick(['google', 'instagram', 'newsletter']), medium: 'cpc', name: chance.pick(CAMPAIGNS) }
    : undefined;
  if (campaign && chance.happens(0.4)) voice.site(device, 'Ad Clicked', { campaign_name: campaign.name, platform: campaign.source });
  voice.page(device, 'Home', '/', campaign);
  const then = oneAfterAnother(life, 1.5);
  if (chance.happens(0.25))
    then(() => voice.site(device, 'Products Searched', { query: chance.pick(SEARCHES), results: chance.whole(0, 14) }));
  for (let looked = chance.whole(0, 1); looked > 0; looked--) then(() => look(life, device));
  if (chance.happens(0.15)) then(() => voice.page(device, 'Brewing Guide', '/guides/brewing'));
  if (chance.happens(0.12)) then(() => voice.page(device, 'Pricing', '/subscription'));
}

function look({ chance, voice, customer }: Life, device: Device): void {
  const line = lineOf(chance, customer.country);
  voice.shop(device, 'Product Viewed', { ...line, currency: customer.country.currency });
}

/** From the cart to the parcel and what comes after; some carts are left, some cards are declined. */
export function order(life: Life): void {
  const { agenda, chance, voice, customer, orders } = life;
  const device = deviceOf(life);
  const lines = Array.from({ length: chance.whole(1, 2) }, () => lineOf(chance, customer.country));
  const cartId = `cart-${chance.hex(10)}`;
  for (const line of lines) voice.shop(device, 'Product Added', { cart_id: cartId, ...line, currency: customer.country.currency });
  if (chance.happens(0.14)) return;
  const bill = billOf(life, lines);
  agenda.in(chance.between(1, 6) * MINUTE_MS, () => {
    voice.shop(device, 'Checkout Started', { cart_id: cartId, value: bill.total, ...bill });
    if (chance.happens(showCheckout(life, device))) return;
    const orderId = String(orders.take());
    agenda.in(chance.between(1, 4) * MINUTE_MS, () => complete(life, device, orderId, bill));
  });
}

type Bill = {
  readonly total: number;
  readonly currency: string;
  readonly products: readonly Line[];
};

function billOf({ customer }: Life, lines: readonly Line[]): Bill {
  return { total: totalOf(lines), currency: customer.country.currency, products: lines };
}

function complete(life: Life, device: Device, orderId: string, bill: Bill): void {
  const { agenda, chance, voice } = life;
  voice.shop(device, 'Order Completed', { order_id: orderId, ...bill });
  const payment = {
    order_id: orderId,
    amount: bill.total,
    currency: bill.currency,
    payment_method: chance.pick(['card', 'paypal', 'invoice']),
  };
  if (chance.happens(0.05)) voice.crm('Payment Failed', { ...payment, reason: 'card declined' });
  agenda.in(2 * MINUTE_MS, () => voice.crm('Payment Made', payment));
  const late = chance.happens(0.12);
  const daysUnderway = late ? chance.between(6, 11) : chance.between(1.5, 4);
  agenda.in(daysUnderway * DAY_MS, () => voice.crm('Order Delivered', { order_id: orderId, carrier: chance.pick(['DHL', 'UPS', 'DPD']) }));
  const deliveredAtMs = agenda.nowMs + daysUnderway * DAY_MS;
  if (late && chance.happens(0.6)) agenda.at(wakingIn(life, 5), () => openTicket(life, 'delivery', { order_id: orderId }));
  else if (chance.happens(0.1))
    agenda.at(deliveredAtMs + DAY_MS, () => openTicket(life, chance.pick(['damaged', 'billing', 'brewing']), { order_id: orderId }));
  if (chance.happens(0.05)) refund(life, orderId, bill, daysUnderway);
  if (chance.happens(0.08)) agenda.at(deliveredAtMs + 6 * DAY_MS, () => review(life, device, bill));
  if (chance.happens(0.15)) agenda.at(deliveredAtMs + 2 * DAY_MS, () => askAfterOrder(life, orderId));
}

function refund({ agenda, chance, voice }: Life, orderId: string, bill: Bill, daysUnderway: number): void {
  const amount = { order_id: orderId, total: bill.total, currency: bill.currency };
  const reason = chance.pick(['damaged', 'wrong item', 'changed my mind']);
  agenda.in((daysUnderway + 1) * DAY_MS, () => voice.crm('Refund Requested', { ...amount, reason }));
  agenda.in((daysUnderway + chance.between(2, 5)) * DAY_MS, () => voice.crm('Order Refunded', amount));
}

function review({ chance, voice, mood }: Life, device: Device, bill: Bill): void {
  const rating = mood.troubles > 0 ? chance.whole(1, 4) : chance.whole(3, 5);
  voice.site(device, 'Product Reviewed', { name: bill.products[0]?.name, product_id: bill.products[0]?.product_id, rating });
}
