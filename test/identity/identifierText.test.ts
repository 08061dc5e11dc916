import { identifierTypeOf, isIdentifierType } from '../../src/identity/identifierType';
import { normaliseIdentifier } from '../../src/identity/normaliseIdentifier';

describe('normaliseIdentifier', () => {
  it('keeps an id as it is but for space around it and the form of its letters', () => {
    expect(normaliseIdentifier('user_id', ' Ab-9007199254740993\t', 'US')).toBe('Ab-9007199254740993');
    expect(normaliseIdentifier('user_id', 'u\u0308', 'US')).toBe('ü');
    expect(normaliseIdentifier('user_id', '__proto__', 'US')).toBe('__proto__');
    expect(normaliseIdentifier('user_id', 'x'.repeat(512), 'US')).toHaveLength(512);
  });

  it.each(['', ' \n', 'a\0b', '\udc00', 'x'.repeat(513), 'x'.repeat(10_000_000)])('takes %.20j for no identifier', (value) => {
    expect(normaliseIdentifier('user_id', value, 'US')).toBeNull();
  });

  it('knows e-mail addresses and phone numbers by their type', () => {
    expect(normaliseIdentifier('email', 'A@B.C', 'US')).toBe('a@b.c');
    expect(normaliseIdentifier('phone', '2025550143', 'US')).toBe('+12025550143');
    expect(normaliseIdentifier('email', 'nobody', 'US')).toBeNull();
  });
});

describe('identifierTypeOf', () => {
  it.each([
    ['user_id', 'user_id'],
    ['zendesk.user_id', 'zendesk.user_id'],
    ['crossDomainId', 'cross_domain_id'],
    ['GA Client-ID', 'ga_client_id'],
    ['ios.idfa', 'ios.idfa'],
    ['__proto__', 'proto'],
    ['*', null],
    ['...', null],
    ['', null],
    ['9lives', null],
    ['x'.repeat(65), null],
  ])('calls %j %j', (name, expected) => {
    expect(identifierTypeOf(name)).toBe(expected);
    if (expected !== null) expect(isIdentifierType(expected)).toBe(true);
  });
});
