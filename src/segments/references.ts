import type { Condition, SegmentDefinition } from './definition';
import { DefinitionFaults, memberPlace } from './definitionFaults';
import { eachCondition } from './eachCondition';
import type { Segment } from './segment';

/** The keys of the segments that a definition names, each once. */
export function segmentsNamed({ condition }: SegmentDefinition): string[] {
  return namedIn(condition, 'segment');
}

/** Segments, and of `all` those that they name, and those that these do. */
export function withNamed(segments: readonly Segment[], all: readonly Segment[]): Segment[] {
  const byKey = new Map(all.map((segment) => [segment.key, segment]));
  const reached = new Map(segments.map((segment) => [segment.key, segment]));
  for (const { definition } of reached.values()) {
    for (const key of segmentsNamed(definition)) {
      const named = byKey.get(key);
      if (named && !reached.has(key)) reached.set(key, named);
    }
  }
  return [...reached.values()];
}

/** The keys of the computed traits that a definition names, each once. */
export function computedTraitsNamed({ condition }: SegmentDefinition): string[] {
  return namedIn(condition, 'computed');
}

function namedIn(root: Condition, type: 'segment' | 'computed'): string[] {
  const keys = [...eachCondition(root)].flatMap(({ condition }) => (condition.type === type ? [condition.key] : []));
  return [...new Set(keys)];
}

/** Refuses with SEGMENT_INVALID a definition that names segments or computed traits other than those given, each with its path. */
export function refuseUnknownReferences(
  { condition: root }: SegmentDefinition,
  segmentKeys: ReadonlySet<string>,
  computedKeys: ReadonlySet<string>,
): void {
  const faults = new DefinitionFaults();
  for (const { condition, place } of eachCondition(root)) {
    if (condition.type !== 'segment' && condition.type !== 'computed') continue;
    const known = condition.type === 'segment' ? segmentKeys : computedKeys;
    const what = condition.type === 'segment' ? 'a segment' : 'a computed trait';
    if (!known.has(condition.key)) faults.add(memberPlace(place, condition.type), `must be the key of ${what} that there is`);
  }
  faults.refuseAny();
}

type Definitions = readonly Pick<Segment, 'key' | 'definition'>[];

/** Keys of segments that name one another in a circle, the first one again at the end: `['a', 'b', 'a']`. Null where there is none. */
export function segmentCycle(segments: Definitions): readonly string[] | null {
  const named = new Map(segments.map(({ key, definition }) => [key, segmentsNamed(definition)]));
  const left = new Set<string>();
  const way: string[] = [];
  const follow = (key: string): readonly string[] | null => {
    if (left.has(key)) return null;
    if (way.includes(key)) return [...way.slice(way.indexOf(key)), key];
    way.push(key);
    for (const other of named.get(key) ?? []) {
      const cycle = follow(other);
      if (cycle) return cycle;
    }
    left.add(key);
    way.pop();
    return null;
  };
  for (const key of named.keys()) {
    const cycle = follow(key);
    if (cycle) return cycle;
  }
  return null;
}
