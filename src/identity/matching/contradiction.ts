import type { Field } from './field';
import type { MatchModel } from './matchModel';
import { NO_LEVEL } from './pairLevels';
import { comparisonOf, type Role } from './roles';

/** Why two records must not be one person's, however much else they share. */
export const CONTRADICTIONS = {
  OTHER_NAME_AND_BIRTH_DATE: 'another given name and another birth date',
  HOUSEHOLD_MEMBERS: 'another given name, and nothing in common but what a household shares',
  GENERATIONS: 'the same name in one household, born a generation apart',
} as const;
export type Contradiction = keyof typeof CONTRADICTIONS;

/** The last level of a date: as many years as lie between parents and children. */
const GENERATION_LEVEL = 6;
/** Up to this level two numbers that stand for one person are the same, but for a slip. */
const LAST_SAME_ID_LEVEL = 1;

/** What may be held against two records of one household: only a field that is seldom wrong. */
export interface Reliability {
  readonly givenName: boolean;
  readonly birthDate: boolean;
}

const BOTH_RELIABLE: Reliability = { givenName: true, birthDate: true };
/** A field on which one person's records disagree more often than this proves nothing about twins, or about father and son. */
const MOST_WRONG = 0.05;

/** Which fields are seldom wrong, as measured: how often matches that other fields make sure of disagree on them. */
export function measureReliability({ fields }: MatchModel): Reliability {
  const isReliable = (role: Role): boolean =>
    fields.every(({ field, levels }) => {
      if (field.role !== role) return true;
      const different = levels.slice(comparisonOf(role).firstDifferent).reduce((sum, { match }) => sum + match, 0);
      return different <= MOST_WRONG;
    });
  return { givenName: isReliable('givenName'), birthDate: isReliable('birthDate') };
}

/**
 * Tells from a pair's levels whether two records contradict each other. A number that stands for one person settles it: where it is the same, but for a
 * slip, nothing contradicts.
 */
export class Contradictions {
  private readonly given: readonly Slot[];
  private readonly born: readonly Slot[];
  private readonly ids: readonly Slot[];
  private readonly homes: readonly Slot[];

  constructor(
    fields: readonly Field[],
    private readonly reliability: Reliability = BOTH_RELIABLE,
  ) {
    this.given = slotsOf(fields, ['givenName']);
    this.born = slotsOf(fields, ['birthDate']);
    this.ids = slotsOf(fields, ['nationalId']);
    this.homes = slotsOf(fields, ['address', 'phone']);
  }

  /** Whether a number that stands for one person is the same. */
  isSettled(levels: Uint8Array): boolean {
    return this.ids.some(({ field }) => levels[field] === 0);
  }

  find(levels: Uint8Array): Contradiction | undefined {
    if (this.ids.some(({ field }) => (levels[field] as number) <= LAST_SAME_ID_LEVEL)) return undefined;
    if (differ(this.given, levels)) {
      if (differ(this.born, levels)) return 'OTHER_NAME_AND_BIRTH_DATE';
      return this.reliability.givenName && agree(this.homes, levels) ? 'HOUSEHOLD_MEMBERS' : undefined;
    }
    if (!this.reliability.birthDate) return undefined;
    const isGenerationApart = this.born.some(({ field }) => levels[field] === GENERATION_LEVEL);
    return isGenerationApart && agree(this.homes, levels) ? 'GENERATIONS' : undefined;
  }
}

interface Slot {
  readonly field: number;
  readonly firstDifferent: number;
}

function slotsOf(fields: readonly Field[], wanted: readonly Role[]): readonly Slot[] {
  return fields.flatMap(({ role }, field) => (wanted.includes(role) ? [{ field, firstDifferent: comparisonOf(role).firstDifferent }] : []));
}

/** Whether one of the fields agrees. */
function agree(slots: readonly Slot[], levels: Uint8Array): boolean {
  for (const { field, firstDifferent } of slots) {
    if ((levels[field] as number) < firstDifferent) return true;
  }
  return false;
}

/** Whether the fields that both records have all differ, and there is one. */
function differ(slots: readonly Slot[], levels: Uint8Array): boolean {
  let differing = 0;
  for (const { field, firstDifferent } of slots) {
    const level = levels[field] as number;
    if (level === NO_LEVEL) continue;
    if (level < firstDifferent) return false;
    differing++;
  }
  return differing > 0;
}
