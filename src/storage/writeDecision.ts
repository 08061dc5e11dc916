import type { ClientBase } from 'pg';
import type { DecisionChanges } from '../identity/decisionStore';
import type { LinkRecord } from '../identity/identityStore';
import { decideLinks, deleteLinks, insertDecidedLinks } from './statements/decideLinks';
import { insertMerges } from './statements/insertMerges';
import { repointParted } from './statements/repointParted';
import { type Call, send } from './statements/statement';
import { type Decided, insertDecisions, insertLabels, revokeJoins, supersedeLabels, undoMerges } from './statements/writeDecisions';
import { updateIdentifiers } from './statements/writeIdentifiers';
import { insertProfiles, repointRetired, updateProfiles } from './statements/writeProfiles';

/**
 * Writes what somebody decided, in the transaction that holds the lane. How many statements that takes does not depend on how many identifiers,
 * links and interactions the profiles have.
 */
export async function writeDecision(client: ClientBase, workspaceId: number, changes: DecisionChanges, decided: Decided): Promise<void> {
  for (const call of [...decisionCalls(workspaceId, changes, decided), ...graphCalls(workspaceId, changes, decided)]) {
    await send(client, call.statement, call.values);
  }
}

function decisionCalls(workspaceId: number, changes: DecisionChanges, decided: Decided): Call[] {
  const { joins, parts, superseded, revokedJoinIds, undoneMergeIds } = changes;
  return [
    ...when(joins.length + parts.length > 0, () => insertDecisions(workspaceId, { joins, parts }, decided)),
    ...parts.map((part) => insertLabels(workspaceId, part)),
    ...when(revokedJoinIds.length > 0, () => revokeJoins(workspaceId, revokedJoinIds, decided.atMs)),
    ...when(superseded.length > 0, () => supersedeLabels(workspaceId, superseded)),
    ...when(undoneMergeIds.length > 0, () => undoMerges(workspaceId, undoneMergeIds, decided.atMs)),
  ];
}

/**
 * Merges note who pointed to the absorbed profile, so they come before these ids are repointed. Where one profile alone lives on, nothing was parted
 * that an id could follow.
 */
function graphCalls(workspaceId: number, { identity, undoneMergeIds }: DecisionChanges, { atMs }: Decided): Call[] {
  const { identifiers, links, profiles, merges } = identity;
  const founded = profiles.filter(({ isNew }) => isNew);
  const known = profiles.filter(({ isNew }) => !isNew);
  const retired = known.flatMap(({ profileId, mergedInto }) =>
    mergedInto === null ? [] : [{ absorbedId: profileId, survivorId: mergedInto }],
  );
  const living = profiles.filter(({ mergedInto }) => mergedInto === null).map(({ profileId }) => profileId);
  const fresh = links.filter(({ isNew }) => isNew);
  const decidedLinks = links.filter((link) => !link.isNew && isThere(link));
  const gone = links.filter((link) => !isThere(link));
  return [
    ...when(founded.length > 0, () => insertProfiles(workspaceId, founded, atMs)),
    ...when(merges.length > 0, () => insertMerges(workspaceId, merges, atMs)),
    ...when(known.length > 0, () => updateProfiles(workspaceId, known)),
    ...when(retired.length > 0, () => repointRetired(workspaceId, retired)),
    ...when(identifiers.length > 0, () => updateIdentifiers(workspaceId, identifiers)),
    ...when(fresh.length > 0, () => insertDecidedLinks(workspaceId, fresh)),
    ...when(decidedLinks.length > 0, () => decideLinks(workspaceId, decidedLinks)),
    ...when(gone.length > 0, () => deleteLinks(workspaceId, gone)),
    ...when(living.length > 1, () => repointParted(workspaceId, living, undoneMergeIds)),
  ];
}

function isThere({ firstSeenAtMs, decision }: LinkRecord): boolean {
  return firstSeenAtMs !== null || decision !== null;
}

function when(holds: boolean, call: () => Call): Call[] {
  return holds ? [call()] : [];
}
