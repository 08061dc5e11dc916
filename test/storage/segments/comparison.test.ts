import fc from 'fast-check';
import { parseJsonExactly } from '../../../src/intake/parseJson';
import type { Json } from '../../../src/kernel/json';
import { compareValue, valueChangesAtMs } from '../../../src/segments/compareValue';
import type { Comparison } from '../../../src/segments/definition';
import { instantOf } from '../../../src/segments/instantOf';
import { comparisonSql, comparisonTurnSql, holdsOfNothing } from '../../../src/storage/segments/comparisonSql';
import { SqlParameters } from '../../../src/storage/segments/sqlParameters';
import { createTestDatabase, type TestDatabase } from '../../database';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const NOW_MS = Date.UTC(2026, 5, 1, 12);
const DAY_MS = 86_400_000;

/** As sources write them. */
const VALUES = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '1',
  '1.0',
  '1.50',
  '1e2',
  '1E+2',
  '100',
  '-7',
  '0.1',
  '0.10000000000000000555',
  '0.30000000000000004',
  '42',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '12345678901234567890',
  '12345678901234567890.0',
  '1e21',
  '1e308',
  '1.7976931348623157e308',
  '1e309',
  '1e999',
  '-1e999',
  '0e999',
  '1e99999',
  '1e-400',
  '1e-99999',
  '5e-324',
  '2e-324',
  '1e-7',
  `0.${'0'.repeat(900)}1`,
  `0.1${'0'.repeat(900)}1`,
  `1${'0'.repeat(400)}`,
  `1${'0'.repeat(400)}.5`,
  '""',
  '"a"',
  '"A"',
  '"ab"',
  '"b"',
  '"1"',
  '"42"',
  '"true"',
  '"null"',
  '"12345678901234567890"',
  '"1e999"',
  '"é"',
  '"e\u0301"',
  '"\uffee"',
  '"😀"',
  '"\\ud83d\\ude00"',
  '"%"',
  '"_"',
  '"a%b"',
  '"\\\\"',
  '"\\""',
  '"2026-06-01"',
  '"2026-06-01T12:00:00Z"',
  '"2026-06-01T12:00:00.001Z"',
  '"2026-06-01T11:59:59.999Z"',
  '"2026-05-02T12:00:00.000Z"',
  '"2026-02-30"',
  '"0001-01-01"',
  '"0000-01-01"',
  '"9999-12-31"',
  '"now"',
  '[]',
  '[1]',
  '[1,"a",null,true]',
  '["a%b"]',
  '[["a"]]',
  '[12345678901234567890,1e999,"x"]',
  '{}',
  '{"a":1}',
  '[{"a":1}]',
  '{"city":{"name":"Ulm"}}',
  ' [ 1 , 2 ] ',
  '" a "',
  '[-0]',
  '[100.0]',
];

const CONSTANTS = [
  '',
  'a',
  'A',
  'b',
  '42',
  'true',
  '%',
  '_',
  '\\',
  '"',
  'é',
  '\uffee',
  '😀',
  '12345678901234567890',
  '1e999',
  'a%b',
  0,
  1,
  1.5,
  42,
  100,
  -7,
  0.1,
  0.1 + 0.2,
  1e21,
  9_007_199_254_740_992,
  5e-324,
  1.7976931348623157e308,
  12345678901234567000,
  true,
  false,
];
const MOMENTS = [
  { atMs: NOW_MS },
  { atMs: Date.UTC(2026, 5, 1) },
  { fromNowMs: 0 },
  { fromNowMs: -30 * DAY_MS },
  { fromNowMs: 3_650 * DAY_MS },
  { fromNowMs: -1 },
  { fromNowMs: 1 },
];

function everyComparison(): Comparison[] {
  const ordering = CONSTANTS.filter((value) => typeof value !== 'boolean');
  return [
    ...CONSTANTS.flatMap((value): Comparison[] => [
      { op: 'eq', value },
      { op: 'neq', value },
      { op: 'contains', value },
    ]),
    ...ordering.flatMap((value) => (['gt', 'gte', 'lt', 'lte'] as const).map((op): Comparison => ({ op, value }))),
    ...ordering.flatMap((value): Comparison[] => (typeof value === 'string' ? [{ op: 'startsWith', value }] : [])),
    { op: 'in', values: ['a', 1, true] },
    { op: 'in', values: [0] },
    { op: 'in', values: [] },
    { op: 'in', values: ['b', '12345678901234567890'] },
    { op: 'exists', value: true },
    { op: 'exists', value: false },
    ...MOMENTS.flatMap((moment): Comparison[] => [
      { op: 'before', moment },
      { op: 'after', moment },
    ]),
  ];
}

/** For each value, written as JSON text or absent, what SQL says of each comparison, and when it turns. */
async function bySql(values: readonly (string | null)[], comparisons: readonly Comparison[], nowMs: number) {
  const parameters = new SqlParameters();
  const list = parameters.add(values, 'text[]');
  const holds = comparisons.map((comparison) => comparisonSql('told.value', comparison, nowMs, parameters));
  const turns = comparisons.map((comparison) => {
    const turn = comparisonTurnSql('told.value', comparison, nowMs, parameters);
    return turn === null ? 'null' : `(extract(epoch from ${turn}) * 1000)::float8`;
  });
  const { rows } = await database.app.query<{ holds: boolean[]; turns: (number | null)[] }>(
    `select array[${holds.join(',\n')}] as holds, array[${turns.join(',\n')}]::float8[] as turns
     from (select json_as_parsed(item.text::json) as value, item.place from unnest(${list}) with ordinality as item (text, place) offset 0) as told order by told.place`,
    parameters.values,
  );
  return rows;
}

const parsed = (text: string | null): Json | undefined => (text === null ? undefined : (parseJsonExactly(text) as Json));

async function expectAgreement(values: readonly (string | null)[], comparisons: readonly Comparison[], nowMs = NOW_MS): Promise<void> {
  const rows = await bySql(values, comparisons, nowMs);
  expect(rows).toHaveLength(values.length);
  const disagreements = rows.flatMap(({ holds, turns }, at) =>
    comparisons.flatMap((comparison, which) => {
      const value = parsed(values[at] as string | null);
      const meant = [compareValue(value, comparison, nowMs), valueChangesAtMs(value, comparison, nowMs)];
      const told = [holds[which], Math.round(turns[which] ?? Infinity)];
      return told[0] === meant[0] && told[1] === meant[1] ? [] : [{ value: values[at], comparison, told, meant }];
    }),
  );
  expect(disagreements).toEqual([]);
}

it('compares every kind of value by every op as memory does', () => expectAgreement([null, ...VALUES], everyComparison()));

it('says of what is absent what it says of no rows', () => {
  for (const comparison of everyComparison()) expect(holdsOfNothing(comparison)).toBe(compareValue(undefined, comparison, NOW_MS));
});

it('reads any JSON as memory does', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.json({ maxDepth: 2 }),
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
          numberText,
        ),
        { minLength: 40, maxLength: 60 },
      ),
      fc.array(comparison, { minLength: 20, maxLength: 30 }),
      async (texts, comparisons) => expectAgreement(texts.map(storable), comparisons),
    ),
    { numRuns: 15 },
  ));

it('reads the same texts as times', async () => {
  const texts = fc.sample(timeText, { numRuns: 3_000, seed: 7 });
  const { rows } = await database.app.query<{ at: string | null }>(
    'select instant_of(said)::text as at from unnest($1::text[]) with ordinality as t (said, place) order by place',
    [texts],
  );
  expect(rows.map(({ at }, index) => [texts[index], at === null ? null : Number(at)])).toEqual(
    texts.map((text) => [text, instantOf(text)]),
  );
  expect(rows.filter(({ at }) => at !== null).length).toBeGreaterThan(30);
});

/** What PostgreSQL can't store is gone before anything is stored. */
function storable(text: string): string {
  return text.replace(/\\u0000|\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g, '\\ufffd').replace(/[\ud800-\udfff]/g, 'x');
}

const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.bigInt({ min: 0n, max: 10n ** 25n }),
    fc.option(fc.stringMatching(/^[0-9]{1,25}$/)),
    fc.option(fc.integer({ min: -420, max: 420 })),
  )
  .map(
    ([sign, whole, fraction, exponent]) =>
      `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : `e${exponent}`}`,
  );

const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({
    op: fc.constantFrom('eq', 'neq', 'contains'),
    value: fc.oneof(fc.string({ maxLength: 2 }), fc.integer({ min: -3, max: 3 }), fc.boolean()),
  }) as fc.Arbitrary<Comparison>,
  fc.record({
    op: fc.constantFrom('gt', 'gte', 'lt', 'lte'),
    value: fc.oneof(fc.string({ maxLength: 2 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
  }) as fc.Arbitrary<Comparison>,
);

const two = fc.oneof(
  fc.nat(99).map((n) => String(n).padStart(2, '0')),
  fc.constantFrom('01', '12', '28', '29', '30', '31', '1', ''),
);
const timeText = fc
  .tuple(
    fc.constantFrom('', '', '', ' '),
    fc.oneof(
      fc.nat(9999).map((n) => String(n).padStart(4, '0')),
      fc.constantFrom('2024', '2025', '1900', '2000', '0000', '0001'),
    ),
    fc.oneof(two, fc.constantFrom('01', '02', '02', '06', '12')),
    fc.oneof(two, fc.constantFrom('01', '15', '28', '29', '30')),
    fc.constantFrom('', '', 'T', ' ', 't', '  '),
    fc.constantFrom(
      '',
      '',
      '00:00',
      '23:59',
      '24:00',
      '12:30:15',
      '12:30:60',
      '12:60',
      '1:00',
      '12:30:15.5',
      '12:30:15.123456789',
      '12:30:15.1234567891',
      '12:30:15.',
      '12:30:15,5',
      '12',
    ),
    fc.constantFrom('', '', 'Z', 'z', '+02:00', '-0530', '+24:00', '+01:60', '+05', ' Z', '\n'),
  )
  .map(([blank, year, month, day, separator, time, zone]) => `${blank}${year}-${month}-${day}${separator}${time}${zone}`);
