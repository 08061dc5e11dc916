import fc from 'fast-check';
import { normaliseEmail } from '../../src/identity/normaliseEmail';

describe('normaliseEmail', () => {
  it.each([
    ['  Jane.Doe@Example.COM \n', 'jane.doe@example.com'],
    ['jane+news@example.com', 'jane+news@example.com'],
    ['JÜRGEN@MÜLLER.DE', 'jürgen@müller.de'],
    ['ju\u0308rgen@mu\u0308ller.de', 'jürgen@müller.de'],
    ['jürgen@xn--mller-kva.de', 'jürgen@müller.de'],
    ['ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'jane@example.com'],
    ['ΓΙΩΡΓΟΣ@παράδειγμα.gr', 'γιωργος@παράδειγμα.gr'],
    ['user@localhost', 'user@localhost'],
    ["o'neil@example.ie", "o'neil@example.ie"],
  ])('reads %j as %j', (value, expected) => {
    expect(normaliseEmail(value)).toBe(expected);
  });

  it.each([
    '',
    'jane',
    '@example.com',
    'jane@',
    'jane@@example.com',
    'jane doe@example.com',
    'Jane <jane@example.com>',
    'jane@example..com',
    'jane@-example.com',
    'jane@exa_mple.com',
    'jane\u0000@example.com',
    'jane\ud800@example.com',
    'jane\u200b@example.com',
    `${'x'.repeat(65)}@example.com`,
    `jane@${'x'.repeat(250)}.com`,
    'x'.repeat(1_000_000),
  ])('takes %.40j for no address', (value) => {
    expect(normaliseEmail(value)).toBeNull();
  });

  it('gives the same for what it gave', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    const address = fc.oneof(
      fc.tuple(text, fc.domain()).map((parts) => parts.join('@')),
      fc.tuple(text, text).map((parts) => parts.join('@')),
      fc.emailAddress(),
    );
    fc.assert(
      fc.property(address, (value) => {
        const once = normaliseEmail(value);
        return once === null || normaliseEmail(once) === once;
      }),
      { numRuns: 5000 },
    );
  });
});
