import type { Json } from '../kernel/json';
import { asksForPersonal } from '../segments/asksForPersonal';
import type { ComputedTrait } from '../segments/computedTrait';
import { parseDefinition } from '../segments/parseDefinition';
import { maskLine } from './masking';

/**
 * How the reason of a membership is told to who may not see personal values: words show the constants of a definition, and where these are compared with personal
 * values, or nobody can tell whether they are, nothing is shown of them.
 */
export function maskedReasonOf(definition: Json, traits: readonly Pick<ComputedTrait, 'key' | 'definition'>[]): (reason: string) => string {
  return isPersonal(definition, traits) ? () => 'meets the definition' : maskLine;
}

function isPersonal(definition: Json, traits: readonly Pick<ComputedTrait, 'key' | 'definition'>[]): boolean {
  try {
    return asksForPersonal(parseDefinition(definition), traits);
  } catch {
    return true;
  }
}
