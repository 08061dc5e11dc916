import type { Role } from './roles';

/**
 * How probable each level is for any two people of a country, roughly, as registers of names and addresses show. Holds the estimation where a file is
 * too small to show it.
 */
const ANY_TWO_PEOPLE: Readonly<Record<Role, readonly number[]>> = {
  givenName: [0.008, 0.012, 0.004, 0.01, 0.03, 0.936],
  surname: [0.002, 0.001, 0.003, 0.003, 0.02, 0.971],
  otherNames: [0.005, 0.005, 0.02, 0.97],
  birthDate: [0.00004, 0.0012, 0.001, 0.015, 0.01, 0.2, 0.77276],
  nationalId: [0.000001, 0.00001, 0.0005, 0.999489],
  email: [0.00001, 0.0003, 0.0001, 0.0002, 0.99939],
  phone: [0.00001, 0.00001, 0.0001, 0.99988],
  streetNumber: [0.01, 0.15, 0.84],
  address: [0.0001, 0.001, 0.04, 0.9589],
  place: [0.03, 0.003, 0.01, 0.957],
  postcode: [0.005, 0.01, 0.02, 0.05, 0.915],
  region: [0.1, 0.9],
  gender: [0.5, 0.5],
  category: [0.2, 0.8],
  text: [0.02, 0.01, 0.02, 0.95],
};

/** Level by level, as the role's comparison has them; adds up to 1. */
export function levelsOfAnyTwo(role: Role): readonly number[] {
  return ANY_TWO_PEOPLE[role];
}

/** So many records of people elsewhere stand behind a file's own when it is told how frequent a value is. */
const RECORDS_ELSEWHERE = 100;

/**
 * The share of records that hold a value which `count` of `known` records hold. `agreement` is how probable it is that any two people share a value: in
 * a small file every value counts as one of average frequency.
 */
export function shareOfValue(count: number, known: number, agreement: number): number {
  return (Math.max(count, 1) + RECORDS_ELSEWHERE * agreement) / (Math.max(known, 1) + RECORDS_ELSEWHERE);
}
