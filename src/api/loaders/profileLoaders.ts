import DataLoader from 'dataloader';
import { identifierId } from '../../identity/identifierId';
import type { FoundProfiles, ProfileReader, ProfileRecord } from '../ports';

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

export function profileLoaders(reader: ProfileReader, workspaceId: number): ProfileLoaders {
  return {
    byId: new DataLoader(async (ids) => {
      const { byProfileId } = await reader.readProfiles(workspaceId, ids, []);
      return ids.map((id) => byProfileId.get(id) ?? null);
    }),
    byIdentifierId: new DataLoader(async (ids) => {
      const { byIdentifierId } = await reader.readProfiles(workspaceId, [], ids);
      return ids.map((id) => byIdentifierId.get(id) ?? null);
    }),
    byIdentifier: new DataLoader(
      async (keys) => {
        const candidates = keys.map(({ type, value }) => PROBES.map((probe) => String(identifierId(type, value, probe))));
        const found = await reader.readProfiles(workspaceId, [], candidates.flat());
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

function holderOf(key: IdentifierKey, identifierIds: readonly string[], found: FoundProfiles): ProfileRecord | null {
  for (const id of identifierIds) {
    const profile = found.byIdentifierId.get(id);
    const member = profile?.members.find((candidate) => candidate.identifierId === id);
    if (profile && member?.type === key.type && member.value === key.value) return profile;
  }
  return null;
}
