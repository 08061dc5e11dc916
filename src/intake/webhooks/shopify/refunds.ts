import { negated } from '../../../kernel/decimal';
import type { JsonObject } from '../../../kernel/json';
import { currencyIn, decimalIn, known, objectIn, objectsIn, textIn } from '../payload';
import { contextOf } from '../personOn';
import type { VendorMessage } from '../webhookVendor';
import { amountsIn, firstCurrency, shopCurrency, totalOf } from './amounts';
import { MAX_PRODUCTS, productOf } from './products';
import { exactId, happenedAt, type ShopifyEvent } from './shopifyEvent';

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
    products: lines
      .slice(0, MAX_PRODUCTS)
      .map((line) => ({ ...productOf(objectIn(line, 'line_item')), ...known({ quantity: line['quantity'] }) })),
  });
  const context = contextOf({ ids: [['shopify.order_id', orderId]] });
  return [
    { type: 'track', messageId: id, ...happenedAt(event, 'processed_at', 'created_at'), event: 'Order Refunded', properties, context },
  ];
}

/**
 * What was paid back by its payments, which are all in one currency; where none are named, what the lines and the adjustments (negative: paid back)
 * come to.
 */
function amountOf(refund: JsonObject, lines: readonly JsonObject[]): JsonObject {
  const payments = objectsIn(refund, 'transactions').filter(isPaidBack);
  if (payments.length > 0) {
    const currency = firstCurrency(payments.map((payment) => currencyIn(payment, 'currency')));
    return known({ total: totalOf(payments.flatMap((payment) => decimalIn(payment, 'amount') ?? [])), currency });
  }
  const adjustments = objectsIn(refund, 'order_adjustments');
  const owed = [
    ...lines.flatMap((line) => amountsIn(line, 'subtotal', 'total_tax')),
    ...adjustments.flatMap((adjustment) => amountsIn(adjustment, 'amount', 'tax_amount').map(negated)),
  ];
  const currency = firstCurrency([
    ...lines.map((line) => shopCurrency(line, 'subtotal')),
    ...adjustments.map((adjustment) => shopCurrency(adjustment, 'amount')),
  ]);
  return known({ total: owed.length > 0 ? totalOf(owed) : null, currency });
}

function isPaidBack(payment: JsonObject): boolean {
  return payment['kind'] === 'refund' && (payment['status'] === 'success' || payment['status'] === 'pending');
}
