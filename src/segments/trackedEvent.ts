import type { InteractionKind } from '../kernel/vocabulary';
import type { Comparison } from './definition';

/** Which interactions a condition or a computed trait is about. At least one of kind and name. */
export interface EventSpec {
  readonly kind: InteractionKind | null;
  /** The event's own name, exactly. */
  readonly name: string | null;
  /** All of them hold of the interaction's properties. Moments of `before` and `after` stand: none moves with now. */
  readonly where: readonly PropertyCondition[];
}

export interface PropertyCondition {
  readonly path: readonly string[];
  readonly comparison: Comparison;
}

/**
 * Interactions that some definition asks about: each that matches is noted once more by its identifier (`event_match`), so that counting those of a
 * customer reads no timeline. `property`: the path of the value that is noted with it, for computed traits over a property.
 */
export interface TrackedEvent {
  readonly spec: EventSpec;
  readonly property: readonly string[] | null;
}
