import type { Json, JsonObject } from '../kernel/json';
import { compareObserved, type ObservedTrait, type TraitHistory, type TraitState, valueKey } from './traitState';

export const SURVIVORSHIP_RULES = ['MOST_RECENT', 'SOURCE_PRIORITY', 'MOST_FREQUENT', 'FIRST_SEEN', 'UNION'] as const;
/** Which value of a trait wins where messages or sources disagree. */
export type SurvivorshipRule = (typeof SURVIVORSHIP_RULES)[number];

/** Per trait; a trait that is not named goes by MOST_RECENT. `sources`: ids, the most trusted first (SOURCE_PRIORITY only). */
export type SurvivorshipRules = Readonly<Record<string, { readonly rule: SurvivorshipRule; readonly sources?: readonly number[] }>>;

/**
 * By trait the value that the most messages said, as the last of them said it; between values said equally often the one said last. Only
 * MOST_FREQUENT needs it; it is counted from the timeline, where every message stands once. For a trait that is not named there
 * MOST_FREQUENT answers the most recent value.
 */
export type MostSaid = Readonly<Record<string, ObservedTrait>>;

/** The traits that go by MOST_FREQUENT. */
export function mostFrequentTraits(rules: SurvivorshipRules): string[] {
  return Object.keys(rules).filter((key) => rules[key]?.rule === 'MOST_FREQUENT');
}

export interface ResolvedTrait {
  readonly key: string;
  readonly value: Json;
  readonly rule: SurvivorshipRule;
  /** Where the value came from: the last message that said it (FIRST_SEEN: the first; UNION: the newest of its parts). */
  readonly observed: ObservedTrait;
  /** What lost, newest first. */
  readonly alternatives: readonly ObservedTrait[];
}

/** The traits that exist, in order of their keys; a trait whose winner is null was taken away and is left out. */
export function resolveTraits(state: TraitState, rules: SurvivorshipRules, mostSaid: MostSaid = {}): ResolvedTrait[] {
  const resolved: ResolvedTrait[] = [];
  for (const key of Object.keys(state).sort()) {
    const trait = resolveTrait(key, state[key] as TraitHistory, rules, mostSaid);
    if (trait) resolved.push(trait);
  }
  return resolved;
}

/** One trait, or null where it was taken away. */
export function resolveTrait(key: string, history: TraitHistory, rules: SurvivorshipRules, mostSaid: MostSaid = {}): ResolvedTrait | null {
  const { rule, sources = [] } = Object.hasOwn(rules, key) ? (rules[key] as SurvivorshipRules[string]) : { rule: 'MOST_RECENT' as const };
  if (rule === 'UNION') return union(key, history);
  const observed = winner(rule, history, sources, Object.hasOwn(mostSaid, key) ? mostSaid[key] : undefined);
  if (observed.value === null) return null;
  const alternatives = history.recent.filter((other) => valueKey(other.value) !== valueKey(observed.value));
  return { key, value: observed.value, rule, observed, alternatives };
}

/** Values only, as a JSON object without a prototype. */
export function traitValues(traits: readonly ResolvedTrait[]): JsonObject {
  const values: Record<string, Json> = Object.create(null);
  for (const trait of traits) values[trait.key] = trait.value;
  return values;
}

function winner(
  rule: Exclude<SurvivorshipRule, 'UNION'>,
  history: TraitHistory,
  sources: readonly number[],
  mostSaid: ObservedTrait | undefined,
): ObservedTrait {
  const latest = history.recent[0] as ObservedTrait;
  switch (rule) {
    case 'MOST_RECENT':
      return latest;
    case 'FIRST_SEEN':
      return history.first;
    case 'SOURCE_PRIORITY': {
      const trusted = sources.map((id) => history.bySource.find((trait) => trait.sourceId === id)).find((trait) => trait !== undefined);
      return trusted ?? latest;
    }
    case 'MOST_FREQUENT':
      return mostSaid ?? latest;
  }
}

/** The elements of all values that are lists, and the other values themselves, each once, in the order first said among those kept. */
function union(key: string, history: TraitHistory): ResolvedTrait | null {
  const kept = [history.first, ...history.bySource, ...history.recent].sort(compareObserved);
  const elements = new Map<string, Json>();
  for (const { value } of kept) {
    for (const element of Array.isArray(value) ? (value as readonly Json[]) : [value as Json]) {
      if (element !== null && !elements.has(valueKey(element))) elements.set(valueKey(element), element);
    }
  }
  if (elements.size === 0) return null;
  return {
    key,
    value: [...elements.values()],
    rule: 'UNION',
    observed: history.recent[0] as ObservedTrait,
    alternatives: history.recent.slice(1),
  };
}
