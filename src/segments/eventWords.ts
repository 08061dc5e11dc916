import type { InteractionKind } from '../kernel/vocabulary';
import type { CountComparison, CountOp, Window } from './definition';
import { constantWords, durationWords } from './plainWords';
import type { EventSpec } from './trackedEvent';
import { comparisonWords } from './valueWords';

const COUNT_WORDS: Readonly<Record<CountOp, { readonly words: string; readonly inverse: CountOp }>> = {
  eq: { words: 'exactly', inverse: 'neq' },
  neq: { words: 'other than', inverse: 'eq' },
  gt: { words: 'more than', inverse: 'lte' },
  gte: { words: 'at least', inverse: 'lt' },
  lt: { words: 'fewer than', inverse: 'gte' },
  lte: { words: 'at most', inverse: 'gt' },
};

/**
 * Says how many events it takes: `at least 2 orders placed in the last 30 days`. Not how many there were, which each event and each day makes another number
 * while the answer stays.
 */
export function countPhrase(event: EventSpec, window: Window, { op, value }: CountComparison): (holds: boolean) => string {
  const [one, many] = [true, false].map((isOne) => `${eventNoun(event, isOne)}${whereWords(event)}${windowWords(window)}`);
  const phrase = (asked: CountOp): string => {
    if (value === (asked === 'lt' ? 1 : 0) && (asked === 'lt' || asked === 'lte' || asked === 'eq')) return `no ${many}`;
    if (value === 0 && (asked === 'gt' || asked === 'neq')) return `at least 1 ${one}`;
    return `${COUNT_WORDS[asked].words} ${value} ${value === 1 ? one : many}`;
  };
  const [positive, negative] = [phrase(op), phrase(COUNT_WORDS[op].inverse)];
  return (holds) => (holds ? positive : negative);
}

/** `product viewed, then order placed in the last 7 days`. */
export function sequencePhrase(events: readonly EventSpec[], window: Window): string {
  return `${events.map((event) => `${eventNoun(event, true)}${whereWords(event)}`).join(', then ')}${windowWords(window)}`;
}

function windowWords({ withinMs, olderThanMs }: Window): string {
  if (withinMs === null) return olderThanMs === null ? '' : ` at least ${durationWords(olderThanMs)} ago`;
  if (olderThanMs === null) return ` in the last ${durationWords(withinMs).replace(/^1 /, '')}`;
  return ` between ${durationWords(olderThanMs)} and ${durationWords(withinMs)} ago`;
}

function whereWords({ where }: EventSpec): string {
  const conditions = where.map(({ path, comparison }) => `${path.join('.')} ${comparisonWords(comparison)}`);
  return conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
}

function eventNoun({ kind, name }: EventSpec, isOne: boolean): string {
  const noun = kind === null ? (isOne ? 'event' : 'events') : kindNoun(kind, isOne);
  return name === null ? noun : `${noun} named ${constantWords(name)}`;
}

/** Of kinds that are not a thing and what happened to it: for one, and for many. */
const NOUNS: Readonly<Partial<Record<InteractionKind, readonly [string, string]>>> = {
  CUSTOM: ['event', 'events'],
  UNSUBSCRIBED: ['unsubscription', 'unsubscriptions'],
  COMMUNITY_POSTED: ['community post', 'community posts'],
  SEARCHED: ['search', 'searches'],
  PRICING_REQUESTED: ['request for pricing', 'requests for pricing'],
  SIGNED_UP: ['sign-up', 'sign-ups'],
  SIGNED_IN: ['sign-in', 'sign-ins'],
  APP_OPENED: ['opening of the app', 'openings of the app'],
  CONVERSATION_ON_HOLD: ['conversation put on hold', 'conversations put on hold'],
  BOT_REPLIED: ['reply of a bot', 'replies of a bot'],
  BOT_HANDED_OFF: ['hand-off by a bot', 'hand-offs by a bot'],
  FEEDBACK_GIVEN: ['feedback given', 'feedbacks given'],
  EMPLOYEE_FEEDBACK_GIVEN: ['feedback given by an employee', 'feedbacks given by employees'],
  IDENTIFIED: ['identification', 'identifications'],
};

/** `order placed`, `orders placed`. */
function kindNoun(kind: InteractionKind, isOne: boolean): string {
  const [one, many] = NOUNS[kind] ?? [];
  if (one !== undefined && many !== undefined) return isOne ? one : many;
  const words = kind.toLowerCase().split('_');
  const thing = words.slice(0, -1).join(' ');
  return `${isOne ? thing : `${thing}s`} ${words.at(-1) ?? ''}`;
}
