import type { Json, JsonObject } from '../../kernel/json';

const DECIMAL = /^([+-]?)0*([0-9]{1,30})(?:\.([0-9]{1,12}))?$/;
/** Significant digits that a binary double holds for certain; beyond them is the noise of its arithmetic (0.1 + 0.2). */
const EXACT_DIGITS = 15;

/**
 * An amount as a plain decimal, exact: `59.9` and EUR give `59.90 EUR`, `500` and JPY `500 JPY`. The currency's own number
 * of digits is filled up and never cut. '' where the value is no amount.
 */
export function moneyText(amount: Json | undefined, currency: Json | undefined): string {
  const code = currencyCode(currency);
  const match = DECIMAL.exec(decimalText(amount));
  if (!match) return '';
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = fraction.replace(/0+$/, '').padEnd(code ? fractionDigits(code) : fraction === '' ? 0 : 2, '0');
  const decimal = `${sign === '-' ? '-' : ''}${whole}${digits === '' ? '' : `.${digits}`}`;
  return code ? `${decimal} ${code}` : decimal;
}

/** The first of these properties that is an amount, with the currency beside it. */
export function moneyOf(properties: JsonObject, ...keys: readonly string[]): string {
  for (const key of keys) {
    const text = moneyText(properties[key], properties['currency']);
    if (text !== '') return text;
  }
  return '';
}

function decimalText(amount: Json | undefined): string {
  if (typeof amount === 'string') return amount.length <= 48 ? amount.trim() : '';
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return '';
  if (Number.isInteger(amount)) return BigInt(amount).toString();
  return withoutExponent(String(Number(amount.toPrecision(EXACT_DIGITS))));
}

/** Numbers below a millionth are the only fractions that JavaScript writes with an exponent. */
function withoutExponent(text: string): string {
  const [mantissa = '', exponent] = text.split('e-');
  if (exponent === undefined) return text;
  const digits = mantissa.replace('.', '').replace('-', '');
  return `${text.startsWith('-') ? '-' : ''}0.${'0'.repeat(Number(exponent) - 1)}${digits}`;
}

function currencyCode(currency: Json | undefined): string {
  return typeof currency === 'string' && /^[A-Za-z]{3}$/.test(currency) ? currency.toUpperCase() : '';
}

const fractionDigitsOf = new Map<string, number>();
/** ISO 4217 codes are three letters, so there are at most 17,576. */
function fractionDigits(code: string): number {
  const known = fractionDigitsOf.get(code);
  if (known !== undefined) return known;
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2;
  fractionDigitsOf.set(code, digits);
  return digits;
}
