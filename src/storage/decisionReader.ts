import type { ClientBase } from 'pg';
import type { DecisionReader } from '../identity/decisionStore';
import { identityReader } from './identityReader';
import { loadCreatedSince, loadJoins, loadMerge, loadMergesOf, loadMergesSince, loadSuperseded } from './statements/loadDecisions';
import { loadStrongest } from './statements/loadStrongest';

/** Reads what decisions about one workspace's identity need, all in the transaction that `client` is in. */
export function decisionReader(client: ClientBase, workspaceId: number): DecisionReader {
  return {
    ...identityReader(
      () => client,
      workspaceId,
      () => Promise.resolve(),
    ),
    findMerge: (mergeId) => loadMerge(client, workspaceId, mergeId),
    findMergesSince: (profileId, atMs) => loadMergesSince(client, workspaceId, profileId, atMs),
    findMergesOf: (decisionId) => loadMergesOf(client, workspaceId, decisionId),
    findJoins: (lowId, highId) => loadJoins(client, workspaceId, { lowId, highId }),
    findSuperseded: (joinId) => loadSuperseded(client, workspaceId, joinId),
    findCreatedSince: (ids, atMs) => loadCreatedSince(client, workspaceId, ids, atMs),
    findStrongest: (profileIds, order) => loadStrongest(client, workspaceId, profileIds, order),
  };
}
