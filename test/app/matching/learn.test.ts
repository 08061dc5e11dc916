import { Chance } from '../../../bench/matching/chance';
import { customers } from '../../../bench/matching/registers';
import type { TrainingRecord } from '../../../src/app/matching/comparableProfile';
import { learn } from '../../../src/app/matching/learn';

// A model is estimated in earnest.
jest.setTimeout(120_000);

const PEOPLE = 600;

/** Made-up customers, of whom each is once in the first source and most are in the second, with a letter wrong in the surname there. */
function inTwoSources(): TrainingRecord[] {
  const people = new Map(customers(3 * PEOPLE, new Chance(7)).rows.map(({ person, values }) => [person, values]));
  return [...people.values()].slice(0, PEOPLE).flatMap((values, index) => {
    const once = aRecord(values, 1);
    return index % 3 === 0 ? [once] : [once, aRecord(values.with(1, `${values[1]}x`), 2)];
  });
}

function aRecord(
  [first = '', last = '', house = '', street = '', city = '', zip = '', dob = '', mail = '', phone = '']: readonly string[],
  sourceId: number,
): TrainingRecord {
  return { texts: [first, last, dob, mail, phone, `${house} ${street}`, zip, city, '', ''], sourceIds: [sourceId] };
}

it('finds that two sources hold nobody twice where only records of different ones match', () => {
  expect(learn(inTwoSources()).soleSourceIds).toEqual([1, 2]);
});

it('finds that a source holds people twice where its own records match', () => {
  const records = inTwoSources();
  const twice = records.filter(({ sourceIds }) => sourceIds.includes(2)).slice(0, 30);
  expect(learn([...records, ...twice]).soleSourceIds).toEqual([1]);
});

it('takes nothing for granted of a single source', () => {
  const records = inTwoSources().map((record) => ({ ...record, sourceIds: [1] }));
  expect(learn(records).soleSourceIds).toEqual([]);
});
