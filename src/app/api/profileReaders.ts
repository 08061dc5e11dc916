import type { AccountReader, AccountRecord } from '../../api/ports/accountReader';
import type { MemberRecord, ProfileReader, ProfileRecord } from '../../api/ports/profileReader';
import type { ObservedTrait } from '../../profile/traitState';
import { findAccounts, listAccountProfiles, readAccountsOf } from '../../storage/statements/findAccounts';
import { countProfiles, listProfiles } from '../../storage/statements/listProfiles';
import { readMostSaid } from '../../storage/statements/readMostSaid';
import { readPreviousIds } from '../../storage/statements/readPreviousIds';
import { type ProfileMemberRow, readProfiles } from '../../storage/statements/readProfiles';
import { searchProfiles } from '../../storage/statements/searchProfiles';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { grouped } from './groupedRows';

export function profileReader(connections: WorkspaceConnections): ProfileReader {
  return {
    readProfiles: async (workspaceId, asked) => {
      const profiles = profilesFromRows(await readProfiles(connections, workspaceId, asked));
      return asked.mostSaidTraits.length === 0 ? profiles : withMostSaid(connections, workspaceId, profiles, asked.mostSaidTraits);
    },
    readPreviousIds: async (workspaceId, profileIds) =>
      grouped(await readPreviousIds(connections, workspaceId, profileIds), ([survivorId, profileId]) => [survivorId, profileId]),
    listProfiles: (workspaceId, page) => listProfiles(connections, workspaceId, page),
    countProfiles: (workspaceId) => countProfiles(connections, workspaceId),
    searchProfiles: async (workspaceId, search) => {
      const rows = await searchProfiles(connections, workspaceId, search);
      return rows.map(([rank, profileId]) => ({ rank, profileId }));
    },
  };
}

export function accountReader(connections: WorkspaceConnections): AccountReader {
  return {
    findAccounts: async (workspaceId, accountIds) => {
      const rows = await findAccounts(connections, workspaceId, accountIds);
      return rows.map(([accountId, externalId, traits]) => ({ accountId, externalId, traits }));
    },
    readAccountsOf: async (workspaceId, identifierIds) =>
      grouped(await readAccountsOf(connections, workspaceId, identifierIds), (row): [string, AccountRecord] => {
        const [accountId, externalId, traits, identifierId] = row;
        return [identifierId, { accountId, externalId, traits }];
      }),
    listAccountProfiles: (workspaceId, accountId, page) => listAccountProfiles(connections, workspaceId, accountId, page),
  };
}

function profilesFromRows(rows: readonly ProfileMemberRow[]): ReadonlyMap<string, ProfileRecord> {
  const profiles = new Map<string, ProfileRecord>();
  let members: MemberRecord[] = [];
  let current = '';
  for (const row of rows) {
    const [askedId, profileId, firstSeenAtMs] = row;
    if (askedId !== current) {
      current = askedId;
      members = [];
      profiles.set(askedId, { profileId, firstSeenAtMs, members, mostSaid: {} });
    }
    members.push(memberFromRow(row));
  }
  return profiles;
}

/** An identifier without a trait state owns no message that says one. */
async function withMostSaid(
  connections: WorkspaceConnections,
  workspaceId: number,
  found: ReadonlyMap<string, ProfileRecord>,
  traits: readonly string[],
): Promise<ReadonlyMap<string, ProfileRecord>> {
  const records = [...new Map([...found.values()].map((record) => [record.profileId, record])).values()];
  const profiles = records.map(({ members }) => members.filter((member) => member.traits !== null).map((member) => member.identifierId));
  const mostSaid = new Map<string, Record<string, ObservedTrait>>(records.map((record) => [record.profileId, Object.create(null)]));
  for (const [ordinal, key, value, sourceId, atMs, messageId] of await readMostSaid(connections, workspaceId, { profiles, traits })) {
    const said = mostSaid.get(records[ordinal - 1]?.profileId ?? '');
    if (said) said[key] = { value: JSON.parse(value), sourceId, atMs, messageId };
  }
  return new Map([...found].map(([askedId, record]) => [askedId, { ...record, mostSaid: mostSaid.get(record.profileId) ?? {} }]));
}

function memberFromRow(row: ProfileMemberRow): MemberRecord {
  const [, , , identifierId, type, value, sourceId, firstSeenAtMs, lastSeenAtMs, verified, interactions, traits, linksFirst, linksLast] =
    row;
  const sighting = linksFirst === null || linksLast === null ? null : { firstSeenAtMs: linksFirst, lastSeenAtMs: linksLast };
  return { identifierId, type, value, sourceId, firstSeenAtMs, lastSeenAtMs, verified, interactions, traits, sighting };
}
