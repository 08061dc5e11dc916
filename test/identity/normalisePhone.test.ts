import { normalisePhone } from '../../src/identity/normalisePhone';

describe('normalisePhone', () => {
  it.each([
    ['(202) 555-0143', 'US', '+12025550143'],
    ['+1 202 555 0143', 'DE', '+12025550143'],
    ['0049 30 901820', 'DE', '+4930901820'],
    ['030 901820', 'DE', '+4930901820'],
    ['٠٣٠ ٩٠١٨٢٠', 'DE', '+4930901820'],
    ['+12025550143 ext. 12', 'US', '+12025550143;ext=12'],
    ['+12025550143;ext=12', 'US', '+12025550143;ext=12'],
    ['+1 202 555 0143', 'nowhere', '+12025550143'],
  ])('reads %j, dialled in %s, as %j', (value, country, expected) => {
    expect(normalisePhone(value, country)).toBe(expected);
  });

  it.each([
    ['202 555 0143', 'nowhere'],
    ['call me', 'US'],
    ['12', 'US'],
    ['+999 123', 'US'],
    ['', 'US'],
    ['+1202555\u00000143', 'US'],
    ['my number is 202 555 0143', 'US'],
    ['1'.repeat(100_000), 'US'],
  ])('takes %.40j, dialled in %s, for no number', (value, country) => {
    expect(normalisePhone(value, country)).toBeNull();
  });

  it('keeps countries apart though it remembers', () => {
    expect(normalisePhone('030 901820', 'DE')).toBe('+4930901820');
    expect(normalisePhone('030 901820', 'AT')).not.toBe('+4930901820');
  });
});
