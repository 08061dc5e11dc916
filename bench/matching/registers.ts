import type { Chance } from './chance';
import type { DataSet, LabelledRow } from './dataSet';
import { dateSlip, slip } from './mistakes';
import { aCountry, aDate, type Country, GIVEN_MEN, GIVEN_WOMEN } from './people';

/** Two registers of the same people, each person at most once in each: given name, surname, street, postcode, birth date, number. */
export function twoRegisters(records: number, chance: Chance): DataSet {
  const country = aCountry(chance);
  const rows: LabelledRow[] = [];
  for (let person = 0; rows.length < records; person++) {
    const values = aPerson(country, chance);
    const place = chance.between(0, 9);
    if (place !== 0) rows.push({ person: `p${person}`, values: ['a', ...values] });
    if (place !== 1) rows.push({ person: `p${person}`, values: ['b', ...worn(values, chance)] });
  }
  return {
    header: ['source', 'given_name', 'surname', 'street_number', 'address_1', 'suburb', 'postcode', 'date_of_birth', 'soc_sec_id'],
    rows: chance.shuffle(rows.slice(0, records)),
  };
}

/** Customers of one shop, each with one to four records: the plain case, made to any size. */
export function customers(records: number, chance: Chance): DataSet {
  const country = aCountry(chance);
  const rows: LabelledRow[] = [];
  for (let person = 0; rows.length < records; person++) {
    const [given = '', surname = '', ...rest] = aPerson(country, chance);
    const email = `${given}.${surname}${chance.between(1, 9999)}@${chance.oneOf(['example.com', 'example.org', 'example.net'])}`;
    const phone = `04${chance.digits(8)}`;
    const copies = chance.zipf([1, 2, 3, 4]);
    for (let copy = 0; copy < copies && rows.length < records; copy++) {
      const values = [given, surname, ...rest.slice(0, 5), email, phone];
      rows.push({ person: `p${person}`, values: copy === 0 ? values : worn(values, chance) });
    }
  }
  return {
    header: ['first_name', 'last_name', 'house_number', 'street', 'city', 'zip', 'dob', 'email', 'phone'],
    rows: chance.shuffle(rows),
  };
}

function aPerson(country: Country, chance: Chance): string[] {
  const place = chance.oneOf(country.places);
  return [
    chance.zipf(chance.happens(0.5) ? GIVEN_MEN : GIVEN_WOMEN, 0.9),
    chance.zipf(country.surnames, 0.8),
    String(chance.between(1, 200)),
    chance.oneOf(country.streets),
    place.town,
    String(2000 + (Number.parseInt(place.town, 36) % 6000)),
    aDate(chance, 1930, 2005),
    chance.digits(7),
  ];
}

/** A few values with slips, a few left out. */
function worn(values: readonly string[], chance: Chance): string[] {
  return values.map((value) => {
    if (chance.happens(0.06)) return '';
    if (!chance.happens(0.15)) return value;
    return /^\d{4}-\d\d-\d\d$/.test(value) ? dateSlip(value, chance) : slip(value, chance);
  });
}
