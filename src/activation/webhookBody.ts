import { publicId } from '../kernel/ids';
import type { Json, JsonObject } from '../kernel/json';
import type { Change } from './change';

/** A customer as receivers get to see it, as it stands when it is sent. */
export interface ToldProfile {
  readonly profileId: string;
  readonly previousIds: readonly string[];
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
  readonly traits: JsonObject;
}

/** A segment that is gone by then has neither key nor name. */
export interface ToldSegment {
  readonly segmentId: string;
  readonly key: string | null;
  readonly name: string | null;
}

/** A sign of friction that is no longer found has no message. */
export interface ToldFriction {
  readonly message: string;
  readonly detectedAtMs: number;
  readonly resolvedAtMs: number | null;
}

export interface Told {
  readonly profile: ToldProfile;
  readonly segment: ToldSegment | null;
  readonly friction: ToldFriction | null;
}

/** The id that a delivery has with its receiver, whatever the destination and however often it is sent. */
export function webhookId(changeId: string): string {
  return publicId('Change', changeId);
}

/** `{type, timestamp, data}` as JSON text. `timestamp`: when it happened. */
export function webhookBody(change: Change, told: Told): string {
  const data = change.type === 'profile.erased' ? { profile: idsOf(told.profile) } : dataOf(change, told);
  return JSON.stringify({ type: change.type, timestamp: new Date(change.atMs).toISOString(), data });
}

/** Who was erased before it is sent is told of by the ids that receivers know. */
export function toldOfErased({ profileId, data }: Change): Told {
  const { previousIds } = data;
  const ids = Array.isArray(previousIds) ? previousIds.map(String) : [];
  return { profile: { profileId, previousIds: ids, identifiers: [], traits: {} }, segment: null, friction: null };
}

function dataOf(change: Change, told: Told): JsonObject {
  return {
    profile: profileOf(told.profile),
    ...aboutSegment(change, told),
    ...aboutFriction(change, told),
    ...aboutIdentity(change),
  };
}

function profileOf({ identifiers, traits, ...ids }: ToldProfile): JsonObject {
  return { ...idsOf(ids), identifiers, traits };
}

function idsOf({ profileId, previousIds }: Pick<ToldProfile, 'profileId' | 'previousIds'>): JsonObject {
  const previous = previousIds.length === 0 ? {} : { previousIds: previousIds.map((id) => publicId('Profile', id)) };
  return { id: publicId('Profile', profileId), ...previous };
}

function aboutSegment({ segmentId, data }: Change, { segment }: Told): JsonObject {
  const { key = null, name = null } = segment ?? {};
  const named = segmentId === null ? {} : { segment: { id: publicId('Segment', segmentId), key, name } };
  return { ...named, ...(data['reason'] !== undefined && { reason: data['reason'] }) };
}

function aboutFriction({ frictionKind, data }: Change, { friction }: Told): JsonObject {
  if (frictionKind === null) return {};
  const { message = null } = friction ?? {};
  const times = friction && { detectedAt: isoOrNull(friction.detectedAtMs), resolvedAt: isoOrNull(friction.resolvedAtMs) };
  return { friction: { kind: frictionKind, severity: data['severity'] ?? null, message, ...times } };
}

function aboutIdentity({ type, data }: Change): JsonObject {
  switch (type) {
    case 'profile.merged':
      return { merge: { ...mergeIdOf(data), absorbedId: profileIdOf(data['absorbedId']) } };
    case 'profile.split':
      return { split: { ...mergeIdOf(data), separatedId: profileIdOf(data['separatedId']) } };
    case 'consent.changed':
      return { consent: { purpose: data['purpose'] ?? null, granted: data['granted'] ?? null } };
    default:
      return {};
  }
}

function mergeIdOf({ mergeId }: JsonObject): JsonObject {
  return typeof mergeId === 'string' ? { id: publicId('Merge', mergeId) } : {};
}

function profileIdOf(id: Json | undefined): string | null {
  return typeof id === 'string' ? publicId('Profile', id) : null;
}

function isoOrNull(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
