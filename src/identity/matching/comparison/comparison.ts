import type { CalendarDate } from './calendarDate';

/** A value made ready to be compared; two values are the same when their texts are. */
export interface FieldValue {
  readonly text: string;
  readonly words: readonly string[];
  /** Of dates only. */
  readonly date?: CalendarDate;
}

/** How two values of one kind are compared: a few levels of agreement, best first, the last one 'different'. */
export interface Comparison {
  readonly levels: readonly string[];
  /**
   * What to expect of two records of one person before the data has been seen, level by level; adds up to 1. It holds the estimation
   * where the data has little to say.
   */
  readonly expected: readonly number[];
  /** From this level on the values disagree. */
  readonly firstDifferent: number;
  /** Undefined where the text says nothing: a missing value is neither agreement nor disagreement. */
  prepare(text: string): FieldValue | undefined;
  /** Symmetric; 0 exactly when the texts are the same. */
  level(one: FieldValue, other: FieldValue): number;
}
