import type { Subject } from './subject';

/** A condition that holds no others, made ready for many subjects. */
export interface Leaf {
  /** Costs next to nothing and time changes it seldom, so it is looked at before others. */
  readonly isCheap: boolean;
  holds(subject: Subject, nowMs: number): boolean;
  /** When time alone changes next what `holds` answers, at the earliest; Infinity: never. */
  changesAtMs(subject: Subject, nowMs: number): number;
  /** Keys of the tracked events of which more, of whatever time, could change what `holds` answers before `changesAtMs`. */
  heeds(subject: Subject, nowMs: number): readonly string[];
  /** In words, that it holds of the subject, or that it doesn't. Without values of personal traits. */
  words(subject: Subject, nowMs: number, holds: boolean): string;
}
