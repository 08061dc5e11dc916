import type { ClaimedDelivery, Withheld } from '../../activation/delivery';
import { type Told, type ToldProfile, toldOfErased } from '../../activation/webhookBody';
import type { ProfileReader, ProfileRecord } from '../../api/ports/profileReader';
import { traitsOf } from '../../api/traitsOf';
import type { SettingsCache } from '../../api/workspaceSettings';
import { mostFrequentTraits, type SurvivorshipRules, traitValues } from '../../profile/survivorship';
import { isDataError } from '../../storage/dataErrors';
import { readStandings, readToldFriction, readToldSegments, type Standing } from '../../storage/statements/readTold';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';

export interface ToldReading {
  readonly connections: WorkspaceConnections;
  readonly profiles: ProfileReader;
  readonly settings: SettingsCache;
}

/** As `readTold`, but what can't be read because of what it is comes as its error, and alone so: it is found by halving. */
export async function readEach(
  reading: ToldReading,
  workspaceId: number,
  deliveries: readonly ClaimedDelivery[],
  purpose: string | null,
): Promise<readonly (Told | Withheld | Error)[]> {
  if (deliveries.length === 0) return [];
  try {
    return await readTold(reading, workspaceId, deliveries, purpose);
  } catch (error) {
    if (!isDataError(error)) throw error;
    if (deliveries.length === 1) return [error as Error];
    const half = deliveries.length >> 1;
    const first = await readEach(reading, workspaceId, deliveries.slice(0, half), purpose);
    return [...first, ...(await readEach(reading, workspaceId, deliveries.slice(half), purpose))];
  }
}

/** What receivers are told with each delivery as it stands now, or why they are told nothing. Four statements or five, however many deliveries. */
async function readTold(
  { connections, profiles, settings }: ToldReading,
  workspaceId: number,
  deliveries: readonly ClaimedDelivery[],
  purpose: string | null,
): Promise<readonly (Told | Withheld)[]> {
  const { survivorship } = await settings.settingsOf(workspaceId);
  const ids = [...new Set(deliveries.map(({ profileId }) => profileId))];
  const [standings, records, segments, friction] = await Promise.all([
    readStandings(connections, workspaceId, ids, purpose),
    profiles.readProfiles(workspaceId, { by: 'id', ids, withSightings: false, mostSaidTraits: mostFrequentTraits(survivorship) }),
    readToldSegments(connections, workspaceId, [...new Set(deliveries.flatMap(({ segmentId }) => segmentId ?? []))]),
    readToldFriction(connections, workspaceId, deliveries.map(signalOf)),
  ]);
  return deliveries.map((delivery, index) => {
    const { profileId, segmentId } = delivery;
    if (delivery.type === 'profile.erased') return toldOfErased(delivery);
    const standing = standings.get(profileId);
    const record = records.get(profileId);
    const withheld = withheldOf(standing);
    if (withheld !== null || !standing || !record) return withheld ?? 'ERASED';
    const segment = segmentId === null ? null : (segments.get(segmentId) ?? null);
    return { profile: profileOf(record, standing, survivorship), segment, friction: friction.get(index) ?? null };
  });
}

function withheldOf(standing: Standing | undefined): Withheld | null {
  if (!standing) return 'ERASED';
  if (standing.isSuppressed) return 'SUPPRESSED';
  return standing.hasConsent ? null : 'NO_CONSENT';
}

function profileOf(record: ProfileRecord, { previousIds }: Standing, survivorship: SurvivorshipRules): ToldProfile {
  return {
    profileId: record.profileId,
    previousIds,
    identifiers: record.members.map(({ type, value }) => ({ type, value })),
    traits: traitValues(traitsOf(record, survivorship)),
  };
}

/** One that is about no sign asks for none that there is. */
function signalOf({ profileId, data }: ClaimedDelivery): { readonly profileId: string; readonly signalKey: string } {
  const { signalKey } = data;
  return { profileId, signalKey: typeof signalKey === 'string' ? signalKey : '' };
}
