import { readFileSync } from 'node:fs';
import { fieldsOf } from '../../../src/identity/matching/fieldsOf';
import { type ColumnSketch, guessRoles } from '../../../src/identity/matching/guessRoles';
import { readField } from '../../../src/identity/matching/readField';

/** A column of these values, each in many records unless it is said to number them. */
function column(name: string, samples: readonly string[], distinct = 400): ColumnSketch {
  return { name, records: 1000, known: 1000, distinct, samples };
}

function guess(...columns: readonly ColumnSketch[]): readonly string[] {
  return guessRoles(columns);
}

const IDS = column('id', ['a1', 'a2'], 1000);

describe('what a column holds', () => {
  it.each([
    ['First Name', 'givenName'],
    ['firstName', 'givenName'],
    ['given_name', 'givenName'],
    ['LAST-NAME', 'surname'],
    ['surname', 'surname'],
    ['middle_name', 'otherNames'],
    ['soc_sec_id', 'nationalId'],
    ['suburb', 'place'],
    ['birth_place', 'place'],
    ['postcode_fake', 'postcode'],
    ['zip', 'postcode'],
    ['state', 'region'],
    ['address_1', 'address'],
    ['street_number', 'streetNumber'],
    ['household_id', 'address'],
    ['mobile_phone', 'phone'],
    ['cluster', 'ignore'],
    ['orig_id', 'ignore'],
    ['updated_at', 'ignore'],
    ['favourite_dish', 'text'],
  ])('is told by its name: %s', (name, use) => {
    expect(guess(column(name, ['one', 'two']))).toEqual([use]);
  });

  it('is told by its values where the name says nothing, or says what they are not', () => {
    expect(guess(column('a', ['x@example.com', 'y@example.org']))).toEqual(['email']);
    expect(guess(column('b', ['+44 20 7946 0018', '020 7946 0018']))).toEqual(['phone']);
    expect(guess(column('c', ['SW1A 2AA', 'tq138df']))).toEqual(['postcode']);
    expect(guess(column('d', ['gold', 'silver'], 2))).toEqual(['category']);
    expect(guess(column('e', ['51.5074', '-0.1278']))).toEqual(['ignore']);
    expect(guess(column('dob', ['blue', 'green']))).toEqual(['text']);
    expect(guess(column('dob', ['1984-04-14', '19840415']))).toEqual(['birthDate']);
  });

  it('is an id only where it is different in every record, and nothing where it is the same in all', () => {
    expect(guess(IDS)).toEqual(['recordId']);
    expect(guess(column('customer_id', ['7', '8'], 300))).toEqual(['ignore']);
    expect(guess(column('tenant', ['x'], 1))).toEqual(['ignore']);
  });

  it('is one given name, one surname, one birth date; more of them are text', () => {
    expect(guess(column('first_name', ['a', 'b']), column('forename', ['c', 'd']))).toEqual(['givenName', 'text']);
  });
});

describe('the fields to compare', () => {
  const fieldsFor = (...columns: readonly ColumnSketch[]) => fieldsOf(columns, guessRoles(columns));

  it('are the parts of a full name, whichever part comes first', () => {
    const [given, surname] = fieldsFor(column('name', ['Ada King Lovelace', 'Alan Turing']));
    expect(readField(given!.origin, ['Ada King Lovelace'])).toBe('ada king');
    expect(readField(surname!.origin, ['Ada King Lovelace'])).toBe('lovelace');
    const [otherGiven, otherSurname] = fieldsFor(column('name', ['Lovelace, Ada', 'Turing, Alan']));
    expect(readField(otherGiven!.origin, ['Lovelace, Ada'])).toBe('Ada');
    expect(readField(otherSurname!.origin, ['Lovelace, Ada'])).toBe('Lovelace');
  });

  it('are the further words of a full name where the names have columns of their own', () => {
    const columns = [column('full_name', ['x']), column('first_name', ['x', 'y']), column('surname', ['x', 'y'])];
    const [rest] = fieldsFor(...columns);
    expect(rest?.role).toBe('otherNames');
    expect(readField(rest!.origin, ['thomas clifford, 1st baron of chudleigh', 'thomas', 'chudleigh'])).toBe('clifford 1st baron of');
  });

  it('are house number and street where an address starts with the number', () => {
    const fields = fieldsFor(column('address', ['12 Oak Street', '7b Mill Lane']));
    expect(fields.map(({ role }) => role)).toEqual(['streetNumber', 'address']);
    expect(fields.map(({ origin }) => readField(origin, ['12 Oak Street']))).toEqual(['12', 'Oak Street']);
    expect(fields.map(({ origin }) => readField(origin, ['The Old Mill']))).toEqual(['', 'The Old Mill']);
  });

  it('leave nothing out in the labelled sets but ids and sources', () => {
    const header = readFileSync('test/fixtures/matching/febrl3/records.csv', 'utf8').split(/\r?\n/, 1)[0]!.split(',');
    const samples: Record<string, string[]> = { date_of_birth: ['19711020'] };
    const fields = fieldsFor(
      ...header.map((name) => column(name, samples[name] ?? ['x', 'y'], name === 'record_id' ? 1000 : name === 'source' ? 1 : 400)),
    );
    expect(fields.map(({ name }) => name)).toEqual(header.slice(2));
  });
});
