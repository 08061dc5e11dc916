import type { InteractionKind } from '../kernel/vocabulary';
import { CARE_PHRASES } from './summary/care';
import { customPhrase } from './summary/custom';
import { MARKETING_PHRASES } from './summary/marketing';
import { plainText } from './summary/plainText';
import { PRODUCT_PHRASES } from './summary/product';
import { SALES_PHRASES } from './summary/sales';
import type { Phrase, Told } from './summary/told';

const PHRASES: Readonly<Record<InteractionKind, Phrase>> = {
  ...MARKETING_PHRASES,
  ...SALES_PHRASES,
  ...PRODUCT_PHRASES,
  ...CARE_PHRASES,
  CUSTOM: customPhrase,
};

const LONGEST_SUMMARY = 240;

/**
 * One line that a person can read, such as "Order 1042 placed, 59.90 EUR, 3 items." Total: never empty, never more than 240
 * characters, without control characters, whatever the properties hold. It says only what the properties say, so masked
 * properties give a masked line.
 */
export function summarise(interaction: Told): string {
  const line = plainText(PHRASES[interaction.kind](interaction), LONGEST_SUMMARY - 1);
  return /[.!?…]”?$/.test(line) ? line : `${line}.`;
}
