import { isBlockedValue } from '../../src/identity/blockedValues';
import { matchesGlob } from '../../src/identity/glob';

describe('isBlockedValue', () => {
  it.each([
    '0',
    '000',
    '-',
    '---',
    '0000-00',
    '00000000-0000-0000-0000-000000000000',
    '-1',
    ' -1 ',
    'null',
    'NULL',
    'Undefined',
    'none',
    'N/A',
    'NaN',
    'anonymous',
    'Guest',
    '[object Object]',
    '',
    '  ',
    `${' '.repeat(600)}null`,
    `0${' '.repeat(600)}`,
    '0'.repeat(600),
  ])('blocks %.30j', (value) => {
    expect(isBlockedValue(value)).toBe(true);
  });

  it.each(['1', '-2', '00-1', 'nullable', 'anonymous@example.com', 'guest42', '00000000-0000-0000-0000-000000000001', 'naN0', 'false'])(
    'lets %j be',
    (value) => {
      expect(isBlockedValue(value)).toBe(false);
    },
  );
});

describe('matchesGlob', () => {
  it.each([
    ['test*', 'test', true],
    ['test*', 'testing@example.com', true],
    ['test*', 'atest', false],
    ['*@example.com', 'a@example.com', true],
    ['*@example.com', 'a@example.com.au', false],
    ['u?', 'u1', true],
    ['u?', 'u', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['', '', true],
    ['.*', 'abc', false],
  ])('%j and %j: %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it('takes no time over a pattern that would trap a regular expression', () => {
    const startedAt = performance.now();
    expect(matchesGlob('*a'.repeat(100), `${'a'.repeat(511)}b`)).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
