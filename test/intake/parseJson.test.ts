import fc from 'fast-check';
import { parseJson, parseJsonExactly } from '../../src/intake/parseJson';

describe('parseJson', () => {
  it.each([
    ['a NUL', '"a\\u0000b"', 'a\ufffdb'],
    ['a lone high surrogate', '"a\\ud83db"', 'a\ufffdb'],
    ['a lone low surrogate', '"\\uDE00"', '\ufffd'],
    ['two high surrogates before a low one', '"\\ud83d\\ud83d\\ude00"', '\ufffd😀'],
    ['surrogates in the wrong order', '"\\ude00\\ud83d"', '\ufffd\ufffd'],
    ['a proper pair', '"\\ud83d\\uDE00"', '😀'],
    ['an escaped backslash before what looks like a NUL', '"\\\\u0000"', '\\u0000'],
    ['a harmless escape beside a bad one', '"\\u00e9\\u0000\\n"', 'é\ufffd\n'],
  ])('makes text with %s storable', (_name, json, text) => {
    expect(parseJson(json)).toBe(text);
    expect(parseJsonExactly(json)).toBe(text);
  });

  it('makes keys storable as well', () => {
    expect(parseJson('{"a\\u0000":1,"\\ud800":2}')).toEqual({ 'a\ufffd': 1, '\ufffd': 2 });
  });

  it('keeps __proto__ as a plain key and leaves every other object alone', () => {
    const parsed = parseJson('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as object;
    expect(Object.keys(parsed)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each(['', '{', '{"a":1,}', 'nope', '"\u0000"', "{'a':1}", '01', '[1]x'])('refuses %j, which is no JSON', (text) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'BODY_NOT_JSON' }));
  });

  it('refuses a large body that is nothing but brackets before it is parsed', () => {
    expect(() => parseJson('['.repeat(1_000_000))).toThrow(expect.objectContaining({ code: 'BODY_TOO_DEEP' }));
  });

  it('does not take brackets inside strings for nesting', () => {
    const text = JSON.stringify({ a: '[{"'.repeat(40_000) });
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });
});

describe('parseJsonExactly', () => {
  it.each([
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['9007199254740991', 9007199254740991],
    ['1234567890123456', 1234567890123456],
    ['1e400', '1e400'],
    ['-1.5E+999', '-1.5E+999'],
    ['1e20', 1e20],
    ['0.12345678901234567890', 0.12345678901234568],
    ['1234567890123456789.5', Number('1234567890123456789.5')],
  ])('reads %s as %j', (json, value) => {
    expect(parseJsonExactly(json)).toBe(value);
    expect(parseJsonExactly(`{"a": [ ${json} , "x"] }`)).toEqual({ a: [value, 'x'] });
  });

  it('leaves digits inside strings alone', () => {
    const text = '{"9007199254740993":"a \\" 9007199254740993, 9007199254740993","b":[9007199254740993]}';
    expect(parseJsonExactly(text)).toEqual({ '9007199254740993': 'a " 9007199254740993, 9007199254740993', b: ['9007199254740993'] });
  });

  it('reads a string of two megabytes of escapes', () => {
    const text = JSON.stringify(['\\"'.repeat(500_000)]);
    expect(parseJsonExactly(text)).toEqual(JSON.parse(text));
  });

  it('reads every JSON as JSON.parse does, but for numbers that a double does not hold', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'grapheme' }), (text) => {
        const plain = JSON.stringify(JSON.parse(text));
        expect(parseJsonExactly(plain)).toEqual(JSON.parse(plain, (_key, value) => (isInexact(value) ? String(value) : value)));
      }),
    );
  });
});

const isInexact = (value: unknown): boolean => Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(String(value));
