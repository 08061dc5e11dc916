import type { JsonObject } from '../kernel/json';
import { propertiesTest } from './matchesEvent';
import type { TrackedEvent } from './trackedEvent';
import { valueAt } from './valueAt';

/** An interaction as it is stored. */
export interface StoredFacts {
  readonly kind: string;
  readonly name: string;
  /** JSON text of an object; null: empty. */
  readonly properties: string | null;
}

export interface EventMatch {
  readonly trackedEventId: number;
  /** JSON text of the property that is noted; null where none is, or it is null, absent, or a number that no double can hold. */
  readonly value: string | null;
  /** A segment asks for it, by itself or through a computed trait, so the profile's memberships may change. */
  readonly makesDue: boolean;
}

export interface Tracked {
  readonly trackedEventId: number;
  readonly event: TrackedEvent;
  readonly makesDue: boolean;
}

interface Candidate {
  readonly trackedEventId: number;
  readonly kind: string | null;
  /** Null: all properties will do. */
  readonly test: ((properties: JsonObject) => boolean) | null;
  readonly property: readonly string[] | null;
  readonly makesDue: boolean;
}

const NONE: readonly never[] = [];

/** Which of many tracked events an interaction is; looks only at those of its name, and at those of its kind that ask for no name. */
export class InteractionMatcher {
  private readonly byName = new Map<string, Candidate[]>();
  private readonly byKind = new Map<string, Candidate[]>();

  constructor(tracked: readonly Tracked[]) {
    for (const { trackedEventId, event, makesDue } of tracked) {
      const { spec, property } = event;
      const test = spec.where.length === 0 ? null : propertiesTest(spec);
      const index = spec.name === null ? this.byKind : this.byName;
      const name = spec.name ?? spec.kind ?? '';
      const candidate = { trackedEventId, kind: spec.kind, test, property, makesDue };
      index.set(name, [...(index.get(name) ?? []), candidate]);
    }
  }

  get isEmpty(): boolean {
    return this.byName.size === 0 && this.byKind.size === 0;
  }

  matches(interaction: StoredFacts): readonly EventMatch[] {
    const named = this.byName.get(interaction.name);
    const ofKind = this.byKind.get(interaction.kind);
    if (!named && !ofKind) return NONE;
    const properties = new Properties(interaction.properties);
    const matches: EventMatch[] = [];
    for (const candidate of [...(named ?? NONE), ...(ofKind ?? NONE)]) {
      const { trackedEventId, kind, test, property, makesDue } = candidate;
      if (kind !== null && kind !== interaction.kind) continue;
      if (test && !test(properties.read())) continue;
      matches.push({ trackedEventId, makesDue, value: property === null ? null : notedValue(properties.read(), property) });
    }
    return matches;
  }
}

/** Parsed when they are read first. */
class Properties {
  private parsed: JsonObject | null = null;

  constructor(private readonly text: string | null) {}

  read(): JsonObject {
    this.parsed ??= this.text === null ? {} : JSON.parse(this.text);
    return this.parsed ?? {};
  }
}

function notedValue(properties: JsonObject, path: readonly string[]): string | null {
  const value = valueAt(properties, path);
  if (value === undefined || value === null) return null;
  return typeof value === 'number' && !Number.isFinite(value) ? null : JSON.stringify(value);
}
