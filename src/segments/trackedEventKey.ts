import { hash } from 'node:crypto';
import { canonicalJson } from './canonicalJson';
import type { EventSpec, TrackedEvent } from './trackedEvent';

/** SHA-256 in hex of what is tracked: the same for all that ask for the same, whatever the order of members and of conditions on properties. */
export function trackedEventKey({ spec, property }: TrackedEvent): string {
  const where = spec.where.map(canonicalJson).sort();
  return hash('sha256', canonicalJson({ kind: spec.kind, name: spec.name, where, property }), 'hex');
}

/** The key of a spec that is asked for without a value, as conditions of segments do. */
export function eventKey(spec: EventSpec): string {
  return trackedEventKey({ spec, property: null });
}
