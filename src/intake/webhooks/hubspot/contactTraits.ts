import type { Json, JsonObject } from '../../../kernel/json';

/** HubSpot's names for the well-known traits; any other property is a trait under its own name. */
const TRAIT_OF: Readonly<Record<string, string>> = {
  firstname: 'firstName',
  lastname: 'lastName',
  jobtitle: 'title',
  mobilephone: 'mobilePhone',
  hs_language: 'language',
  zip: 'postalCode',
};

/** A property as a trait; an emptied one is null. */
export function traitOf(name: string, value: Json | undefined): readonly [string, Json] {
  const trait = Object.hasOwn(TRAIT_OF, name) ? (TRAIT_OF[name] as string) : name;
  return [trait, value === '' || value === undefined ? null : value];
}

/** The addresses beside the first one, separated by semicolons. */
export function otherAddresses(value: Json | undefined): readonly (readonly [string, string])[] {
  if (typeof value !== 'string') return [];
  return value
    .split(';')
    .filter((address) => address.trim() !== '')
    .map((address) => ['email', address.trim()] as const);
}

/** Of a whole contact: not what HubSpot itself counts and computes, and not what is empty. */
export function traitsOf(properties: JsonObject): JsonObject {
  const own = Object.entries(properties).filter(([name]) => !COMPUTED.test(name));
  return Object.fromEntries(own.map(([name, value]) => traitOf(name, value)).filter(([, value]) => value !== null));
}

const COMPUTED = /^(?:hs_(?!language$)|hubspot_|num_|currentlyinworkflow$|associatedcompanyid$|createdate$|lastmodifieddate$)/;
