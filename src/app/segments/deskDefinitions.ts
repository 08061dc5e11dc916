import { Refusal } from '../../kernel/refusals';
import type { ComputedTrait } from '../../segments/computedTrait';
import type { SegmentDefinition } from '../../segments/definition';
import { parseComputedTrait } from '../../segments/parseComputedTrait';
import { parseDefinition } from '../../segments/parseDefinition';
import { refuseUnknownReferences, segmentCycle, segmentsNamed } from '../../segments/references';
import type { SegmentDefinitions, StoredSegment } from '../../storage/statements/loadSegmentDefinitions';

const MOST_SHOWN = 10;

/** A segment's definition as the desk and the follower look at it. */
export interface KeyedSegment {
  readonly key: string;
  readonly definition: SegmentDefinition;
}

export interface ReadDefinitions {
  /** Those that can be read. */
  readonly segments: readonly (StoredSegment & { readonly parsed: SegmentDefinition })[];
  /** By key: why it can't be. */
  readonly unreadable: ReadonlyMap<string, string>;
  readonly computedTraits: readonly ComputedTrait[];
}

/** What is stored was checked when it came, but perhaps by another version. */
export function readDefinitions({ segments, computedTraits }: SegmentDefinitions): ReadDefinitions {
  const unreadable = new Map<string, string>();
  const read = segments.flatMap((segment) => {
    const parsed = orReason(() => parseDefinition(segment.definition));
    if (typeof parsed !== 'string') return [{ ...segment, parsed }];
    unreadable.set(segment.key, parsed);
    return [];
  });
  const traits = computedTraits.flatMap(({ key, name, definition }) => {
    const parsed = orReason(() => parseComputedTrait(definition));
    return typeof parsed === 'string' ? [] : [{ key, name, definition: parsed }];
  });
  return { segments: read, unreadable, computedTraits: traits };
}

export function keyedSegments({ segments }: ReadDefinitions): KeyedSegment[] {
  return segments.map(({ key, parsed }) => ({ key, definition: parsed }));
}

/** Refuses a definition that names what is not there, and one by which segments would name one another in a circle. */
export function checkNames(segment: KeyedSegment, others: readonly KeyedSegment[], computedKeys: ReadonlySet<string>): void {
  const all = [...others, segment];
  refuseUnknownReferences(segment.definition, new Set(all.map(({ key }) => key)), computedKeys);
  const cycle = segmentCycle(all);
  if (cycle) throw new Refusal('SEGMENT_INVALID', `Segments would name one another in a circle: ${cycle.join(' → ')}.`);
}

/** The keys of segments that name one of these, directly or through others. */
export function dependentsOf(keys: ReadonlySet<string>, segments: readonly KeyedSegment[]): ReadonlySet<string> {
  const found = new Set(keys);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const { key, definition } of segments) if (segmentsNamed(definition).some((named) => found.has(named))) found.add(key);
  }
  for (const key of keys) found.delete(key);
  return found;
}

/** Refuses to delete what others name. */
export function checkUnnamed(naming: readonly KeyedSegment[]): void {
  if (naming.length === 0) return;
  const keys = naming.slice(0, MOST_SHOWN).map(({ key }) => key);
  const more = naming.length > MOST_SHOWN ? ` and ${naming.length - MOST_SHOWN} more` : '';
  throw new Refusal('CONFLICT', `It is named by ${naming.length === 1 ? 'the segment' : 'the segments'} ${keys.join(', ')}${more}.`);
}

function orReason<Parsed>(parse: () => Parsed): Parsed | string {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
