import fc from 'fast-check';
import { isoText } from '../../src/api/isoText';
import { RawJson, stringifyAnswer } from '../../src/api/rawJson';
import { parseTimestampText } from '../../src/storage/timestampText';

it('writes every time as Date does', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (date) => expect(isoText(date.getTime())).toBe(date.toISOString())),
    { numRuns: 2_000 },
  );
});

it.each([
  ['2026-11-22 18:57:29.188+00', '2026-11-22T18:57:29.188Z'],
  ['2026-11-22 18:57:29+00', '2026-11-22T18:57:29.000Z'],
  ['2026-11-22 18:57:29.1+00', '2026-11-22T18:57:29.100Z'],
  ['2026-11-22 18:57:29.05+00', '2026-11-22T18:57:29.050Z'],
  ['1970-01-01 00:00:00.000999+00', '1970-01-01T00:00:00.000Z'],
  ['9999-12-31 23:59:59.999+00', '9999-12-31T23:59:59.999Z'],
])('reads %s as %s', (text, iso) => expect(new Date(parseTimestampText(text)).toISOString()).toBe(iso));

it('puts stored JSON into an answer as it is, wherever and however often it stands', () => {
  const answer = {
    a: new RawJson('{"big": 9007199254740993}'),
    list: [new RawJson('[]'), 1, { b: new RawJson('"x"') }],
    text: '"quoted"',
    none: undefined,
  };
  expect(stringifyAnswer(answer)).toBe('{"a":{"big": 9007199254740993},"list":[[],1,{"b":"x"}],"text":"\\"quoted\\""}');
  expect(stringifyAnswer({ a: 1 })).toBe('{"a":1}');
});

it('writes the same as JSON.stringify does for what was parsed', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (values) => {
      const raw = values.map((value) => new RawJson(JSON.stringify(value)));
      expect(JSON.parse(stringifyAnswer({ raw, values }))).toEqual({
        raw: JSON.parse(JSON.stringify(values)),
        values: JSON.parse(JSON.stringify(values)),
      });
    }),
  );
});
