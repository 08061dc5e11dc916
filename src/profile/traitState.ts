import type { Json, JsonObject } from '../kernel/json';

/**
 * What messages said of one identifier (or account), trait by trait. Two states of different identifiers, or of the same one in
 * any order of arrival, combine to the same state: every part is a semilattice (a maximum, a minimum, or the top of an order), so
 * combining is commutative, associative and idempotent.
 */
export type TraitState = Readonly<Record<string, TraitHistory>>;

export interface TraitHistory {
  /** The distinct (value, source) pairs said last, newest first, at most RECENT_VALUES. The first one is the most recent of all. */
  readonly recent: readonly ObservedTrait[];
  /** What was said first of all. */
  readonly first: ObservedTrait;
  /** What each source said last, by ascending source id. */
  readonly bySource: readonly ObservedTrait[];
}

/** One value as it was last (or first) said by one source. A null value says that the trait was taken away. */
export interface ObservedTrait {
  readonly value: Json;
  readonly sourceId: number;
  readonly atMs: number;
  readonly messageId: string;
}

export const RECENT_VALUES = 10;

/** Everything that one message says, as a state of its own. */
export function traitStateOf(traits: JsonObject, said: Omit<ObservedTrait, 'value'>): TraitState {
  const state = emptyState();
  for (const [key, value] of Object.entries(traits)) {
    if (value === undefined) continue;
    const observed: ObservedTrait = { ...said, value };
    state[key] = { recent: [observed], first: observed, bySource: [observed] };
  }
  return state;
}

export function combineTraitStates(states: readonly TraitState[]): TraitState {
  const only = states[0];
  if (only && states.length === 1) return only;
  const combined = emptyState();
  for (const state of states) {
    for (const [key, history] of Object.entries(state)) {
      const known = combined[key];
      combined[key] = known ? combineHistories(known, history) : history;
    }
  }
  return combined;
}

function combineHistories(left: TraitHistory, right: TraitHistory): TraitHistory {
  return {
    recent: latestOf([...left.recent, ...right.recent], (trait) => `${trait.sourceId} ${valueKey(trait.value)}`)
      .sort((a, b) => compareObserved(b, a))
      .slice(0, RECENT_VALUES),
    first: compareObserved(left.first, right.first) <= 0 ? left.first : right.first,
    bySource: latestOf([...left.bySource, ...right.bySource], (trait) => trait.sourceId).sort((a, b) => a.sourceId - b.sourceId),
  };
}

function latestOf(observed: readonly ObservedTrait[], keyOf: (trait: ObservedTrait) => string | number): ObservedTrait[] {
  const latest = new Map<string | number, ObservedTrait>();
  for (const trait of observed) {
    const key = keyOf(trait);
    const known = latest.get(key);
    if (!known || compareObserved(known, trait) < 0) latest.set(key, trait);
  }
  return [...latest.values()];
}

/** What was said last of each trait, a trait that was taken away being null: what MOST_RECENT answers, without its reasons. */
export function latestValues(state: TraitState): JsonObject {
  const values: Record<string, Json> = Object.create(null);
  for (const key of Object.keys(state)) values[key] = (state[key] as TraitHistory).recent[0]?.value ?? null;
  return values;
}

/** The sources that said anything, by ascending id. */
export function sourcesOf(state: TraitState): number[] {
  const sources = new Set(Object.values(state).flatMap(({ bySource }) => bySource.map(({ sourceId }) => sourceId)));
  return [...sources].sort((one, other) => one - other);
}

/** By when it was said, then by message id; the source and the value only decide between equals, so that the order is total. */
export function compareObserved(left: ObservedTrait, right: ObservedTrait): number {
  return (
    left.atMs - right.atMs ||
    compareText(left.messageId, right.messageId) ||
    left.sourceId - right.sourceId ||
    compareText(valueKey(left.value), valueKey(right.value))
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The same text for the same JSON value, whatever the order of its keys. */
export function valueKey(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(valueKey).join()}]`;
  const entries = Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return `{${entries
    .map(([key, item]) => `${JSON.stringify(key)}:${valueKey(item)}`)
    .sort()
    .join()}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Without a prototype, so that a trait may be called __proto__. */
function emptyState(): Record<string, TraitHistory> {
  return Object.create(null);
}

type StoredTrait = [value: Json, sourceId: number, atMs: number, messageId: string];
/** `s` and `f` are left out where they say no more than `r`: one source, and nothing said before. */
type StoredHistory = { r: StoredTrait[]; f?: StoredTrait; s?: StoredTrait[] };

/** JSON text; equal states give equal text up to the order of keys. */
export function encodeTraitState(state: TraitState): string {
  const stored: Record<string, StoredHistory> = Object.create(null);
  for (const [key, history] of Object.entries(state)) {
    const latest = history.recent[0] as ObservedTrait;
    stored[key] = {
      r: history.recent.map(toStored),
      ...(compareObserved(latest, history.first) !== 0 && { f: toStored(history.first) }),
      ...(history.bySource.length > 1 && { s: history.bySource.map(toStored) }),
    };
  }
  return JSON.stringify(stored);
}

/** Takes the JSON text of `encodeTraitState`, or the value parsed from it. */
export function decodeTraitState(stored: string | object): TraitState {
  const parsed: Record<string, StoredHistory> = typeof stored === 'string' ? JSON.parse(stored) : stored;
  const state = emptyState();
  for (const [key, history] of Object.entries(parsed)) {
    const recent = history.r.map(fromStored);
    const latest = recent[0] as ObservedTrait;
    state[key] = {
      recent,
      first: history.f ? fromStored(history.f) : latest,
      bySource: history.s ? history.s.map(fromStored) : [latest],
    };
  }
  return state;
}

/**
 * What was said last of one trait in values parsed from `encodeTraitState`, which is what MOST_RECENT answers, without decoding anything else: null where it
 * was taken away, undefined where nobody said anything of it.
 */
export function latestStored(states: readonly object[], key: string): Json | undefined {
  let latest: StoredTrait | null = null;
  for (const state of states) {
    if (!Object.hasOwn(state, key)) continue;
    const [said] = (state as Record<string, StoredHistory>)[key]?.r ?? [];
    if (said && (latest === null || compareObserved(fromStored(latest), fromStored(said)) < 0)) latest = said;
  }
  return latest?.[0];
}

function toStored(trait: ObservedTrait): StoredTrait {
  return [trait.value, trait.sourceId, trait.atMs, trait.messageId];
}

function fromStored([value, sourceId, atMs, messageId]: StoredTrait): ObservedTrait {
  return { value, sourceId, atMs, messageId };
}
