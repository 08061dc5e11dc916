import {
  addDecimals,
  compareDecimals,
  type Decimal,
  decimalText,
  decimalToNumber,
  divideDecimals,
  negated,
  parseDecimal,
  readDecimalText,
  ZERO,
} from './decimal';

/** Exact: `amount` is a plain decimal with at least the currency's own digits, such as `59.90`. */
export interface Money {
  readonly amount: string;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

/** What ISO 4217 writes where no currency is involved: here, where none was stated. Like any other it is never summed with another. */
export const NO_CURRENCY = 'XXX';

const USUAL_MINOR_DIGITS = 2;

/** Null where the amount is none. A currency that is missing or no code of three letters gives NO_CURRENCY. */
export function readMoney(amount: unknown, currency: unknown): Money | null {
  const decimal = parseDecimal(amount);
  return decimal && asMoney(decimal, currencyCode(currency) ?? NO_CURRENCY);
}

export function asMoney(decimal: Decimal, currency: string): Money {
  return { amount: decimalText(decimal, minorDigits(currency)), currency };
}

export function noMoney(currency: string): Money {
  return asMoney(ZERO, currency);
}

export function currencyCode(currency: unknown): string | null {
  return typeof currency === 'string' && /^[A-Za-z]{3}$/.test(currency) ? currency.toUpperCase() : null;
}

const minorDigitsOf = new Map<string, number>([[NO_CURRENCY, USUAL_MINOR_DIGITS]]);
/** How many digits the currency's coins have: 2 of EUR, 0 of JPY, 3 of KWD. Codes are three letters, so there are at most 17,576. */
export function minorDigits(code: string): number {
  const known = minorDigitsOf.get(code);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
  const digits = format.resolvedOptions().maximumFractionDigits ?? USUAL_MINOR_DIGITS;
  minorDigitsOf.set(code, digits);
  return digits;
}

/** Throws where the currencies differ: who adds has to have told them apart. */
export function addMoney(left: Money, right: Money): Money {
  return asMoney(addDecimals(amountOf(left), sameCurrency(left, right)), left.currency);
}

export function subtractMoney(left: Money, right: Money): Money {
  return asMoney(addDecimals(amountOf(left), negated(sameCurrency(left, right))), left.currency);
}

/** Negative, zero or positive, for sorting amounts of one currency. */
export function compareMoney(left: Money, right: Money): number {
  return compareDecimals(amountOf(left), sameCurrency(left, right));
}

/** Rounded to the currency's own digits, half away from zero. */
export function divideMoney(money: Money, by: Decimal): Money {
  return asMoney(divideDecimals(amountOf(money), by, minorDigits(money.currency)), money.currency);
}

/** One sum a currency, in the order in which the currencies first came. */
export function sumsByCurrency(moneys: Iterable<Money>): ReadonlyMap<string, Money> {
  const sums = new Map<string, Decimal>();
  for (const money of moneys) sums.set(money.currency, addDecimals(sums.get(money.currency) ?? ZERO, amountOf(money)));
  return new Map([...sums].map(([currency, sum]) => [currency, asMoney(sum, currency)]));
}

/** The sum of amounts that are all of this currency. */
export function sumMoney(moneys: Iterable<Money>, currency: string): Money {
  let sum = noMoney(currency);
  for (const money of moneys) sum = addMoney(sum, money);
  return sum;
}

/** Parts in these whole shares that add up to the whole again: what rounding leaves over goes, coin by coin, to the largest remainders. */
export function splitMoney(money: Money, shares: readonly number[]): readonly Money[] {
  const { units, scale } = parseAt(money);
  const total = BigInt(shares.reduce((sum, share) => sum + share, 0));
  const [sign, whole] = units < 0n ? [-1n, -units] : [1n, units];
  const products = shares.map((share) => whole * BigInt(share));
  const parts = products.map((product) => product / total);
  const rests = products.map((product, index) => ({ index, rest: product % total }));
  rests.sort((one, other) => (one.rest === other.rest ? one.index - other.index : one.rest > other.rest ? -1 : 1));
  let left = whole - parts.reduce((sum, part) => sum + part, 0n);
  for (const { index } of rests) {
    if (left === 0n) break;
    parts[index] = (parts[index] as bigint) + 1n;
    left -= 1n;
  }
  return parts.map((part) => asMoney({ units: sign * part, scale }, money.currency));
}

function parseAt(money: Money): Decimal {
  const amount = amountOf(money);
  const digits = Math.max(amount.scale, minorDigits(money.currency));
  return { units: amount.units * 10n ** BigInt(digits - amount.scale), scale: digits };
}

/** A statistic's estimate as money, rounded to the currency's own digits; null where it is no finite number. */
export function estimatedMoney(estimate: number, currency: string): Money | null {
  const digits = minorDigits(currency);
  const decimal = Number.isFinite(estimate) && Math.abs(estimate) < 1e15 ? parseDecimal(estimate.toFixed(digits)) : null;
  return decimal && asMoney(decimal, currency);
}

/** The nearest double: for statistics, never for sums. */
export function moneyToNumber(money: Money): number {
  return decimalToNumber(amountOf(money));
}

export function amountOf({ amount }: Money): Decimal {
  const decimal = readDecimalText(amount);
  if (!decimal) throw new Error(`"${amount}" is no amount.`);
  return decimal;
}

function sameCurrency(left: Money, right: Money): Decimal {
  if (left.currency !== right.currency) throw new Error(`${left.currency} and ${right.currency} do not add up.`);
  return amountOf(right);
}
