import type { Json } from '../../src/kernel/json';
import { compileSegments } from '../../src/segments/compileSegments';
import type { ComputedTrait } from '../../src/segments/computedTrait';
import { evaluateSegments } from '../../src/segments/evaluateSegments';
import { parseComputedTrait } from '../../src/segments/parseComputedTrait';
import { parseDefinition } from '../../src/segments/parseDefinition';
import type { Segment } from '../../src/segments/segment';
import type { MatchedEvent, Subject } from '../../src/segments/subject';
import type { EventSpec } from '../../src/segments/trackedEvent';
import { eventKey } from '../../src/segments/trackedEventKey';

export const NOW = Date.parse('2026-11-27T12:00:00Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** `key` is also its name, in capitals. */
export function segment(key: string, json: Json): Segment {
  return { key, name: key.toUpperCase(), definition: parseDefinition(json) };
}

export function computedTrait(key: string, json: Json): ComputedTrait {
  return { key, name: key.replaceAll('_', ' '), definition: parseComputedTrait(json) };
}

/** Somebody of whom nothing is known but that they were first seen 100 days before NOW and last seen then. */
export function subject(known: Partial<Subject> = {}): Subject {
  return {
    profileId: '00000000-0000-0000-0000-000000000001',
    traits: {},
    computed: {},
    events: new Map(),
    measures: {},
    measuresNextAtMs: null,
    firstSeenAtMs: NOW - 100 * DAY,
    lastSeenAtMs: NOW,
    consents: {},
    accounts: [],
    ...known,
  };
}

/** Ascending, with ids in the order of the times. */
export function eventsAt(...timesMs: number[]): MatchedEvent[] {
  const ascending = [...timesMs].sort((left, right) => left - right);
  return ascending.map((occurredAtMs, index) => ({ occurredAtMs, interactionId: `i${String(index).padStart(6, '0')}` }));
}

export function eventMap(...matched: (readonly [EventSpec, readonly MatchedEvent[]])[]): Subject['events'] {
  return new Map(matched.map(([spec, events]) => [eventKey(spec), events]));
}

export function spec(kind: EventSpec['kind'], name: string | null = null): EventSpec {
  return { kind, name, where: [] };
}

/** What one definition says of a subject: the reason for which they are in, or null; and when that may change. */
export function evaluate(json: Json, of: Subject, nowMs = NOW, computedTraits: ComputedTrait[] = []) {
  const { members, nextAtMs } = evaluateSegments(compileSegments([segment('it', json)], computedTraits), of, nowMs);
  return { reason: members.get('it') ?? null, nextAtMs };
}
