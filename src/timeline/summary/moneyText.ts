import { decimalText, parseDecimal } from '../../kernel/decimal';
import type { Json, JsonObject } from '../../kernel/json';
import { currencyCode, minorDigits } from '../../kernel/money';

/**
 * An amount as a plain decimal, exact: `59.9` and EUR give `59.90 EUR`, `500` and JPY `500 JPY`. The currency's own number
 * of digits is filled up and never cut. '' where the value is no amount.
 */
export function moneyText(amount: Json | undefined, currency: Json | undefined): string {
  const decimal = parseDecimal(amount);
  if (!decimal) return '';
  const code = currencyCode(currency);
  if (!code) return decimalText(decimal, decimal.scale === 0 ? 0 : 2);
  return `${decimalText(decimal, minorDigits(code))} ${code}`;
}

/** The first of these properties that is an amount, with the currency beside it. */
export function moneyOf(properties: JsonObject, ...keys: readonly string[]): string {
  for (const key of keys) {
    const text = moneyText(properties[key], properties['currency']);
    if (text !== '') return text;
  }
  return '';
}
