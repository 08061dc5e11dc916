/** One identifier as seen on a message: its type, and its value after normalising. */
export interface ObservedIdentifier {
  readonly type: string;
  readonly value: string;
}

/** What identity learns from one message. */
export interface Observation {
  /** UUID of the interaction the message becomes: the evidence of its links. */
  readonly interactionId: string;
  readonly occurredAtMs: number;
  readonly sourceId: number;
  /** Distinct, normalised, not blocked, strongest type first; at least one. The first owns the interaction. */
  readonly identifiers: readonly ObservedIdentifier[];
  /** Pairs of indexes into `identifiers` that an alias call, or a merge in their source, declared to be one. */
  readonly aliases: readonly (readonly [number, number])[];
}
