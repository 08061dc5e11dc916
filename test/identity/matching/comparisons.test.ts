import fc from 'fast-check';
import { levelsOfAnyTwo } from '../../../src/identity/matching/anyTwoPeople';
import { comparisonOf, ROLES, type Role } from '../../../src/identity/matching/roles';

const ALL_ROLES = Object.keys(ROLES) as Role[];

function levelName(role: Role, one: string, other: string): string | undefined {
  const comparison = comparisonOf(role);
  const [value, otherValue] = [comparison.prepare(one), comparison.prepare(other)];
  return value && otherValue && comparison.levels[comparison.level(value, otherValue)];
}

describe('a comparison', () => {
  it.each(ALL_ROLES)('of %s has as many expectations as levels, which add up to one', (role) => {
    const { levels, expected, firstDifferent } = comparisonOf(role);
    expect(expected).toHaveLength(levels.length);
    expect(levelsOfAnyTwo(role)).toHaveLength(levels.length);
    for (const shares of [expected, levelsOfAnyTwo(role)]) expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(firstDifferent).toBeGreaterThan(0);
    expect(firstDifferent).toBeLessThan(levels.length);
  });

  it.each(ALL_ROLES)('of %s is symmetric, and finds values the same only if they are', (role) => {
    const comparison = comparisonOf(role);
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 9 }).map((list) => list.join(''));
    const date = fc.tuple(fc.integer({ min: 1900, max: 1990 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }));
    const name = fc.constantFrom(
      'john',
      'jon',
      'johnny',
      'mary',
      'ann marie',
      'j',
      'smith',
      'smyth',
      'van der berg',
      'james james hall',
      'james hall street',
      'halls james hall',
    );
    const text = fc.oneof(
      fc.string({ maxLength: 12 }),
      name,
      digits,
      date.map((parts) => parts.join('-')),
      name.map((part) => `${part}@example.com`),
    );
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [value, otherValue] = [comparison.prepare(one), comparison.prepare(other)];
        if (!value || !otherValue) return;
        const level = comparison.level(value, otherValue);
        expect(comparison.level(otherValue, value)).toBe(level);
        expect(level === 0).toBe(value.text === otherValue.text);
        expect(comparison.levels[level]).toBeDefined();
      }),
    );
  });

  it.each<[Role, string, string, string]>([
    ['givenName', 'Dr. William', 'william', 'same'],
    ['givenName', 'Bill', 'William', 'another form of it, or a part in common'],
    ['givenName', 'Anne Marie', 'Marie', 'another form of it, or a part in common'],
    ['givenName', 'Jonathon', 'Jonathan', 'another form of it, or a part in common'],
    ['surname', 'Shackleton', 'Shackelton', 'one slip'],
    ['givenName', 'J', 'John', 'only an initial'],
    ['givenName', 'Mary', 'Susan', 'different'],
    ['birthDate', '1984-04-14', '14/04/1984', 'same day'],
    ['birthDate', '19840414', '1984-04-14', 'same day'],
    ['birthDate', '1984-04-14', '1948-04-14', 'one slip'],
    ['birthDate', '1984-03-04', '1984-04-03', 'one slip'],
    ['birthDate', '1984-01-01', '1984-07-23', 'only the year known'],
    ['birthDate', '1984', '1984-07-23', 'only the year known'],
    ['birthDate', '1984-04-14', '1984-05-25', 'near, or two slips'],
    ['birthDate', '1984-04-14', '1986-11-30', 'years apart'],
    ['birthDate', '1984-04-14', '1957-11-30', 'a generation apart'],
    ['email', 'Ada@Example.com', 'ada@example.com', 'same'],
    ['email', 'ada.l@example.com', 'ada.l@example.org', 'same name at another domain'],
    ['email', 'ada.lovelace@example.com', 'ada.lovelcae@example.com', 'one or two slips'],
    ['phone', '+44 7911 123456', '07911 123456', 'same'],
    ['phone', '07911 123456', '07911 123465', 'one slip'],
    ['postcode', 'TQ13 8DF', 'tq138df', 'same'],
    ['postcode', 'TQ13 8DF', 'TQ13 8HU', 'same district'],
    ['postcode', 'TQ13 8DF', 'TQ9 1AA', 'same area'],
    ['address', '12 Oak Street', '12 oak st', 'same'],
    ['address', 'brewste r place', 'brewster place', 'slips'],
    ['nationalId', '727-70-1', '72770l', 'one slip'],
    ['gender', 'F', 'female', 'same'],
  ])('of %s says of %s and %s: %s', (role, one, other, level) => {
    expect(levelName(role, one, other)).toBe(level);
  });

  it.each<[Role, string]>([
    ['givenName', 'unknown'],
    ['phone', '000000000'],
    ['nationalId', '-1'],
    ['birthDate', 'yesterday'],
    ['email', 'none'],
  ])('of %s takes "%s" for no value', (role, text) => {
    expect(comparisonOf(role).prepare(text)).toBeUndefined();
  });
});
