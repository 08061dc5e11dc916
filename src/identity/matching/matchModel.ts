import type { Reliability } from './contradiction';
import type { Field } from './field';

/**
 * Why two records agree as they do. `match`: they are one person. `household`: two people who share what families share. `place`: two people of
 * one neighbourhood. `random`: any two people. (Three classes, with households told from strangers, as Winkler 1993 and Larsen and Rubin 2001 have
 * it; the fourth for data in which several fields say where.)
 */
export const PAIR_CLASSES = ['match', 'household', 'place', 'random'] as const;
export type PairClass = (typeof PAIR_CLASSES)[number];

/** How probable a level is, by class; the levels of a field add up to 1 in each class. */
export type LevelProbabilities = Readonly<Record<PairClass, number>>;

export interface FieldModel {
  readonly field: Field;
  /** Best first, as the field's comparison names them. */
  readonly levels: readonly LevelProbabilities[];
  /** Of the values that more than one record holds: which share of all known values each is. */
  readonly frequencies: ReadonlyMap<string, number>;
  /** The share of a value that only one record holds. */
  readonly rarest: number;
}

/** All that is needed to weigh a pair. */
export interface MatchModel {
  readonly fields: readonly FieldModel[];
  /** How probable each class is for two records taken at random; they add up to 1. */
  readonly classes: Readonly<Record<PairClass, number>>;
  /** How probable it is that one person's given name and surname are swapped in one of two records. */
  readonly swapped: number;
  readonly reliability: Reliability;
}
