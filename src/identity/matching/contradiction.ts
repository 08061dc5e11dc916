import type { Field } from './field';
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
/** Up to this level two numbers, addresses, or dates are the same, but for a slip. */
const LAST_SLIP_LEVEL = 1;

/** What may be held against two records of one household: only a field that is seldom wrong. */
export interface Reliability {
  readonly givenName: boolean;
  readonly birthDate: boolean;
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
    private readonly reliability: Reliability,
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
    if (areSame(this.ids, levels)) return undefined;
    if (differ(this.given, levels)) {
      if (differ(this.born, levels)) return 'OTHER_NAME_AND_BIRTH_DATE';
      return this.reliability.givenName && areSame(this.homes, levels) ? 'HOUSEHOLD_MEMBERS' : undefined;
    }
    if (!this.reliability.birthDate) return undefined;
    const isGenerationApart = this.born.some(({ field }) => levels[field] === GENERATION_LEVEL);
    return isGenerationApart && areSame(this.homes, levels) ? 'GENERATIONS' : undefined;
  }
}

/** A field by its place among the levels. */
export interface Slot {
  readonly field: number;
  readonly firstDifferent: number;
}

export function slotsOf(fields: readonly Field[], wanted: readonly Role[]): readonly Slot[] {
  return fields.flatMap(({ role }, field) => (wanted.includes(role) ? [{ field, firstDifferent: comparisonOf(role).firstDifferent }] : []));
}

/** Whether one of the fields is the same, but for a slip. */
export function areSame(slots: readonly Slot[], levels: Uint8Array): boolean {
  for (const { field } of slots) {
    if ((levels[field] as number) <= LAST_SLIP_LEVEL) return true;
  }
  return false;
}

/** Whether the fields that both records have all differ, and there is one. */
export function differ(slots: readonly Slot[], levels: Uint8Array): boolean {
  let differing = 0;
  for (const { field, firstDifferent } of slots) {
    const level = levels[field] as number;
    if (level === NO_LEVEL) continue;
    if (level < firstDifferent) return false;
    differing++;
  }
  return differing > 0;
}
