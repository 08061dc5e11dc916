import { levelsOfAnyTwo } from './anyTwoPeople';
import type { Field } from './field';
import type { LevelProbabilities, MatchModel } from './matchModel';
import { comparisonOf, type Reach, type Role, reachOf } from './roles';

/** So many relatives are alike as one person's records are, the others as any two people. */
const ALIKE_RELATIVES: Readonly<Record<Reach, number>> = { person: 0, family: 0.03, open: 0.3, household: 1, place: 1 };
/** So many pairs per record are one person's, and of one household. */
const MATCHES_PER_RECORD = 0.05;
const RELATIVES_PER_RECORD = 0.15;
const NEIGHBOURS = 0.01;
const SWAPPED_NAMES = 0.02;
/** Of few records it is not known how seldom a match is. */
const LEAST_RECORDS = 1000;

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
  const reach = reachOf(role);
  const anyTwo = levelsOfAnyTwo(role);
  return comparisonOf(role).expected.map((match, level) => {
    const random = anyTwo[level] as number;
    const household = ALIKE_RELATIVES[reach] * match + (1 - ALIKE_RELATIVES[reach]) * random;
    return { match, household, place: reach === 'place' ? match : random, random };
  });
}
