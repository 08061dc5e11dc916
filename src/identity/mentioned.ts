import { isJsonObject, type Json, type JsonObject } from '../kernel/json';
import { identifierTypeOf } from './identifierType';
import { normaliseEmail } from './normaliseEmail';
import { normalisePhone } from './normalisePhone';
import type { ObservedIdentifier } from './observation';

/** Shorter values that stand alone may be anything: a number of pieces, a year. */
const TELLING_CHARACTERS = 8;
const ADDRESS = /[^\s"'<>()[\]{},;:|\\/=?&]+@[^\s"'<>()[\]{},;:|\\/=?&]+/g;
const NUMBER = /\+?\d[\d\s()./-]{5,24}\d/g;
const ID_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  userId: ['user_id'],
  user_id: ['user_id'],
  anonymousId: ['anonymous_id'],
  anonymous_id: ['anonymous_id'],
  previousId: ['user_id', 'anonymous_id'],
};

/**
 * Whom a JSON value may be about, read more loosely than a message is: what was refused, or written by people, has no form to go by. Ids where messages have
 * them, e-mail addresses and phone numbers anywhere. Hands each on; some more than once.
 */
export function forEachMentioned(json: Json, defaultCountry: string, found: (identifier: ObservedIdentifier) => void): void {
  visit(json, (member, value) => {
    if (isJsonObject(value)) return externalIdIn(value, found);
    const text = String(value);
    for (const type of ID_MEMBERS[member] ?? []) found({ type, value: text });
    addressesIn(text, found);
    numbersIn(text, defaultCountry, found);
  });
}

function addressesIn(text: string, found: (identifier: ObservedIdentifier) => void): void {
  if (!text.includes('@')) return;
  for (const address of text.match(ADDRESS) ?? []) {
    const email = normaliseEmail(address.replace(/[.!]+$/, ''));
    if (email !== null) found({ type: 'email', value: email });
  }
}

function numbersIn(text: string, defaultCountry: string, found: (identifier: ObservedIdentifier) => void): void {
  for (const number of text.match(NUMBER) ?? []) {
    const phone = normalisePhone(number, defaultCountry);
    if (phone !== null) found({ type: 'phone', value: phone });
  }
}

/** Tells whether JSON values mention a customer: as above, or by any value of theirs that is long enough to be nobody else's and stands for itself. */
export class Mentions {
  private readonly names = new Set<string>();
  private readonly values = new Set<string>();

  /** `texts`: of other kinds, such as public ids. */
  constructor(
    identifiers: readonly ObservedIdentifier[],
    texts: readonly string[],
    private readonly defaultCountry: string,
  ) {
    for (const { type, value } of identifiers) {
      this.names.add(`${type}\n${value}`);
      if (value.length >= TELLING_CHARACTERS) this.values.add(value.toLowerCase());
    }
    for (const text of texts) this.values.add(text);
  }

  isIn(json: Json): boolean {
    let isFound = false;
    forEachMentioned(json, this.defaultCountry, ({ type, value }) => {
      isFound ||= this.names.has(`${type}\n${value}`);
    });
    if (!isFound) {
      visit(json, (_, value) => {
        isFound ||= !isJsonObject(value) && this.values.has(String(value).trim().toLowerCase());
      });
    }
    return isFound;
  }
}

/** Every object, text and number, with the name of the member that it is in. */
function visit(json: Json, seen: (member: string, value: JsonObject | string | number) => void, member = ''): void {
  if (typeof json === 'string' || typeof json === 'number') seen(member, json);
  else if (Array.isArray(json)) for (const item of json) visit(item, seen, member);
  else if (isJsonObject(json)) {
    seen(member, json);
    for (const [name, value] of Object.entries(json)) if (value !== undefined) visit(value, seen, name);
  }
}

function externalIdIn({ id, type }: JsonObject, found: (identifier: ObservedIdentifier) => void): void {
  if (typeof type !== 'string' || (typeof id !== 'string' && typeof id !== 'number')) return;
  const name = identifierTypeOf(type);
  if (name !== null) found({ type: name, value: String(id) });
}
