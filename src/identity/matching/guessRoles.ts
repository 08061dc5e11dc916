import { readCalendarDate } from './comparison/calendarDate';
import type { Role } from './roles';

/** What a column is for: to be compared in a role, or for something else. */
export type ColumnUse = Role | 'recordId' | 'source' | 'fullName' | 'ignore';

/** What is known of a column before its meaning is. */
export interface ColumnSketch {
  readonly name: string;
  /** How many records there are, how many have a value here, and how many different values there are. */
  readonly records: number;
  readonly known: number;
  readonly distinct: number;
  /** Some of the values. */
  readonly samples: readonly string[];
}

/** Names of columns, in lower case with `_` between words, and what they are for; the first that fits. */
const NAMES: readonly (readonly [RegExp, ColumnUse])[] = [
  [/^(cluster|entity|truth|ground_truth|label|true_match|orig|original)(_id)?$/, 'ignore'],
  [/(^|_)(lat|lng|lon|latitude|longitude)$/, 'ignore'],
  [/^(created|updated|modified|inserted|deleted|last_seen|timestamp|signup|signed_up|registered)(_|$)/, 'ignore'],
  [/^(source|src|source_dataset|dataset|data_source|source_system|system|origin)$/, 'source'],
  [
    /^(ssn|soc_sec_id|social_security.*|sin|nino|nhs.*|national_.*|passport.*|tax_id|tin|medicare.*|id_number|identity_.*|driv.*licen[cs]e.*)$/,
    'nationalId',
  ],
  [/(^|_)(household|family|home)(_(id|no|number|key))?$/, 'address'],
  [/^(record|rec|row|unique|customer|client|contact|user|person|patient|member)?_?(id|uuid|guid|no|number|key)$/, 'recordId'],
  [/(^|_)(gender|sex)$/, 'gender'],
  [/(^|_)(dob|date_of_birth|birth_?da(te|y)|dateofbirth|birth_?year|yob|born|date_birth|geburtsdatum)(_|$)/, 'birthDate'],
  [/(^|_)(middle|other|maiden|second|alias|alternative|nick)_?names?(_|$)|^(title|name_suffix|suffix|alias)$/, 'otherNames'],
  [/first_and_(sur|last)_?name|(^|_)full_?name|^(person|customer|display|contact|complete)?_?name$/, 'fullName'],
  [/(^|_)(given|first|fore|christian)_?names?(_|$)|^(fname|first|given|forename|vorname|prenom)$/, 'givenName'],
  [/(^|_)(sur|last|family)_?names?(_|$)|^(lname|last|surname|nachname)$/, 'surname'],
  [/e_?mail/, 'email'],
  [/(^|_)(phone|telephone|tel|mobile|cell|cellphone|fax)(_|$)|phone/, 'phone'],
  [/(^|_)(post_?code|postal_?code|zip|zip_?code|plz)(_|$)|postcode/, 'postcode'],
  [/(^|_)(street|house|building|civic)_?(number|num|no|nr)$/, 'streetNumber'],
  [/(^|_)(addr|address|street|road|line)(_|\d|$)|address/, 'address'],
  [/(^|_)(suburb|city|town|village|locality|place|municipality|location|birth_?place|birthplace|parish)(_|$)/, 'place'],
  [/(^|_)(state|county|province|region|country|nation|nationality|territory|district)(_|$)/, 'region'],
];

/** Of these a record has one; a further column is compared as text. */
const SINGLE: ReadonlySet<ColumnUse> = new Set([
  'recordId',
  'source',
  'givenName',
  'surname',
  'fullName',
  'birthDate',
  'gender',
  'streetNumber',
]);

/** With fewer different values than this, and each held by many records, a column says what kind, not who. */
const MOST_CATEGORIES = 60;
const LEAST_RECORDS_A_CATEGORY = 5;
/** A column that is different in nearly every record numbers records. */
const NUMBERING_SHARE = 0.98;
const MOST = 0.7;

/**
 * Guesses what each column is for, from its name and then from its values. Columns that are the same, or empty, in all records are left out: they tell
 * nobody from anybody.
 */
export function guessRoles(columns: readonly ColumnSketch[]): readonly ColumnUse[] {
  const taken = new Set<ColumnUse>();
  return columns.map((column) => {
    const use = guessOne(column, taken);
    if (SINGLE.has(use)) taken.add(use);
    return use;
  });
}

function guessOne(column: ColumnSketch, taken: ReadonlySet<ColumnUse>): ColumnUse {
  const byName = NAMES.find(([pattern]) => pattern.test(wordsOfName(column.name)))?.[1];
  if (byName === 'recordId') return isNumbering(column) && !taken.has('recordId') ? 'recordId' : 'ignore';
  if (byName === 'source') return column.distinct <= MOST_CATEGORIES && !taken.has('source') ? 'source' : 'ignore';
  if (byName === 'ignore' || column.distinct <= 1) return 'ignore';
  const guess = byName && fits(byName, column) ? byName : byValues(column);
  return SINGLE.has(guess) && taken.has(guess) ? 'text' : guess;
}

/** 'firstName', 'First Name' and 'FIRST-NAME' are all first_name. */
function wordsOfName(name: string): string {
  const spaced = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
  return spaced.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_|_$/g, '');
}

/** Whether the values allow what the name says. */
function fits(use: ColumnUse, { samples }: ColumnSketch): boolean {
  if (use === 'birthDate') return share(samples, isDate) >= 0.5;
  if (use === 'email') return share(samples, (text) => text.includes('@')) >= 0.5;
  return true;
}

function byValues(column: ColumnSketch): ColumnUse {
  const { samples } = column;
  if (share(samples, (text) => /^\S+@\S+\.\S+$/.test(text.trim())) >= MOST) return 'email';
  if (share(samples, (text) => /^(\+|0)[\d\s().-]{8,20}$/.test(text.trim())) >= MOST) return 'phone';
  if (share(samples, (text) => /^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$/i.test(text.trim())) >= MOST) return 'postcode';
  if (isCategory(column)) return 'category';
  const isMeasure = share(samples, (text) => /^-?\d+\.\d+$/.test(text.trim())) >= MOST;
  return isMeasure || isNumbering(column) || share(samples, isDate) >= MOST ? 'ignore' : 'text';
}

function isDate(text: string): boolean {
  return readCalendarDate(text) !== undefined;
}

function isCategory({ known, distinct }: ColumnSketch): boolean {
  return distinct <= MOST_CATEGORIES && known >= distinct * LEAST_RECORDS_A_CATEGORY;
}

function isNumbering({ records, known, distinct }: ColumnSketch): boolean {
  return known === records && distinct >= NUMBERING_SHARE * records;
}

function share(samples: readonly string[], test: (text: string) => boolean): number {
  if (samples.length === 0) return 0;
  return samples.filter(test).length / samples.length;
}
