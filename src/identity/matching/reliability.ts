import { areSame, differ, type Reliability, type Slot, slotsOf } from './contradiction';
import type { Field } from './field';
import type { Pattern } from './patterns';

/** Pairs counted beforehand as relatives of whom nothing is wrong, so that few pairs prove nothing. */
const PRIOR_PAIRS = 10;

/**
 * Measures which fields may be held against two records of one household. Of relatives, few are twins and few have one name. So where most pairs of one
 * home with different given names have the same birth date, they are not twins, but given names are often wrong; and where most pairs of one home with
 * birth dates a generation apart have the same given name, they are not fathers and sons, but dates are often wrong.
 */
export function measureReliability(fields: readonly Field[], patterns: readonly Pattern[]): Reliability {
  const [homes, surnames] = [slotsOf(fields, ['address', 'phone']), slotsOf(fields, ['surname'])];
  const relatives = patterns.filter(({ levels }) => areSame(homes, levels) && !differ(surnames, levels));
  const [given, born] = [slotsOf(fields, ['givenName']), slotsOf(fields, ['birthDate'])];
  return { givenName: isReliable(relatives, given, born), birthDate: isReliable(relatives, born, given) };
}

/** Whether most of those that differ in one thing differ in the other, too. */
function isReliable(relatives: readonly Pattern[], field: readonly Slot[], check: readonly Slot[]): boolean {
  let [different, alike] = [PRIOR_PAIRS, 0];
  for (const { levels, count } of relatives) {
    if (!differ(field, levels)) continue;
    if (areSame(check, levels)) alike += count;
    else if (differ(check, levels)) different += count;
  }
  return alike <= different;
}
