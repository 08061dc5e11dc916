import type { Channel, Department } from '../../kernel/vocabulary';

export const FRICTION_KINDS = [
  'LONG_WAIT',
  'REPEATED_CONTACT',
  'REPEATED_INFORMATION',
  'UNRESOLVED',
  'REOPENED',
  'BOT_LOOP',
  'CHANNEL_SWITCH',
  'NEGATIVE_SENTIMENT',
  'IMPERSONAL',
  'RUDE_AGENT',
  'FAILED_PAYMENT',
  'ERROR_STREAK',
  'ABANDONED_CART',
  'ABANDONED_CALL',
  'IGNORED_FEEDBACK',
] as const;
export type FrictionKind = (typeof FRICTION_KINDS)[number];

export type Severity = 'LOW' | 'MEDIUM' | 'HIGH';

/** A sign of bad experience, found in what happened. */
export interface FrictionSignal {
  /** `${kind}/${interaction id}` of the fact that the sign is about: the same sign found again has the same key. */
  readonly key: string;
  readonly kind: FrictionKind;
  readonly severity: Severity;
  readonly detectedAtMs: number;
  /** Null while it lasts. */
  readonly resolvedAtMs: number | null;
  /** One line a person can read. */
  readonly message: string;
  /** Interaction ids, oldest first, at least one. */
  readonly evidence: readonly string[];
  readonly department: Department;
  readonly channel: Channel;
}
