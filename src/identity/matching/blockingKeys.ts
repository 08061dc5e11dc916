import type { FieldValue } from './comparison/comparison';
import type { Field } from './field';
import { hashBoth, hashText } from './hash';
import type { Role } from './roles';
import { soundex } from './text/soundex';

/** What of a value goes into a key. */
type Part = 'whole' | 'sound' | 'start' | 'year' | 'monthDay' | 'yearMonth' | 'name' | 'district' | 'longWord';

type RulePart = readonly [Role, Part];

/**
 * Two records are compared when they agree on all parts of one rule. Many rules, each of which forgives other mistakes: a pair is missed only
 * when every rule meets one. The sharpest first; a pair belongs to the first rule that finds it.
 */
const RULES: readonly (readonly RulePart[])[] = [
  [['nationalId', 'whole']],
  [['email', 'whole']],
  [['phone', 'whole']],
  [
    ['givenName', 'whole'],
    ['surname', 'whole'],
    ['birthDate', 'year'],
  ],
  [
    ['birthDate', 'whole'],
    ['surname', 'sound'],
  ],
  [
    ['birthDate', 'whole'],
    ['givenName', 'sound'],
  ],
  [
    ['birthDate', 'whole'],
    ['postcode', 'whole'],
  ],
  [
    ['birthDate', 'whole'],
    ['place', 'whole'],
  ],
  [
    ['birthDate', 'whole'],
    ['address', 'longWord'],
  ],
  [['email', 'name']],
  [
    ['surname', 'whole'],
    ['postcode', 'whole'],
  ],
  [
    ['givenName', 'whole'],
    ['postcode', 'whole'],
  ],
  [
    ['address', 'whole'],
    ['streetNumber', 'whole'],
  ],
  [
    ['address', 'longWord'],
    ['surname', 'sound'],
  ],
  [
    ['address', 'longWord'],
    ['givenName', 'sound'],
  ],
  [
    ['birthDate', 'monthDay'],
    ['surname', 'sound'],
  ],
  [
    ['birthDate', 'monthDay'],
    ['givenName', 'sound'],
  ],
  [
    ['birthDate', 'yearMonth'],
    ['surname', 'sound'],
  ],
  [
    ['birthDate', 'yearMonth'],
    ['givenName', 'sound'],
  ],
  [
    ['birthDate', 'year'],
    ['surname', 'whole'],
  ],
  [
    ['birthDate', 'year'],
    ['givenName', 'sound'],
    ['surname', 'start'],
  ],
  [
    ['birthDate', 'year'],
    ['postcode', 'district'],
  ],
  [
    ['givenName', 'whole'],
    ['surname', 'whole'],
  ],
  [
    ['givenName', 'sound'],
    ['surname', 'sound'],
    ['place', 'whole'],
  ],
  [
    ['givenName', 'sound'],
    ['surname', 'sound'],
    ['postcode', 'district'],
  ],
  [
    ['givenName', 'start'],
    ['surname', 'sound'],
  ],
  [
    ['surname', 'whole'],
    ['place', 'whole'],
  ],
  [
    ['givenName', 'whole'],
    ['place', 'whole'],
  ],
  [
    ['postcode', 'whole'],
    ['streetNumber', 'whole'],
  ],
  [
    ['otherNames', 'longWord'],
    ['givenName', 'sound'],
  ],
  [
    ['otherNames', 'longWord'],
    ['birthDate', 'year'],
  ],
  [
    ['text', 'whole'],
    ['surname', 'sound'],
  ],
  [
    ['text', 'whole'],
    ['givenName', 'whole'],
  ],
  [['text', 'whole']],
  [['address', 'whole']],
  [['birthDate', 'whole']],
  [['postcode', 'whole']],
  [['surname', 'whole']],
];

/** A rule as it applies to some fields: each part with the number of its field. */
export interface BlockingRule {
  readonly name: string;
  readonly parts: readonly { readonly field: number; readonly part: Part }[];
  /** Given name and surname are one part together, whichever is which. */
  readonly anyNameOrder: boolean;
}

/** The rules that the fields allow; of several fields of a role each gives a rule. */
export function blockingRulesFor(fields: readonly Field[]): readonly BlockingRule[] {
  return RULES.flatMap((rule) => ruleInstances(rule, fields));
}

function ruleInstances(rule: readonly RulePart[], fields: readonly Field[]): BlockingRule[] {
  let instances: BlockingRule['parts'][] = [[]];
  for (const [role, part] of rule) {
    const holders = fields.flatMap((field, index) => (field.role === role ? [index] : []));
    instances = instances.flatMap((parts) => holders.map((field) => [...parts, { field, part }]));
  }
  const anyNameOrder = hasBothNames(rule);
  return instances.map((parts) => ({
    name: parts.map(({ field, part }) => `${(fields[field] as Field).name}${part === 'whole' ? '' : ` (${part})`}`).join(' + '),
    parts,
    anyNameOrder,
  }));
}

/** The same part of both names: then swapped names give the same key. */
function hasBothNames(rule: readonly RulePart[]): boolean {
  const given = rule.find(([role]) => role === 'givenName');
  const surname = rule.find(([role]) => role === 'surname');
  return given !== undefined && surname !== undefined && given[1] === surname[1];
}

/** Stands for no key: a part is missing. */
export const NO_KEY = 0;

/** The hash of the part of a value that goes into a key; NO_KEY where the value has no such part. */
export function hashOfPart(value: FieldValue, part: Part): number {
  const text = keyPart(value, part);
  return text === undefined || text === '' ? NO_KEY : hashText(text);
}

/** One key of a rule's part hashes, in the rule's order; NO_KEY where one is missing. */
export function combineParts(hashes: Int32Array, { anyNameOrder }: BlockingRule): number {
  let key = 17;
  for (const hash of hashes) {
    if (hash === NO_KEY) return NO_KEY;
    key = hashBoth(key, hash);
  }
  if (!anyNameOrder) return key;
  const [first, second, ...rest] = hashes as unknown as [number, number, ...number[]];
  return rest.reduce(hashBoth, hashBoth(Math.min(first, second), Math.max(first, second)));
}

/**
 * The keys of one record: records that share one are worth comparing. `values` has the record's value of each field, undefined where it has none. The same
 * keys as the bulk run makes; how many records of a block are too many is for the caller to say.
 */
export function blockingKeys(rules: readonly BlockingRule[], values: readonly (FieldValue | undefined)[]): readonly string[] {
  return rules.flatMap((rule, index) => {
    const hashes = Int32Array.from(rule.parts, ({ field, part }) => {
      const value = values[field];
      return value ? hashOfPart(value, part) : NO_KEY;
    });
    const key = combineParts(hashes, rule);
    return key === NO_KEY ? [] : [`${index}:${(key >>> 0).toString(36)}`];
  });
}

function keyPart(value: FieldValue, part: Part): string | undefined {
  switch (part) {
    case 'whole':
      return value.text;
    case 'sound':
      return soundex(value.words[0] ?? value.text);
    case 'start':
      return value.text.slice(0, 3);
    case 'name':
      return value.words[0];
    case 'district':
      return value.words[0];
    case 'longWord':
      return longestWord(value.words);
    default:
      return datePart(value, part);
  }
}

function datePart({ text, date }: FieldValue, part: 'year' | 'monthDay' | 'yearMonth'): string | undefined {
  if (!date) return undefined;
  if (part === 'year') return text.slice(0, 4);
  if (part === 'yearMonth') return date.month === 0 ? undefined : text.slice(0, 6);
  return date.month <= 1 && date.day <= 1 ? undefined : text.slice(4);
}

function longestWord(words: readonly string[]): string | undefined {
  let longest: string | undefined;
  for (const word of words) {
    if (word.length >= 4 && word.length > (longest?.length ?? 0)) longest = word;
  }
  return longest;
}
