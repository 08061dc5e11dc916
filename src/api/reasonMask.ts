import type { Json } from '../kernel/json';
import { asksForPersonal } from '../segments/asksForPersonal';
import { parseDefinition } from '../segments/parseDefinition';
import { maskLine } from './masking';

/**
 * How the reasons of a segment's members are masked. Words show the constants of its definition; where these are personal, or nobody can tell whether they are,
 * nothing is shown of them.
 */
export function reasonMask(definition: Json): (reason: string) => string {
  return isPersonal(definition) ? () => 'meets the definition' : maskLine;
}

function isPersonal(definition: Json): boolean {
  try {
    return asksForPersonal(parseDefinition(definition));
  } catch {
    return true;
  }
}
