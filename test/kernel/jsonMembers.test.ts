import fc from 'fast-check';
import { jsonMembers } from '../../src/kernel/jsonMembers';

const anObject = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }));
const written = fc.record({ object: anObject, indent: fc.constantFrom(0, 1, '\t') });

it('leaves of any object the members that are wanted, as they are', () => {
  fc.assert(
    fc.property(written, fc.array(fc.nat(20)), ({ object, indent }, places) => {
      const names = Object.keys(object);
      const wanted = new Set(['nobody has this', ...places.flatMap((place) => names[place] ?? [])]);
      const expected = Object.entries(JSON.parse(JSON.stringify(object))).filter(([name]) => wanted.has(name));
      expect(Object.entries(JSON.parse(jsonMembers(JSON.stringify(object, null, indent), wanted)))).toEqual(expected);
    }),
    { numRuns: 1_000 },
  );
});

it.each([
  ['{}', '{}'],
  ['{"b": {"a": 1}, "c": ["a", {"a": 2}]}', '{}'],
  [String.raw`{"x": "a\": 1, \"a", "\u0061": [1, "}"] , "z": "\\"}`, String.raw`{"\u0061": [1, "}"] }`],
  ['{"a":-1e3,"b":true}', '{"a":-1e3}'],
  ['{"a":1,"b":2,"a":3}', '{"a":1,"a":3}'],
])('of %s is %s', (text, expected) => expect(jsonMembers(text, new Set(['a']))).toBe(expected));
