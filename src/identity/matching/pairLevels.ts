import { LAST_AGREEING_NAME_LEVEL } from './comparison/personName';
import type { Field } from './field';
import { type FieldColumn, MISSING, type RecordTable } from './recordTable';
import { comparisonOf } from './roles';

const { imul, min, max } = Math;

/** The level of a field that one of the two records lacks: it counts neither for nor against. */
export const NO_LEVEL = 255;

/** In the slot behind the fields: names compared as they stand, or the given name with the other's surname and the other way round. */
export const STRAIGHT = 0;
export const SWAPPED = 1;

/** Where the given name and the surname stand among the fields, so that they can be compared crosswise. */
export interface NameSlots {
  readonly given: number;
  readonly surname: number;
}

export function nameSlotsOf(fields: readonly Field[]): NameSlots | undefined {
  const given = fields.findIndex(({ role }) => role === 'givenName');
  const surname = fields.findIndex(({ role }) => role === 'surname');
  return given < 0 || surname < 0 ? undefined : { given, surname };
}

/**
 * Puts the levels of swapped names in the place of the straight ones if those fit better. `cross(from, to)` answers the level of one record's
 * field `from` with the other record's field `to`. A record that has one name only may have it in the wrong field.
 */
export function orderNames(levels: Uint8Array, { given, surname }: NameSlots, cross: (from: number, to: number) => number): void {
  const order = levels.length - 1;
  const [straightGiven, straightSurname] = [levels[given] as number, levels[surname] as number];
  levels[order] = straightGiven === NO_LEVEL || straightSurname === NO_LEVEL ? NO_LEVEL : STRAIGHT;
  if (isAgreeing(straightGiven) || isAgreeing(straightSurname)) return;
  const asSurname = cross(given, surname);
  const asGiven = cross(surname, given);
  if (!isAgreeing(asSurname) && !isAgreeing(asGiven)) return;
  if (isDiffering(asSurname) || isDiffering(asGiven)) return;
  // The better one first, whichever of the two it is, so that neither record is the first.
  levels[given] = min(asSurname, asGiven);
  levels[surname] = max(asSurname, asGiven);
  levels[order] = SWAPPED;
}

function isAgreeing(level: number): boolean {
  return level <= LAST_AGREEING_NAME_LEVEL;
}

function isDiffering(level: number): boolean {
  return level !== NO_LEVEL && level > LAST_AGREEING_NAME_LEVEL;
}

const CACHE_BITS = 16;
const CACHE_SIZE = 1 << CACHE_BITS;

/** Remembers the levels of value pairs that come often; an entry gives way to the next that falls in its place. */
class LevelCache {
  private readonly keys = new Float64Array(CACHE_SIZE).fill(-1);
  private readonly levels = new Uint8Array(CACHE_SIZE);

  constructor(
    private readonly values: FieldColumn['values'],
    private readonly level: ReturnType<typeof comparisonOf>['level'],
  ) {}

  levelOf(one: number, other: number): number {
    if (one === MISSING || other === MISSING) return NO_LEVEL;
    if (one === other) return 0;
    const [low, high] = one < other ? [one, other] : [other, one];
    const key = low * 2 ** 26 + high;
    const slot = (imul(low, 0x9e3779b1) ^ imul(high, 0x85ebca6b)) >>> (32 - CACHE_BITS);
    if (this.keys[slot] === key) return this.levels[slot] as number;
    const level = this.level(this.values[low] as FieldColumn['values'][number], this.values[high] as FieldColumn['values'][number]);
    this.keys[slot] = key;
    this.levels[slot] = level;
    return level;
  }
}

/** Compares records of a table, field by field. */
export class PairLevels {
  private readonly caches: readonly LevelCache[];
  private readonly names: NameSlots | undefined;

  constructor(private readonly table: RecordTable) {
    this.names = nameSlotsOf(table.columns.map(({ field }) => field));
    this.caches = table.columns.map(({ field, values }) => new LevelCache(values, comparisonOf(field.role).level));
  }

  /** How many slots a pair takes: one a field, and the order of the names. */
  get width(): number {
    return this.caches.length + 1;
  }

  /** Fills `levels` with each field's level and the order of the names. */
  compare(one: number, other: number, levels: Uint8Array): void {
    const { columns } = this.table;
    for (let field = 0; field < columns.length; field++) {
      const { ofRecord } = columns[field] as FieldColumn;
      levels[field] = (this.caches[field] as LevelCache).levelOf(ofRecord[one] as number, ofRecord[other] as number);
    }
    if (!this.names) {
      levels[columns.length] = NO_LEVEL;
      return;
    }
    orderNames(levels, this.names, (from, to) => this.cross(one, from, other, to));
  }

  private cross(one: number, from: number, other: number, to: number): number {
    const value = (this.table.columns[from] as FieldColumn).ofRecord[one] as number;
    return (this.caches[from] as LevelCache).levelOf(value, (this.table.columns[to] as FieldColumn).ofRecord[other] as number);
  }
}
