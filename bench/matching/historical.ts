import type { Chance } from './chance';
import type { DataSet, LabelledRow } from './dataSet';
import { dateSlip, slip } from './mistakes';
import { aCountry, aDate, aPostcode, type Country, GIVEN_MEN, GIVEN_WOMEN, type Place } from './people';

const OCCUPATIONS =
  'politician,writer,painter,military officer,priest,botanist,actor,cricketer,lawyer,judge,physician,poet,historian,engineer,architect,composer,merchant,explorer,chemist,journalist,footballer,singer,sculptor,diplomat,economist,photographer,rower,novelist,zoologist,astronomer'.split(
    ',',
  );
const SHORT: Readonly<Record<string, string>> = {
  william: 'bill',
  thomas: 'tom',
  robert: 'bob',
  edward: 'ted',
  elizabeth: 'liz',
  james: 'jim',
  john: 'jack',
  margaret: 'maggie',
  henry: 'harry',
  charles: 'charlie',
  richard: 'dick',
  joseph: 'joe',
  samuel: 'sam',
  frederick: 'fred',
  catherine: 'kate',
  mary: 'polly',
};

interface Person {
  readonly given: readonly string[];
  readonly surname: string;
  readonly title: string;
  readonly born: string;
  readonly place: Place;
  readonly postcode: string;
  readonly gender: string;
  readonly occupations: readonly string[];
}

/**
 * People of the past as registers and encyclopaedias have them: about ten records each, the later the worse; several given names of which any may be
 * used, titles, years without a day, postcodes that move, towns given as counties. Families share surname and place.
 */
export function historicalPeople(records: number, chance: Chance, wear = 1): DataSet {
  const country = aCountry(chance);
  const rows: LabelledRow[] = [];
  let people = 0;
  let relative: Person | undefined;
  while (rows.length < records) {
    const person = aPerson(country, chance, chance.happens(0.12) ? relative : undefined);
    relative = person;
    const copies = Math.min(records - rows.length, 1 + Math.floor(chance.between(0, 10) + chance.between(0, 9)));
    for (let copy = 0; copy < copies; copy++)
      rows.push({
        person: `p${people}`,
        values: aRecord(person, country, copy === 0 ? 0 : wear * Math.min(1, 0.35 + copy * 0.05), chance),
      });
    people++;
  }
  return {
    header: ['full_name', 'first_name', 'surname', 'dob', 'birth_place', 'postcode_fake', 'gender', 'occupation'],
    rows: chance.shuffle(rows),
  };
}

function aPerson(country: Country, chance: Chance, relative: Person | undefined): Person {
  const isMan = chance.happens(0.8);
  const names = isMan ? GIVEN_MEN : GIVEN_WOMEN;
  const given = Array.from({ length: chance.zipf([1, 2, 3], 0.8) }, () => chance.zipf(names, 0.9));
  if (relative && chance.happens(0.4)) given[0] = relative.given[0] as string;
  const place = relative?.place ?? chance.zipf(country.places, 0.7);
  const surname = relative?.surname ?? chance.zipf(country.surnames, 0.7);
  const year = chance.between(1600, 1950);
  const born = chance.happens(0.25) ? `${year}-01-01` : aDate(chance, year, year);
  const title = chance.happens(0.1) ? chance.oneOf(['1st baronet', '2nd baronet', 'sir', `baron of ${place.town}`]) : '';
  const occupations = [chance.zipf(OCCUPATIONS), chance.zipf(OCCUPATIONS)];
  return { given, surname, title, born, place, postcode: aPostcode(place, chance), gender: isMan ? 'male' : 'female', occupations };
}

function aRecord(person: Person, country: Country, wear: number, chance: Chance): string[] {
  const happens = (probability: number): boolean => chance.happens(probability * wear);
  let given = happens(0.15) ? chance.oneOf(person.given) : (person.given[0] as string);
  if (happens(0.12)) given = SHORT[given] ?? given;
  if (happens(0.12)) given = slip(given, chance);
  let surname = happens(0.12) ? slip(person.surname, chance) : person.surname;
  if (happens(0.04)) surname = chance.zipf(country.surnames, 0.7);
  if (happens(0.03)) [given, surname] = [surname, given];
  const rest = happens(0.4) ? [] : person.given.slice(1);
  const title = happens(0.4) ? '' : person.title;
  const known = !happens(0.06);
  return [
    known ? [given, ...rest, surname, title].filter(Boolean).join(' ') : '',
    known && !happens(0.04) ? given : '',
    known && !happens(0.04) ? surname : '',
    happens(0.25) ? '' : aBirthDate(person.born, happens, chance),
    happens(0.3) ? '' : happens(0.25) ? person.place.county : happens(0.08) ? slip(person.place.town, chance) : person.place.town,
    happens(0.3) ? '' : happens(0.35) ? aPostcode(person.place, chance) : happens(0.1) ? slip(person.postcode, chance) : person.postcode,
    happens(0.5) ? '' : happens(0.02) ? 'female' : person.gender,
    happens(0.35) ? '' : happens(0.25) ? chance.oneOf(person.occupations) : (person.occupations[0] as string),
  ];
}

function aBirthDate(born: string, happens: (probability: number) => boolean, chance: Chance): string {
  if (happens(0.2)) return `${born.slice(0, 4)}-01-01`;
  return happens(0.2) ? dateSlip(born, chance) : born;
}
