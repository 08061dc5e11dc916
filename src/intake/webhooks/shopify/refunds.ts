import { addDecimals, type Decimal, decimalText, negated } from '../../../kernel/decimal';
import type { JsonObject } from '../../../kernel/json';
import { currencyIn, decimalIn, known, objectIn, objectsIn, textIn } from '../payloadFields';
import { contextOf } from '../personOn';
import type { VendorMessage } from '../webhookVendor';
import { productOf, shopCurrency } from './products';
import { exactId, happenedAt, type ShopifyEvent } from './shopifyEvent';

const CENT_DIGITS = 2;

/** refunds/create. A refund names nobody but its order, whose messages carry shopify.order_id, too. */
export function readRefund(event: ShopifyEvent): readonly VendorMessage[] {
  const { id, body } = event;
  const orderId = textIn(body, 'order_id');
  const lines = objectsIn(body, 'refund_line_items');
  const properties = known({
    order_id: orderId,
    refund_id: exactId(body),
    ...amountOf(body, lines),
    reason: textIn(body, 'note'),
    products: lines.map((line) => ({ ...productOf(objectIn(line, 'line_item')), ...known({ quantity: line['quantity'] }) })),
  });
  const context = contextOf({ ids: [['shopify.order_id', orderId]] });
  return [
    { type: 'track', messageId: id, ...happenedAt(event, 'processed_at', 'created_at'), event: 'Order Refunded', properties, context },
  ];
}

/** What was paid back by its payments; where none are named, what the lines and the adjustments (negative: paid back) come to. */
function amountOf(refund: JsonObject, lines: readonly JsonObject[]): JsonObject {
  const payments = objectsIn(refund, 'transactions').filter(isPaidBack);
  if (payments.length > 0) return known({ total: sumOf(payments, ['amount']), currency: currencyIn(payments[0] ?? {}, 'currency') });
  const adjustments = objectsIn(refund, 'order_adjustments');
  const owed = [...lines.flatMap((line) => amountsIn(line, ['subtotal', 'total_tax'])), ...amountsOf(adjustments).map(negated)];
  const currency = [...lines.map((line) => objectIn(line, 'subtotal_set')), ...adjustments.map((one) => objectIn(one, 'amount_set'))]
    .map(shopCurrency)
    .find((code) => code !== null);
  return known({ total: owed.length > 0 ? total(owed) : null, currency });
}

function isPaidBack(payment: JsonObject): boolean {
  return payment['kind'] === 'refund' && (payment['status'] === 'success' || payment['status'] === 'pending');
}

function amountsOf(adjustments: readonly JsonObject[]): readonly Decimal[] {
  return adjustments.flatMap((adjustment) => amountsIn(adjustment, ['amount', 'tax_amount']));
}

function sumOf(things: readonly JsonObject[], names: readonly string[]): string {
  return total(things.flatMap((thing) => amountsIn(thing, names)));
}

function amountsIn(thing: JsonObject, names: readonly string[]): readonly Decimal[] {
  return names.flatMap((name) => decimalIn(thing, name) ?? []);
}

function total(amounts: readonly Decimal[]): string {
  return decimalText(
    amounts.reduce(addDecimals, { units: 0n, scale: 0 }),
    Math.min(CENT_DIGITS, Math.max(0, ...amounts.map(({ scale }) => scale))),
  );
}
