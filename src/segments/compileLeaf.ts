import { isPersonalKey } from '../profile/personalKeys';
import { valueChangesAtMs, valueTest } from './compareValue';
import type { ComputedTrait } from './computedTrait';
import { countChangesAtMs, countHolds, countIn } from './countedEvents';
import type { Comparison, Condition } from './definition';
import { sequenceChangesAtMs, sequenceHolds } from './eventSequence';
import { countWords, inverse, sequenceWords } from './eventWords';
import type { Leaf } from './leaf';
import type { MeasureName } from './measureNames';
import { constantWords } from './plainWords';
import { daysChangeAtMs, daysSince } from './seenDays';
import type { MatchedEvent, Subject } from './subject';
import { eventKey } from './trackedEventKey';
import { valueAt } from './valueAt';
import { comparisonWords, type Label, MEASURE_LABELS, valueWords } from './valueWords';

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
  const test = valueTest(comparison);
  const label = pathLabel(path);
  return {
    isCheap: true,
    holds: (subject, nowMs) => test(valueAt(subject.traits, path), nowMs),
    changesAtMs: (subject, nowMs) => valueChangesAtMs(valueAt(subject.traits, path), comparison, nowMs),
    words: (subject, _, holds) => valueWords(label, valueAt(subject.traits, path), comparison, holds),
  };
}

function computedLeaf({ key, comparison }: Of<'computed'>, trait: ComputedTrait | undefined): Leaf {
  const test = valueTest(comparison);
  const property = trait?.definition.aggregate === 'count' ? null : (trait?.definition.property ?? null);
  const label = { text: trait?.name ?? key, isPersonal: property?.some(isPersonalKey) ?? false };
  const computedOf = ({ computed }: Subject) => (Object.hasOwn(computed, key) ? computed[key] : undefined);
  return {
    isCheap: true,
    holds: (subject, nowMs) => test(computedOf(subject)?.value, nowMs),
    changesAtMs(subject, nowMs) {
      const { value, nextAtMs } = computedOf(subject) ?? { value: undefined, nextAtMs: null };
      return Math.min(nextAtMs ?? Infinity, valueChangesAtMs(value, comparison, nowMs));
    },
    words: (subject, _, holds) => valueWords(label, computedOf(subject)?.value, comparison, holds),
  };
}

function measureLeaf({ measure, comparison }: Of<'measure'>): Leaf {
  if (measure === 'lastSeenDaysAgo') return seenLeaf(measure, comparison, ({ lastSeenAtMs }) => lastSeenAtMs);
  if (measure === 'firstSeenDaysAgo') return seenLeaf(measure, comparison, ({ firstSeenAtMs }) => firstSeenAtMs);
  const test = valueTest(comparison);
  return {
    isCheap: true,
    holds: ({ measures }, nowMs) => test(measures[measure], nowMs),
    changesAtMs: ({ measuresNextAtMs, measures }, nowMs) =>
      Math.min(measuresNextAtMs ?? Infinity, valueChangesAtMs(measures[measure], comparison, nowMs)),
    words: ({ measures }, _, holds) => valueWords(MEASURE_LABELS[measure], measures[measure], comparison, holds),
  };
}

function seenLeaf(measure: MeasureName, comparison: Comparison, seenAtMs: (subject: Subject) => number): Leaf {
  const test = valueTest(comparison);
  return {
    isCheap: true,
    holds: (subject, nowMs) => test(daysSince(seenAtMs(subject), nowMs), nowMs),
    changesAtMs: (subject, nowMs) => daysChangeAtMs(seenAtMs(subject), comparison, nowMs),
    words: (subject, nowMs, holds) => valueWords(MEASURE_LABELS[measure], daysSince(seenAtMs(subject), nowMs), comparison, holds),
  };
}

const NO_EVENTS: readonly MatchedEvent[] = [];

function eventLeaf({ event, count, window }: Of<'event'>): Leaf {
  const key = eventKey(event);
  const eventsOf = (subject: Subject) => subject.events.get(key) ?? NO_EVENTS;
  return {
    isCheap: false,
    holds: (subject, nowMs) => countHolds(countIn(eventsOf(subject), window, nowMs), count),
    changesAtMs: (subject, nowMs) => countChangesAtMs(eventsOf(subject), window, count, nowMs),
    words: (subject, nowMs, holds) => countWords(event, window, countIn(eventsOf(subject), window, nowMs), holds ? count : inverse(count)),
  };
}

function sequenceLeaf({ events, window }: Of<'sequence'>): Leaf {
  const keys = events.map(eventKey);
  const stepsOf = (subject: Subject) => keys.map((key) => subject.events.get(key) ?? NO_EVENTS);
  return {
    isCheap: false,
    holds: (subject, nowMs) => sequenceHolds(stepsOf(subject), window, nowMs),
    changesAtMs: (subject, nowMs) => sequenceChangesAtMs(stepsOf(subject), window, nowMs),
    words: (_, __, holds) => sequenceWords(events, window, holds),
  };
}

function consentLeaf({ purpose }: Of<'consent'>): Leaf {
  return {
    isCheap: true,
    holds: ({ consents }) => Object.hasOwn(consents, purpose) && consents[purpose] === true,
    changesAtMs: () => Infinity,
    words: (_, __, holds) => (holds ? `consent to ${constantWords(purpose)}` : `no consent to ${constantWords(purpose)}`),
  };
}

function accountLeaf({ path, comparison }: Of<'account'>): Leaf {
  const test = valueTest(comparison);
  const { text, isPersonal } = path === null ? { text: 'id', isPersonal: true } : pathLabel(path);
  const valuesOf = ({ accounts }: Subject) =>
    accounts.map(({ externalId, traits }) => (path === null ? externalId : valueAt(traits, path)));
  return {
    isCheap: true,
    holds: (subject, nowMs) => valuesOf(subject).some((value) => test(value, nowMs)),
    changesAtMs: (subject, nowMs) => Math.min(Infinity, ...valuesOf(subject).map((value) => valueChangesAtMs(value, comparison, nowMs))),
    words(subject, nowMs, holds) {
      if (!holds) return `no account whose ${text} ${comparisonWords(comparison)}`;
      return valueWords(
        { text: `account ${text}`, isPersonal },
        valuesOf(subject).find((value) => test(value, nowMs)),
        comparison,
        true,
      );
    },
  };
}

function pathLabel(path: readonly string[]): Label {
  return { text: path.join('.'), isPersonal: path.some(isPersonalKey) };
}
