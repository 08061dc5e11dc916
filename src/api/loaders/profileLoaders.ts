import DataLoader from 'dataloader';
import { identifierId } from '../../identity/identifierId';
import { mostFrequentTraits, type SurvivorshipRules } from '../../profile/survivorship';
import type { ProfileReader, ProfileRecord } from '../ports/profileReader';
import type { QueryNeeds } from '../queryNeeds';

/** An identifier whose value is normalised already. */
export interface IdentifierKey {
  readonly type: string;
  readonly value: string;
}

/** Two values share a 64-bit id next to never; the second of them is then stored under its next probe. */
const PROBES = [0, 1] as const;

export interface ProfileLoaders {
  /** A merged id answers its survivor; null where there is none. */
  readonly byId: DataLoader<string, ProfileRecord | null>;
  readonly byIdentifier: DataLoader<IdentifierKey, ProfileRecord | null, string>;
  /** By the stored id of an identifier. */
  readonly byIdentifierId: DataLoader<string, ProfileRecord | null>;
  readonly previousIds: DataLoader<string, readonly string[]>;
}

/** `needs` is asked when something is read: by then it is known what the query selects. */
export function profileLoaders(
  reader: ProfileReader,
  workspaceId: number,
  needs: Readonly<QueryNeeds>,
  survivorship: SurvivorshipRules,
): ProfileLoaders {
  const read = (by: 'id' | 'identifier', ids: readonly string[]) => {
    const mostSaidTraits = needs.traits ? mostFrequentTraits(survivorship) : [];
    return reader.readProfiles(workspaceId, { by, ids, withSightings: needs.sightings, mostSaidTraits });
  };
  return {
    byId: new DataLoader(async (ids) => {
      const found = await read('id', ids);
      return ids.map((id) => found.get(id) ?? null);
    }),
    byIdentifierId: new DataLoader(async (ids) => {
      const found = await read('identifier', ids);
      return ids.map((id) => found.get(id) ?? null);
    }),
    byIdentifier: new DataLoader(
      async (keys) => {
        const candidates = keys.map(({ type, value }) => PROBES.map((probe) => String(identifierId(type, value, probe))));
        const found = await read('identifier', candidates.flat());
        return keys.map((key, index) => holderOf(key, candidates[index] ?? [], found));
      },
      { cacheKeyFn: ({ type, value }) => `${type}\n${value}` },
    ),
    previousIds: new DataLoader(async (ids) => {
      const previous = await reader.readPreviousIds(workspaceId, ids);
      return ids.map((id) => previous.get(id) ?? []);
    }),
  };
}

function holderOf(key: IdentifierKey, identifierIds: readonly string[], found: ReadonlyMap<string, ProfileRecord>): ProfileRecord | null {
  for (const id of identifierIds) {
    const profile = found.get(id);
    const member = profile?.members.find((candidate) => candidate.identifierId === id);
    if (profile && member?.type === key.type && member.value === key.value) return profile;
  }
  return null;
}
