import { decimalText, parseDecimal } from '../../../kernel/decimal';
import type { Stated } from '../payload';

/**
 * Stripe, "Supported currencies": zero-decimal currencies are charged in whole units, three-decimal ones in thousandths, all others in hundredths,
 * ISK and UGX, too, which have no coins.
 */
const ZERO_DECIMAL = new Set(['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']);
const THREE_DECIMAL = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** An amount in the currency's smallest unit as a decimal of whole units: 4990 of USD is `49.90`, and `0.5` (half a cent) `0.005`. Null where it is none. */
export function majorUnits(minor: Stated, currency: string | null): string | null {
  const decimal = parseDecimal(minor);
  if (!decimal || currency === null) return null;
  const digits = ZERO_DECIMAL.has(currency) ? 0 : THREE_DECIMAL.has(currency) ? 3 : 2;
  return decimalText({ units: decimal.units, scale: decimal.scale + digits }, digits);
}
