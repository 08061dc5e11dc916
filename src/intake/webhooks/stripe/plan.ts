import { addDecimals, type Decimal, decimalText, multiplyDecimals } from '../../../kernel/decimal';
import { isJsonObject, type JsonObject } from '../../../kernel/json';
import { currencyIn, decimalIn, known, objectIn, objectsIn, textIn } from '../payload';
import { majorUnits } from './minorUnits';

/**
 * What a subscription, or an invoice's lines, costs: `plan`, `price`, `currency`, `interval`, `interval_count`, `quantity`. Several items become
 * one price for a quantity of one; items billed in another rhythm or currency than the first are left out of it.
 */
export function planOf(items: readonly JsonObject[]): JsonObject {
  const prices = items.map(priceOf);
  const [first] = prices;
  if (!first) return {};
  const alike = prices.filter((one) => one.rhythm === first.rhythm && one.currency === first.currency);
  const { currency, interval, intervalCount } = first;
  const minor = alike.length === 1 ? first.unitAmount : sumOf(alike);
  return known({
    plan: [...new Set(alike.flatMap(({ name }) => name ?? []))].join(' + ') || null,
    price: minor && majorUnits(decimalText(minor), currency),
    currency,
    interval,
    interval_count: intervalCount,
    quantity: alike.length === 1 ? first.quantity : 1,
  });
}

interface ItemPrice {
  readonly name: string | null;
  /** In the currency's smallest unit; null where it depends on use. */
  readonly unitAmount: Decimal | null;
  readonly currency: string | null;
  readonly interval: string | null;
  readonly intervalCount: number;
  readonly rhythm: string;
  readonly quantity: number;
}

function priceOf(item: JsonObject): ItemPrice {
  const price = isJsonObject(item['price']) ? item['price'] : objectIn(item, 'plan');
  const recurring = isJsonObject(price['recurring']) ? price['recurring'] : price;
  const interval = textIn(recurring, 'interval');
  const intervalCount = countIn(recurring, 'interval_count');
  return {
    name: textIn(price, 'nickname', 'lookup_key', 'id') ?? textIn(item, ['pricing', 'price_details', 'price']),
    unitAmount:
      decimalIn(price, 'unit_amount_decimal', 'unit_amount', 'amount_decimal', 'amount') ??
      decimalIn(item, ['pricing', 'unit_amount_decimal']),
    currency: currencyIn(price, 'currency') ?? currencyIn(item, 'currency'),
    interval,
    intervalCount,
    rhythm: `${intervalCount} ${interval}`,
    quantity: countIn(item, 'quantity'),
  };
}

function countIn(fields: JsonObject, name: string): number {
  const count = fields[name];
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : 1;
}

function sumOf(prices: readonly ItemPrice[]): Decimal {
  let sum: Decimal = { units: 0n, scale: 0 };
  for (const { unitAmount, quantity } of prices) {
    if (unitAmount) sum = addDecimals(sum, multiplyDecimals(unitAmount, { units: BigInt(quantity), scale: 0 }));
  }
  return sum;
}

/** The items of a subscription; older versions of the API name a single plan beside them. */
export function itemsOf(subscription: JsonObject): readonly JsonObject[] {
  const items = objectsIn(subscription, ['items', 'data']);
  if (items.length > 0) return items;
  return isJsonObject(subscription['plan']) ? [{ plan: subscription['plan'], quantity: subscription['quantity'] }] : [];
}
