/** An exact decimal: `units` / 10^`scale`. The scale is as written, so 5.0 and 5 are equal and not the same. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export const ZERO: Decimal = { units: 0n, scale: 0 };

const DECIMAL = /^([+-]?)0*([0-9]{1,30})(?:\.([0-9]{1,12}))?$/;
const LONGEST_TEXT = 48;
/** Significant digits that a binary double holds for certain; beyond them is the noise of its arithmetic (0.1 + 0.2). */
const EXACT_DIGITS = 15;

/** A JSON number or a text such as `-12.50`; null where the value is no plain decimal (30 digits before and 12 behind the point at most). */
export function parseDecimal(value: unknown): Decimal | null {
  const match = DECIMAL.exec(plainDigits(value));
  if (!match) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const units = BigInt(whole + fraction);
  return { units: sign === '-' ? -units : units, scale: fraction.length };
}

function plainDigits(value: unknown): string {
  if (typeof value === 'string') return value.length <= LONGEST_TEXT ? value.trim() : '';
  if (typeof value !== 'number' || !Number.isFinite(value)) return '';
  if (Number.isInteger(value)) return BigInt(value).toString();
  return withoutExponent(String(Number(value.toPrecision(EXACT_DIGITS))));
}

const PLAIN = /^(-?)([0-9]+)(?:\.([0-9]+))?$/;

/** A text that decimalText has written, of any length; null for anything else. */
export function readDecimalText(text: string): Decimal | null {
  const [match, sign = '', whole = '', fraction = ''] = PLAIN.exec(text) ?? [];
  return match === undefined ? null : { units: BigInt(sign + whole + fraction), scale: fraction.length };
}

/** Numbers below a millionth are the only fractions that JavaScript writes with an exponent. */
function withoutExponent(text: string): string {
  const [mantissa = '', exponent] = text.split('e-');
  if (exponent === undefined) return text;
  const digits = mantissa.replace('.', '').replace('-', '');
  return `${text.startsWith('-') ? '-' : ''}0.${'0'.repeat(Number(exponent) - 1)}${digits}`;
}

/** Without an exponent and without needless zeros, but with at least so many digits behind the point: `59.90`. Never cuts. */
export function decimalText({ units, scale }: Decimal, leastDigits = 0): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits
    .slice(digits.length - scale)
    .replace(/0+$/, '')
    .padEnd(leastDigits, '0');
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

export function addDecimals(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { units: unitsAt(left, scale) + unitsAt(right, scale), scale };
}

export function negated({ units, scale }: Decimal): Decimal {
  return { units: -units, scale };
}

export function multiplyDecimals(left: Decimal, right: Decimal): Decimal {
  return { units: left.units * right.units, scale: left.scale + right.scale };
}

/** Negative, zero or positive, for sorting. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const scale = Math.max(left.scale, right.scale);
  const [one, other] = [unitsAt(left, scale), unitsAt(right, scale)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The quotient with so many digits behind the point; what lies half-way goes away from zero. The divisor must not be zero. */
export function divideDecimals(dividend: Decimal, divisor: Decimal, digits: number): Decimal {
  const numerator = dividend.units * 10n ** BigInt(digits + divisor.scale);
  const denominator = divisor.units * 10n ** BigInt(dividend.scale);
  return { units: dividedHalfAwayFromZero(numerator, denominator), scale: digits };
}

function dividedHalfAwayFromZero(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n !== denominator < 0n;
  const [top, bottom] = [magnitude(numerator), magnitude(denominator)];
  const quotient = (2n * top + bottom) / (2n * bottom);
  return isNegative ? -quotient : quotient;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** The nearest double: for statistics, never for sums of money. */
export function decimalToNumber(decimal: Decimal): number {
  return Number(decimalText(decimal));
}

function unitsAt({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}
