import fc from 'fast-check';
import type { JsonObject } from '../../src/kernel/json';
import { MATCH_FIELDS, matchTextsOf } from '../../src/profile/matchTexts';

const named = (row: readonly string[] | undefined) =>
  Object.fromEntries(MATCH_FIELDS.map(({ name }, index) => [name, row?.[index] ?? '']).filter(([, text]) => text !== ''));
const textsOf = (traits: JsonObject) => named(matchTextsOf(traits, [])[0]);

it("reads the traits that Segment reserves, and other systems' spellings of them", () => {
  const address = { street: '12 Analytical Lane', city: 'London', postalCode: 'W1A 1AA', state: 'Greater London' };
  const read = {
    firstName: 'Ada',
    lastName: 'Lovelace',
    birthday: '1985-12-10',
    gender: 'female',
    email: 'ada@example.com',
    phone: '+442071234567',
  };
  expect(textsOf({ ...read, address })).toEqual({ ...read, ...address });
  expect(textsOf({ first_name: 'Ada', last_name: 'Lovelace', date_of_birth: '1985-12-10', zip: 10115, town: 'Berlin' })).toEqual({
    firstName: 'Ada',
    lastName: 'Lovelace',
    birthday: '1985-12-10',
    postalCode: '10115',
    city: 'Berlin',
  });
});

it('takes a full name apart only where its parts are not said', () => {
  expect(textsOf({ name: 'Ada King Lovelace' })).toMatchObject({ firstName: 'ada king', lastName: 'lovelace' });
  expect(textsOf({ name: 'Lovelace, Ada' })).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
  expect(textsOf({ name: 'Countess', firstName: 'Ada' })).toEqual({ firstName: 'Ada' });
});

it('takes an address that is one text as its street', () => {
  expect(textsOf({ address: '12 Analytical Lane, London' })).toEqual({ street: '12 Analytical Lane, London' });
});

it('gives a row for each e-mail address and phone number, the one said last first, a few at most', () => {
  const emails = ['z@x.test', 'a@x.test', 'b@x.test', 'c@x.test'].map((value) => ({ type: 'email', value }));
  const rows = matchTextsOf({ email: 'z@x.test', firstName: 'Ada' }, [
    ...emails,
    { type: 'phone', value: '+441' },
    { type: 'user_id', value: 'u' },
  ]);
  expect(rows.map((row) => named(row)['email'])).toEqual(['z@x.test', 'a@x.test', 'b@x.test']);
  expect(rows.map((row) => named(row)['phone'])).toEqual(['+441', '+441', '+441']);
});

it('has nothing to compare where nothing is said', () => {
  expect(matchTextsOf({}, [{ type: 'user_id', value: 'u' }])).toEqual([]);
  expect(matchTextsOf({ firstName: '  ', lastName: { deep: 'x' }, phone: true, birthday: 'x'.repeat(10_000) }, [])).toEqual([]);
});

it('takes whatever traits there are', () => {
  const keys = fc.constantFrom('firstName', 'name', 'address', 'birthday', 'email', 'phone', '__proto__', 'constructor', 'zip');
  fc.assert(
    fc.property(fc.dictionary(keys, fc.jsonValue()), (traits) => {
      for (const row of matchTextsOf(traits as JsonObject, [])) {
        expect(row).toHaveLength(MATCH_FIELDS.length);
        expect(row.every((text) => typeof text === 'string')).toBe(true);
      }
    }),
  );
});
