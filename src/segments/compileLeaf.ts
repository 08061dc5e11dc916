import type { Json } from '../kernel/json';
import { isPersonalKey } from '../profile/personalKeys';
import { movesWithNow, valueChangesAtMs, valueTest } from './compareValue';
import type { ComputedTrait } from './computedTrait';
import { countChangesAtMs, countHolds, countIn, isPastCounting } from './countedEvents';
import type { Comparison, Condition, CountComparison } from './definition';
import { missingStep, sequenceChangesAtMs, sequenceHolds } from './eventSequence';
import { countPhrase, sequencePhrase } from './eventWords';
import type { Leaf } from './leaf';
import type { MeasureName } from './measureNames';
import { constantWords } from './plainWords';
import { daysChanges, daysSince } from './seenDays';
import type { MatchedEvent, Subject } from './subject';
import { eventKey, trackedEventKey } from './trackedEventKey';
import { trackedEventOf } from './trackedEventsOf';
import { valueAt } from './valueAt';
import { comparisonWords, type Label, MEASURE_LABELS, valuePhrase } from './valueWords';

type LeafCondition = Exclude<Condition, { type: 'all' | 'any' | 'not' | 'segment' }>;
type Of<T extends LeafCondition['type']> = Extract<LeafCondition, { type: T }>;

/** `computedTraits`: for their names and what they are counted from. */
export function compileLeaf(condition: LeafCondition, computedTraits: readonly ComputedTrait[]): Leaf {
  switch (condition.type) {
    case 'trait':
      return traitLeaf(condition);
    case 'computed':
      return computedLeaf(
        condition,
        computedTraits.find(({ key }) => key === condition.key),
      );
    case 'measure':
      return measureLeaf(condition);
    case 'event':
      return eventLeaf(condition);
    case 'sequence':
      return sequenceLeaf(condition);
    case 'consent':
      return consentLeaf(condition);
    case 'account':
      return accountLeaf(condition);
  }
}

function traitLeaf({ path, comparison }: Of<'trait'>): Leaf {
  return valueLeaf(pathLabel(path), comparison, ({ traits }) => valueAt(traits, path));
}

function computedLeaf({ key, comparison }: Of<'computed'>, trait: ComputedTrait | undefined): Leaf {
  const property = trait?.definition.aggregate === 'count' ? null : trait?.definition.property;
  const label = { text: trait?.name ?? key, isPersonal: property?.some(isPersonalKey) ?? false, isMoving: true };
  const computedOf = ({ computed }: Subject) => (Object.hasOwn(computed, key) ? computed[key] : undefined);
  const leaf = valueLeaf(label, comparison, (subject) => computedOf(subject)?.value);
  const counted = trait === undefined ? NOTHING : [trackedEventKey(trackedEventOf(trait))];
  const counting = trait?.definition.aggregate === 'count' ? countComparisonOf(comparison) : null;
  return {
    ...leaf,
    heeds: (subject) => {
      const value = computedOf(subject)?.value;
      return counting !== null && typeof value === 'number' && isPastCounting(value, counting) ? NOTHING : counted;
    },
    changesAtMs: (subject, nowMs) => Math.min(computedOf(subject)?.nextAtMs ?? Infinity, leaf.changesAtMs(subject, nowMs)),
  };
}

function measureLeaf({ measure, comparison }: Of<'measure'>): Leaf {
  if (measure === 'lastSeenDaysAgo') return seenLeaf(measure, comparison, ({ lastSeenAtMs }) => lastSeenAtMs);
  if (measure === 'firstSeenDaysAgo') return seenLeaf(measure, comparison, ({ firstSeenAtMs }) => firstSeenAtMs);
  const leaf = valueLeaf(MEASURE_LABELS[measure], comparison, ({ measures }) => measures[measure]);
  return {
    ...leaf,
    changesAtMs: (subject, nowMs) => Math.min(subject.measuresNextAtMs ?? Infinity, leaf.changesAtMs(subject, nowMs)),
  };
}

function seenLeaf(measure: MeasureName, comparison: Comparison, seenAtMs: (subject: Subject) => number): Leaf {
  const leaf = valueLeaf(MEASURE_LABELS[measure], comparison, (subject, nowMs) => daysSince(seenAtMs(subject), nowMs));
  const changes = daysChanges(comparison);
  return { ...leaf, changesAtMs: (subject, nowMs) => changes(seenAtMs(subject), nowMs) };
}

/** A condition on a value that changes by time alone only where it is compared with a moment that moves. */
function valueLeaf(label: Label, comparison: Comparison, read: (subject: Subject, nowMs: number) => Json | undefined): Leaf {
  const test = valueTest(comparison);
  const phrase = valuePhrase(label, comparison);
  return {
    isCheap: true,
    holds: (subject, nowMs) => test(read(subject, nowMs), nowMs),
    changesAtMs: movesWithNow(comparison) ? (subject, nowMs) => valueChangesAtMs(read(subject, nowMs), comparison, nowMs) : () => Infinity,
    heeds: () => NOTHING,
    words: (subject, nowMs, holds) => phrase(read(subject, nowMs), holds),
  };
}

const NOTHING: readonly string[] = [];
const NO_EVENTS: readonly MatchedEvent[] = [];

function eventLeaf({ event, count, window }: Of<'event'>): Leaf {
  const key = eventKey(event);
  const own = [key];
  const holdsOfNone = countHolds(0, count);
  const phrase = countPhrase(event, window, count);
  return {
    isCheap: false,
    holds: (subject, nowMs) => {
      const events = subject.events.get(key);
      return events === undefined ? holdsOfNone : countHolds(countIn(events, window, nowMs), count);
    },
    changesAtMs: (subject, nowMs) => {
      const events = subject.events.get(key);
      return events === undefined ? Infinity : countChangesAtMs(events, window, count, nowMs);
    },
    heeds: (subject, nowMs) => {
      const events = subject.events.get(key);
      return events !== undefined && isPastCounting(countIn(events, window, nowMs), count) ? NOTHING : own;
    },
    words: (_, __, holds) => phrase(holds),
  };
}

function sequenceLeaf({ events, window }: Of<'sequence'>): Leaf {
  const keys = events.map(eventKey);
  const phrase = sequencePhrase(events, window);
  const stepsOf = (subject: Subject) => keys.map((key) => subject.events.get(key) ?? NO_EVENTS);
  return {
    isCheap: false,
    holds: (subject, nowMs) => sequenceHolds(stepsOf(subject), window, nowMs),
    changesAtMs: (subject, nowMs) => sequenceChangesAtMs(stepsOf(subject), window, nowMs),
    heeds: (subject, nowMs) => {
      const steps = stepsOf(subject);
      if (sequenceHolds(steps, window, nowMs)) return NOTHING;
      const missing = missingStep(steps, window, nowMs);
      return missing === null ? keys : [keys[missing] as string];
    },
    words: (_, __, holds) => (holds ? phrase : `no ${phrase}`),
  };
}

function consentLeaf({ purpose }: Of<'consent'>): Leaf {
  const consent = `consent to ${constantWords(purpose)}`;
  return {
    isCheap: true,
    holds: ({ consents }) => Object.hasOwn(consents, purpose) && consents[purpose] === true,
    changesAtMs: () => Infinity,
    heeds: () => NOTHING,
    words: (_, __, holds) => (holds ? consent : `no ${consent}`),
  };
}

/** A comparison of order with a number, as counts are compared; null: another. */
function countComparisonOf(comparison: Comparison): CountComparison | null {
  const { op } = comparison;
  if (op !== 'gt' && op !== 'gte' && op !== 'lt' && op !== 'lte') return null;
  return typeof comparison.value === 'number' ? { op, value: comparison.value } : null;
}

function accountLeaf({ path, comparison }: Of<'account'>): Leaf {
  const test = valueTest(comparison);
  const { text, isPersonal } = path === null ? { text: 'id', isPersonal: true } : pathLabel(path);
  const phrase = valuePhrase({ text: `account ${text}`, isPersonal }, comparison);
  const none = `no account whose ${text} ${comparisonWords(comparison)}`;
  const valuesOf = ({ accounts }: Subject) =>
    accounts.map(({ externalId, traits }) => (path === null ? externalId : valueAt(traits, path)));
  return {
    isCheap: true,
    holds: (subject, nowMs) => valuesOf(subject).some((value) => test(value, nowMs)),
    changesAtMs: (subject, nowMs) => Math.min(Infinity, ...valuesOf(subject).map((value) => valueChangesAtMs(value, comparison, nowMs))),
    heeds: () => NOTHING,
    words: (subject, nowMs, holds) =>
      holds
        ? phrase(
            valuesOf(subject).find((value) => test(value, nowMs)),
            true,
          )
        : none,
  };
}

function pathLabel(path: readonly string[]): Label {
  return { text: path.join('.'), isPersonal: path.some(isPersonalKey) };
}
