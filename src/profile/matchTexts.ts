import type { Field } from '../identity/matching/field';
import { splitName } from '../identity/matching/readField';
import type { Role } from '../identity/matching/roles';
import { isJsonObject, type Json, type JsonObject } from '../kernel/json';

/** What profiles are compared by, each under the name of the trait that Segment reserves for it. */
const COLUMNS = [
  ['firstName', 'givenName'],
  ['lastName', 'surname'],
  ['birthday', 'birthDate'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['street', 'address'],
  ['postalCode', 'postcode'],
  ['city', 'place'],
  ['state', 'region'],
  ['gender', 'gender'],
] as const satisfies readonly (readonly [string, Role])[];

type Column = (typeof COLUMNS)[number][0];

export const MATCH_FIELDS: readonly Field[] = COLUMNS.map(([name, role], column) => ({ name, role, origin: { kind: 'whole', column } }));

/** Under which keys sources write it; the first that is there counts. */
const KEYS: Readonly<Record<Exclude<Column, 'email' | 'phone'>, readonly string[]>> = {
  firstName: ['firstName', 'first_name', 'firstname', 'givenName', 'given_name'],
  lastName: ['lastName', 'last_name', 'lastname', 'surname', 'familyName', 'family_name'],
  birthday: ['birthday', 'birthDate', 'birth_date', 'birthdate', 'dateOfBirth', 'date_of_birth', 'dob'],
  street: ['street', 'streetAddress', 'street_address', 'address1', 'line1'],
  postalCode: ['postalCode', 'postal_code', 'postcode', 'zip', 'zipcode', 'zipCode'],
  city: ['city', 'town'],
  state: ['state', 'region', 'province'],
  gender: ['gender', 'sex'],
};
const FULL_NAME = ['name', 'fullName', 'full_name', 'displayName'];

/** Longer texts are no names or addresses. */
const MOST_CHARACTERS = 200;
/** A profile is compared with so many of its e-mail addresses and phone numbers. */
const MOST_EMAILS = 3;
const MOST_PHONES = 2;

export interface MatchIdentifier {
  readonly type: string;
  readonly value: string;
}

/**
 * A profile as it is compared: its texts in the order of `MATCH_FIELDS`, empty where nothing is known; one row for each combination of its e-mail
 * addresses and phone numbers, the first with those of its traits. None where it says nothing at all.
 */
export function matchTextsOf(traits: JsonObject, identifiers: readonly MatchIdentifier[]): readonly (readonly string[])[] {
  const address = traits['address'];
  const places = isJsonObject(address) ? [address, traits] : [traits];
  const texts = Object.fromEntries(Object.entries(KEYS).map(([column, keys]) => [column, firstText(places, keys)])) as Record<
    Column,
    string
  >;
  if (texts.firstName === '' && texts.lastName === '') Object.assign(texts, namesIn(firstText([traits], FULL_NAME)));
  if (texts.street === '') texts.street = textOf(address);
  const emails = valuesOf('email', traits, identifiers).slice(0, MOST_EMAILS);
  const phones = valuesOf('phone', traits, identifiers).slice(0, MOST_PHONES);
  const rows = emails.flatMap((email) => phones.map((phone) => rowOf({ ...texts, email, phone })));
  return rows.filter((row) => row.some((text) => text !== ''));
}

function rowOf(texts: Readonly<Record<Column, string>>): readonly string[] {
  return COLUMNS.map(([column]) => texts[column]);
}

function namesIn(fullName: string): { readonly firstName: string; readonly lastName: string } {
  const { given, surname } = splitName(fullName, fullName.includes(','));
  return { firstName: given, lastName: surname };
}

function valuesOf(type: 'email' | 'phone', traits: JsonObject, identifiers: readonly MatchIdentifier[]): readonly string[] {
  const held = identifiers.filter((identifier) => identifier.type === type).map(({ value }) => value);
  const values = [...new Set([firstText([traits], [type]), ...held.sort()])].filter((value) => value !== '');
  return values.length > 0 ? values : [''];
}

function firstText(objects: readonly JsonObject[], keys: readonly string[]): string {
  for (const object of objects) {
    for (const key of keys) {
      const text = textOf(object[key]);
      if (text !== '') return text;
    }
  }
  return '';
}

function textOf(value: Json | undefined): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.length > MOST_CHARACTERS) return '';
  return value.trim();
}
