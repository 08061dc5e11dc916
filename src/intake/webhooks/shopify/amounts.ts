import { addDecimals, type Decimal, decimalText } from '../../../kernel/decimal';
import type { JsonObject } from '../../../kernel/json';
import { currencyIn, decimalIn } from '../payload';

const CENT_DIGITS = 2;

/**
 * The amounts that the members state. Where Shopify states one twice, in the shop's currency and as the customer saw it, the shop's is taken: it has
 * all its digits.
 */
export function amountsIn(thing: JsonObject, ...names: readonly string[]): readonly Decimal[] {
  return names.flatMap((name) => decimalIn(thing, [`${name}_set`, 'shop_money', 'amount'], name) ?? []);
}

/** Of a member that is stated twice: the shop's currency. */
export function shopCurrency(thing: JsonObject, name: string): string | null {
  return currencyIn(thing, [`${name}_set`, 'shop_money', 'currency_code']);
}

/** The first that is known. */
export function firstCurrency(currencies: readonly (string | null)[]): string | null {
  return currencies.find((currency) => currency !== null) ?? null;
}

/** With as many digits as were sent, but no needless ones beyond cents. */
export function totalOf(amounts: readonly Decimal[]): string {
  const sum = amounts.reduce(addDecimals, { units: 0n, scale: 0 });
  return decimalText(sum, Math.min(CENT_DIGITS, sum.scale));
}
