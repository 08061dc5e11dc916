const TYPE = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*$/;
const MAX_TYPE_LENGTH = 64;
const CASE_CHANGE = /([a-z0-9])([A-Z])/g;
const SEPARATORS = /[^a-z0-9.]+/g;

/** Whether this is the name of an identifier type as rules and records write it: lower snake case, dots between its parts. */
export function isIdentifierType(name: string): boolean {
  return name.length <= MAX_TYPE_LENGTH && TYPE.test(name);
}

/** A source's own name for a type, as we write it (`crossDomainId` and `Cross-Domain ID` are `cross_domain_id`); null where nothing usable is left. */
export function identifierTypeOf(name: string): string | null {
  if (isIdentifierType(name)) return name;
  if (name.length > 2 * MAX_TYPE_LENGTH) return null;
  const type = name
    .replace(CASE_CHANGE, '$1_$2')
    .toLowerCase()
    .replace(SEPARATORS, '_')
    .replace(/^_+|_+$/g, '');
  return isIdentifierType(type) ? type : null;
}
