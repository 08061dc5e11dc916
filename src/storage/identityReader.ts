import type { ClientBase } from 'pg';
import type { IdentityReader } from '../identity/identityStore';
import { loadIdentifiers, loadLinks, loadLinksOf, loadMembers, loadProfiles } from './statements/loadIdentityGraph';
import { loadLinkedTypes } from './statements/loadLinkedTypes';

/** Reads one workspace's identity graph. `settled` waits until every change decided so far is on disk. */
export function identityReader(reader: () => ClientBase, workspaceId: number, settled: () => Promise<void>): IdentityReader {
  return {
    findIdentifiers: (ids) => loadIdentifiers(reader(), workspaceId, ids),
    findLinks: (pairs) => loadLinks(reader(), workspaceId, pairs),
    findMembers: async (profileIds) => {
      await settled();
      return loadMembers(reader(), workspaceId, profileIds);
    },
    findLinksOf: async (ids, limitPerIdentifier) => {
      await settled();
      return loadLinksOf(reader(), workspaceId, ids, limitPerIdentifier);
    },
    findProfiles: async (profileIds) => {
      await settled();
      return loadProfiles(reader(), workspaceId, profileIds);
    },
    findLinkedTypes: async (ids, withValues) => {
      await settled();
      return loadLinkedTypes(reader(), workspaceId, ids, withValues);
    },
  };
}
