import type { ComputedTrait } from './computedTrait';
import { needsOf } from './needsOf';
import { withNamed } from './references';
import type { Segment } from './segment';
import { trackedEventKey } from './trackedEventKey';
import { trackedEventOf } from './trackedEventsOf';

/** Who could care where one tracked event is matched once more. */
export interface Askers {
  /** Of segments that ask for it themselves, through a computed trait, or through a segment that they name. */
  readonly segmentKeys: readonly string[];
  /** Whether a computed trait that one of them asks for is counted from it. */
  readonly isCounted: boolean;
}

/** By `trackedEventKey`; what nobody asks for is left out. */
export function askersOf(segments: readonly Segment[], computedTraits: readonly ComputedTrait[]): ReadonlyMap<string, Askers> {
  const askers = new Map<string, { segmentKeys: string[]; isCounted: boolean }>();
  for (const segment of segments) {
    const needs = needsOf({ segments: withNamed([segment], segments), computedTraits });
    const counted = new Set(needs.computedTraits.map((trait) => trackedEventKey(trackedEventOf(trait))));
    for (const key of new Set([...needs.events.keys(), ...counted])) {
      const known = askers.get(key) ?? { segmentKeys: [], isCounted: false };
      known.segmentKeys.push(segment.key);
      known.isCounted ||= counted.has(key);
      askers.set(key, known);
    }
  }
  return askers;
}
