import fc from 'fast-check';
import {
  encodeBooleanArray,
  encodeByteaArray,
  encodeInt2Array,
  encodeInt4Array,
  encodeInt8Array,
  encodeJsonArray,
  encodeTextArray,
  encodeTimestamptzArray,
  encodeUuidArray,
} from '../../src/storage/binaryArrays';
import { createTestDatabase, type TestDatabase } from '../database';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** What PostgreSQL makes of an encoded array. */
async function read(type: string, encoded: Buffer, as = 'item.value'): Promise<unknown[]> {
  const { rows } = await database.owner.query<{ value: unknown }>(
    `select ${as} as value from unnest($1::${type}[]) with ordinality as item (value, at) order by item.at`,
    [encoded],
  );
  return rows.map((row) => row.value);
}

/** Values of a kind, some of them null. */
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(fc.option(arbitrary, { freq: 5 }), { maxLength: 30 });
const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'));
const runs = { numRuns: 40 };

describe('binary arrays arrive in PostgreSQL as what they were', () => {
  it('texts, of any characters', () =>
    fc.assert(
      fc.asyncProperty(some(text), async (values) => expect(await read('text', encodeTextArray(values))).toEqual(values)),
      runs,
    ));

  it('JSON texts', () =>
    fc.assert(
      fc.asyncProperty(some(fc.object({ maxDepth: 2 }).map((value) => JSON.stringify(value))), async (values) =>
        expect(await read('json', encodeJsonArray(values), 'item.value::text')).toEqual(values),
      ),
      runs,
    ));

  it('64-bit integers to their last digit', () =>
    fc.assert(
      fc.asyncProperty(some(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), async (values) =>
        expect(await read('int8', encodeInt8Array(values), 'item.value::text')).toEqual(values.map((value) => value?.toString() ?? null)),
      ),
      runs,
    ));

  it('small integers, booleans and bytes', async () => {
    expect(await read('int2', encodeInt2Array([-32768, null, 32767]))).toEqual([-32768, null, 32767]);
    expect(await read('int4', encodeInt4Array([-(2 ** 31), 0, null]))).toEqual([-(2 ** 31), 0, null]);
    expect(await read('bool', encodeBooleanArray([true, null, false]))).toEqual([true, null, false]);
    expect(await read('bytea', encodeByteaArray([Buffer.from([0, 255]), null, Buffer.alloc(0)]))).toEqual([
      Buffer.from([0, 255]),
      null,
      Buffer.alloc(0),
    ]);
  });

  it('times to the millisecond, from 1970 to 2285', () =>
    fc.assert(
      fc.asyncProperty(some(fc.integer({ min: 0, max: 9_940_000_000_000 })), async (values) => {
        const arrived = await read('timestamptz', encodeTimestamptzArray(values), '(extract(epoch from item.value) * 1000)::int8::text');
        expect(arrived).toEqual(values.map((value) => (value === null ? null : String(value))));
      }),
      runs,
    ));

  it('UUIDs', () =>
    fc.assert(
      fc.asyncProperty(some(fc.uuid()), async (values) => expect(await read('uuid', encodeUuidArray(values))).toEqual(values)),
      runs,
    ));

  it('arrays of nothing', async () => {
    for (const [type, encoded] of [
      ['text', encodeTextArray([])],
      ['int8', encodeInt8Array([])],
      ['bytea', encodeByteaArray([])],
      ['uuid', encodeUuidArray([])],
    ] as const) {
      expect(await read(type, encoded)).toEqual([]);
    }
  });
});
