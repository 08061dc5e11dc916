import type { JsonObject } from '../kernel/json';

const FULL_NAME = ['name', 'fullName', 'full_name', 'displayName'];
const FIRST_NAME = ['firstName', 'first_name', 'firstname'];
const LAST_NAME = ['lastName', 'last_name', 'lastname'];
const USERNAME = ['username'];

/** The traits that `displayNameOf` and `languageOf` look at. */
export const NAME_TRAITS: readonly string[] = [...FULL_NAME, ...FIRST_NAME, ...LAST_NAME, ...USERNAME];
export const LANGUAGE_TRAITS: readonly string[] = ['language', 'locale', 'preferredLanguage', 'preferred_language'];

/** The types of identifiers that somebody is called by where no trait says a name, the first of them first. */
export const NAMING_TYPES: readonly string[] = ['email', 'phone', 'user_id'];

/** A name to show for somebody: what they are called, else how they can be reached, else the id that is known of them. */
export function displayNameOf(
  traits: JsonObject,
  identifiers: readonly { readonly type: string; readonly value: string }[],
): string | null {
  const full = text(traits, FULL_NAME);
  if (full) return full;
  const parts = [text(traits, FIRST_NAME), text(traits, LAST_NAME)].filter(Boolean);
  if (parts.length > 0) return parts.join(' ');
  const username = text(traits, USERNAME);
  if (username) return username;
  for (const type of NAMING_TYPES) {
    const identifier = identifiers.find((candidate) => candidate.type === type);
    if (identifier) return identifier.value;
  }
  return null;
}

/** The language a customer is to be spoken to in, as a BCP 47 tag where the source gives one. */
export function languageOf(traits: JsonObject): string | null {
  return text(traits, LANGUAGE_TRAITS);
}

/**
 * What an agent may type to find this person, in lower case, by field: the name and the company. Identifiers are found by themselves.
 * Null where there is nothing to find.
 */
export function searchableName(traits: JsonObject): string | null {
  const name = displayNameOf(traits, []);
  const company = typeof traits.company === 'string' ? traits.company : null;
  const found = [name, company]
    .filter((part) => part !== null)
    .join(' ')
    .toLowerCase()
    .slice(0, 200)
    .trim();
  return found || null;
}

function text(traits: JsonObject, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = Object.hasOwn(traits, key) ? traits[key] : undefined;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return null;
}
