import type { ClientBase } from 'pg';
import { loadMemberships, loadPlaces, type Membership } from '../../storage/statements/loadMemberships';
import type { Fates } from '../../storage/statements/loadSegmentWork';
import type { FollowedDefinitions } from './followedDefinitions';
import { checksumOf, decodePlaces, type Standing } from './standing';

/**
 * Which segments profiles are in, as it was written last. Of live segments from what the last look left beside the profile's wake, where that was with the
 * same definitions; of those that are still being computed, and of whoever takes part in a merge, whose times count, from the memberships themselves.
 */
export async function loadStandings(
  client: ClientBase,
  workspaceId: number,
  { version, segments }: Pick<FollowedDefinitions, 'version' | 'segments'>,
  profileIds: readonly string[],
  fates: Fates,
): Promise<ReadonlyMap<string, readonly Standing[]>> {
  const merging = new Set([...fates].flatMap(([profileId, survivorId]) => (survivorId === null ? [] : [profileId, survivorId])));
  const places = await loadPlaces(client, workspaceId, profileIds, version);
  const isLeft = (profileId: string) => places.has(profileId) && !merging.has(profileId);
  const others = segments.filter(({ isLive }) => !isLive).map(({ segmentId }) => segmentId);
  const [read, beside] = await Promise.all([
    loadMemberships(
      client,
      workspaceId,
      profileIds.filter((profileId) => !isLeft(profileId)),
    ),
    others.length === 0
      ? new Map<string, readonly Membership[]>()
      : loadMemberships(client, workspaceId, profileIds.filter(isLeft), others),
  ]);
  const standings = new Map<string, readonly Standing[]>();
  for (const profileId of profileIds) {
    const left = isLeft(profileId) ? decodePlaces(places.get(profileId) as Buffer) : [];
    const standing = left.map(({ place, checksum }) => ({ segmentId: segments[place]?.segmentId as string, checksum, enteredAtMs: null }));
    standings.set(profileId, [...standing, ...standingsOf(read.get(profileId)), ...standingsOf(beside.get(profileId))]);
  }
  return standings;
}

function standingsOf(memberships: readonly Membership[] = []): Standing[] {
  return memberships.map(({ segmentId, enteredAtMs, reason }) => ({ segmentId, enteredAtMs, checksum: checksumOf(reason) }));
}
