import { birthDate } from './comparison/birthDate';
import { category, gender } from './comparison/category';
import { code, phone, shortNumber } from './comparison/code';
import type { Comparison } from './comparison/comparison';
import { email } from './comparison/email';
import { personName } from './comparison/personName';
import { postcode } from './comparison/postcode';
import { addressLine, place, words } from './comparison/words';

/**
 * Whose a value is. A person's own says who somebody is; so does a family's, but relatives have it more often alike than strangers: the son who is named
 * after his father, the birth date of twins; a household's is shared by those who live together; a place's by the neighbours, too.
 * Of what is open nobody knows beforehand; the data has to say.
 */
export type Reach = 'person' | 'family' | 'household' | 'place' | 'open';

interface RoleTraits {
  readonly comparison: Comparison;
  readonly reach: Reach;
  readonly meaning: string;
}

/** What a column may hold, how it is compared, and whose it is. */
export const ROLES = {
  givenName: { comparison: personName, reach: 'family', meaning: 'given name' },
  surname: { comparison: personName, reach: 'household', meaning: 'surname' },
  otherNames: { comparison: words, reach: 'family', meaning: 'further names, titles' },
  birthDate: { comparison: birthDate, reach: 'family', meaning: 'date of birth' },
  nationalId: { comparison: code, reach: 'person', meaning: 'number that stands for one person' },
  email: { comparison: email, reach: 'household', meaning: 'e-mail address' },
  phone: { comparison: phone, reach: 'household', meaning: 'phone number' },
  streetNumber: { comparison: shortNumber, reach: 'household', meaning: 'house number' },
  address: { comparison: addressLine, reach: 'household', meaning: 'street or address line' },
  place: { comparison: place, reach: 'place', meaning: 'town, suburb, place of birth' },
  postcode: { comparison: postcode, reach: 'place', meaning: 'postcode' },
  region: { comparison: category, reach: 'place', meaning: 'state, county, country' },
  gender: { comparison: gender, reach: 'person', meaning: 'gender' },
  category: { comparison: category, reach: 'open', meaning: 'one of a few values' },
  text: { comparison: words, reach: 'open', meaning: 'text' },
} as const satisfies Record<string, RoleTraits>;

export type Role = keyof typeof ROLES;

export function comparisonOf(role: Role): Comparison {
  return ROLES[role].comparison;
}

export function reachOf(role: Role): Reach {
  return ROLES[role].reach;
}

export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}
