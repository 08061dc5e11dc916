import type { Change } from '../../activation/change';
import type { StoredMerge } from '../../identity/decisionStore';
import type { IdentityChanges } from '../../identity/identityStore';

/** A change that a note carries, to be told as it is. */
export type NotedEvent = Pick<Change, 'type' | 'profileId' | 'data'>;

/**
 * Merges, and partings: each pair of profiles of which one gave identifiers to the other and lives on itself, be it that a person parted them or undid a
 * merge (`undone`: those, to be named), or that a late message or another rule did.
 */
export function identityEventsOf(
  { identifiers, profiles, merges }: Pick<IdentityChanges, 'identifiers' | 'profiles' | 'merges'>,
  undone: readonly Pick<StoredMerge, 'mergeId' | 'absorbedId'>[] = [],
): NotedEvent[] {
  const retired = new Set(profiles.flatMap(({ profileId, mergedInto }) => (mergedInto === null ? [] : [profileId])));
  const parted = new Map<string, NotedEvent>();
  for (const { profileId, before } of identifiers) {
    if (before === null || before.profileId === profileId || retired.has(before.profileId)) continue;
    const mergeId = undone.find(({ absorbedId }) => absorbedId === profileId)?.mergeId;
    const data = { separatedId: profileId, ...(mergeId !== undefined && { mergeId }) };
    parted.set(`${before.profileId} ${profileId}`, { type: 'profile.split', profileId: before.profileId, data });
  }
  const merged = merges.map(({ mergeId, rule, survivorId, absorbedId }): NotedEvent => {
    return { type: 'profile.merged', profileId: survivorId, data: { mergeId, absorbedId, rule } };
  });
  return [...merged, ...parted.values()];
}
