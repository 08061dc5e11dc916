import type { Chance } from './chance';
import type { DataSet, LabelledRow } from './dataSet';
import { dateSlip, slip } from './mistakes';
import { aCountry, aDate, aPostcode, type Country, GIVEN_MEN, GIVEN_WOMEN } from './people';

interface Household {
  readonly surname: string;
  readonly address: string;
  readonly town: string;
  readonly postcode: string;
  readonly phone: string;
  readonly email: string;
}

interface Member {
  readonly given: string;
  readonly surname: string;
  readonly born: string;
  readonly email: string;
  readonly phone: string;
}

/**
 * Families: parents and children under one name, address, phone and often one e-mail address; twins; a son with his father's name; now and then somebody
 * moves or marries. Most people have one record, a third two or three.
 */
export function households(records: number, chance: Chance): DataSet {
  const country = aCountry(chance);
  const rows: LabelledRow[] = [];
  let people = 0;
  while (rows.length < records) {
    const home = aHousehold(country, chance);
    for (const member of membersOf(home, country, chance)) {
      people++;
      const copies = chance.happens(0.65) ? 1 : chance.between(2, 3);
      for (let copy = 0; copy < copies; copy++) {
        const at = copy > 0 && chance.happens(0.08) ? aHousehold(country, chance) : home;
        rows.push({ person: `p${people}`, values: aRecord(member, at, copy > 0, chance) });
      }
    }
  }
  return {
    header: ['first_name', 'last_name', 'birth_date', 'street_address', 'city', 'postal_code', 'phone', 'email'],
    rows: chance.shuffle(rows.slice(0, records)),
  };
}

function aHousehold(country: Country, chance: Chance): Household {
  const surname = chance.zipf(country.surnames, 0.8);
  const place = chance.zipf(country.places, 0.6);
  return {
    surname,
    address: `${chance.between(1, 180)} ${chance.oneOf(country.streets)}`,
    town: place.town,
    postcode: aPostcode(place, chance),
    phone: `0${chance.digits(9)}`,
    email: `the.${surname}s${chance.between(1, 99)}@example.org`,
  };
}

function membersOf(home: Household, country: Country, chance: Chance): Member[] {
  const father = aMember(home, GIVEN_MEN, 1940, 1975, chance);
  const mother = aMember(home, GIVEN_WOMEN, 1940, 1975, chance);
  const members = [father];
  if (chance.happens(0.8)) members.push(chance.happens(0.15) ? { ...mother, surname: chance.zipf(country.surnames, 0.8) } : mother);
  const children = chance.between(0, 3);
  for (let child = 0; child < children; child++) {
    const names = chance.happens(0.5) ? GIVEN_MEN : GIVEN_WOMEN;
    const born = aMember(home, names, 1965, 2005, chance);
    members.push(chance.happens(0.06) && names === GIVEN_MEN ? { ...born, given: father.given } : born);
    if (chance.happens(0.05)) members.push({ ...aMember(home, names, 1965, 2005, chance), born: born.born });
  }
  return distinct(members);
}

/** Nobody has two members with the same name and birth date. */
function distinct(members: readonly Member[]): Member[] {
  return [...new Map(members.map((member) => [`${member.given} ${member.born}`, member])).values()];
}

function aMember(home: Household, names: readonly string[], firstYear: number, lastYear: number, chance: Chance): Member {
  const given = chance.zipf(names, 0.8);
  const hasOwnPhone = chance.happens(0.4);
  const email = chance.happens(0.5) ? `${given}.${home.surname}${chance.between(1, 99)}@example.com` : home.email;
  return {
    given,
    surname: home.surname,
    born: aDate(chance, firstYear, lastYear),
    email,
    phone: hasOwnPhone ? `07${chance.digits(8)}` : home.phone,
  };
}

function aRecord(member: Member, home: Household, isCopy: boolean, chance: Chance): string[] {
  const happens = (probability: number): boolean => isCopy && chance.happens(probability);
  return [
    happens(0.1) ? slip(member.given, chance) : happens(0.03) ? member.given.slice(0, 1) : member.given,
    happens(0.08) ? slip(member.surname, chance) : member.surname,
    chance.happens(0.15) ? '' : happens(0.08) ? dateSlip(member.born, chance) : member.born,
    happens(0.1) ? slip(home.address, chance) : home.address,
    home.town,
    happens(0.05) ? slip(home.postcode, chance) : home.postcode,
    chance.happens(0.2) ? '' : member.phone,
    chance.happens(0.3) ? '' : happens(0.06) ? slip(member.email, chance) : member.email,
  ];
}
