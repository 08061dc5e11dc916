import type { JsonObject } from '../kernel/json';

export const CHANGE_TYPES = [
  'profile.changed',
  'profile.merged',
  'profile.split',
  'segment.entered',
  'segment.left',
  'friction.detected',
  'consent.changed',
  'profile.erased',
] as const;
export type ChangeType = (typeof CHANGE_TYPES)[number];

/** Something that others are told: destinations by signed webhooks, subscribers at once. Holds ids and nothing personal. */
export interface Change {
  /** UUIDv7; the id of every delivery and subscription event made of it. */
  readonly changeId: string;
  readonly type: ChangeType;
  readonly profileId: string;
  readonly atMs: number;
  /** Of segment.entered and segment.left. */
  readonly segmentId: string | null;
  /** Of friction.detected. */
  readonly frictionKind: string | null;
  /** Ids and words of ours: mergeId and absorbedId; reason; signalKey and severity; purpose and granted; previousIds. */
  readonly data: JsonObject;
}
