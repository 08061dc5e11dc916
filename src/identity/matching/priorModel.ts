import type { Field } from './field';
import type { LevelProbabilities, MatchModel } from './matchModel';
import { comparisonOf, type Role, reachOf } from './roles';

/** By role: how probable each level is for any two people of a country, as registers of names and addresses show roughly. */
const ANY_TWO: Readonly<Partial<Record<Role, readonly number[]>>> = {
  givenName: [0.008, 0.012, 0.004, 0.01, 0.03, 0.936],
  surname: [0.002, 0.001, 0.003, 0.003, 0.02, 0.971],
  birthDate: [0.00004, 0.0012, 0.001, 0.015, 0.01, 0.2, 0.77276],
  email: [0.00001, 0.0003, 0.0001, 0.0002, 0.99939],
  phone: [0.00001, 0.00001, 0.0001, 0.99988],
  address: [0.0001, 0.001, 0.04, 0.9589],
  postcode: [0.005, 0.01, 0.02, 0.05, 0.915],
  place: [0.03, 0.003, 0.01, 0.957],
  region: [0.1, 0.9],
  gender: [0.5, 0.5],
};

/** Of two relatives so many agree on what is a person's own beyond what any two people do. */
const ALIKE_RELATIVES = 0.03;
/** So many pairs per record are one person's, and of one household. */
const MATCHES_PER_RECORD = 0.05;
const RELATIVES_PER_RECORD = 0.15;
const NEIGHBOURS = 0.01;
const SWAPPED_NAMES = 0.02;
/** Of few records it is not known how seldom a match is. */
const LEAST_RECORDS = 100;

/**
 * A model for records of which there are too few to learn from: what is expected of matches, and what is known of people in general. Every value
 * counts as one of average frequency.
 */
export function priorModel(fields: readonly Field[], records: number): MatchModel {
  const many = Math.max(records, LEAST_RECORDS);
  const [match, household] = [(2 * MATCHES_PER_RECORD) / many, (2 * RELATIVES_PER_RECORD) / many];
  const models = fields.map((field) => {
    const levels = levelsOf(field.role);
    return { field, levels, frequencies: new Map<string, number>(), rarest: levels[0]?.random ?? 1 };
  });
  const classes = { match, household, place: NEIGHBOURS, random: 1 - match - household - NEIGHBOURS };
  return { fields: models, classes, swapped: SWAPPED_NAMES, reliability: { givenName: true, birthDate: true } };
}

function levelsOf(role: Role): LevelProbabilities[] {
  const { expected } = comparisonOf(role);
  const anyTwo = ANY_TWO[role] ?? expected.map(() => 1 / expected.length);
  const reach = reachOf(role);
  return expected.map((match, level) => {
    const random = anyTwo[level] as number;
    const relative = ALIKE_RELATIVES * match + (1 - ALIKE_RELATIVES) * random;
    const household = reach === 'person' ? random : reach === 'family' ? relative : match;
    return { match, household, place: reach === 'place' ? match : random, random };
  });
}
