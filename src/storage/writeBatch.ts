import type { ClientBase } from 'pg';
import type { IdentityChanges } from '../identity/identityStore';
import type { DeadLetter } from '../intake/message';
import type { AccountMember, AccountRecord } from '../profile/account';
import type { InteractionRecord } from '../timeline/interaction';
import { deleteFromInbox } from './statements/claimInbox';
import { insertDeadLetters } from './statements/insertDeadLetters';
import { insertInteractions } from './statements/insertInteractions';
import { insertMerges } from './statements/insertMerges';
import { advanceLane, lockLane } from './statements/lockLane';
import { setWorkspace } from './statements/setWorkspace';
import { writeAccountMembers, writeAccounts } from './statements/writeAccounts';
import { insertIdentifiers, updateIdentifiers } from './statements/writeIdentifiers';
import { insertLinks, updateLinks } from './statements/writeLinks';
import { insertProfiles, repointRetired, updateProfiles } from './statements/writeProfiles';
import { type SearchTerm, writeSearchTerms } from './statements/writeSearchTerms';
import { writeTraitStates } from './statements/writeTraitStates';

/** Everything that a batch of messages changes, decided and ready to be written. */
export interface BatchWrite {
  /** The generation that the decisions were made on. */
  readonly generation: bigint;
  readonly nowMs: number;
  readonly messages: number;
  /** Requests that are done with this batch, ascending. */
  readonly positions: readonly bigint[];
  readonly interactions: readonly InteractionRecord[];
  readonly identity: Omit<IdentityChanges, 'owners'>;
  readonly traitStates: readonly { identifierId: bigint; traits: string }[];
  readonly accounts: readonly (AccountRecord & { traits: string })[];
  readonly accountMembers: readonly AccountMember[];
  readonly searchTerms: readonly SearchTerm[];
  readonly deadLetters: readonly DeadLetter[];
}

/** Somebody else wrote to the workspace after the batch was decided: decide anew. Nothing was written. */
export class StaleBatch extends Error {
  constructor() {
    super('The workspace changed after the batch was decided.');
    this.name = 'StaleBatch';
  }
}

/**
 * Writes a batch in one transaction, holding the lane: all of it or nothing. The requests leave the inbox in the same transaction, so
 * the effects are there exactly once. Throws StaleBatch where the decisions no longer hold. `client` must pipeline.
 */
export async function writeBatch(client: ClientBase, workspaceId: number, batch: BatchWrite): Promise<void> {
  const begun = client.query('begin');
  try {
    await Promise.all([begun, setWorkspace(client, workspaceId, 'transaction'), refuseStale(client, workspaceId, batch.generation)]);
    const [deleted] = await allSent([deleteFromInbox(client, workspaceId, batch.positions), ...statements(client, workspaceId, batch)]);
    if (deleted !== batch.positions.length) throw new StaleBatch();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function refuseStale(client: ClientBase, workspaceId: number, expected: bigint): Promise<void> {
  if ((await lockLane(client, workspaceId)) !== expected) throw new StaleBatch();
}

/** Waits for every statement, also after one failed, and then throws the first failure: the later ones only say that the transaction is aborted. */
async function allSent(sent: readonly Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(sent);
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
  return settled.map((result) => (result as PromiseFulfilledResult<unknown>).value);
}

function statements(client: ClientBase, workspaceId: number, batch: BatchWrite): Promise<unknown>[] {
  const { identity, nowMs } = batch;
  const where = [client, workspaceId] as const;
  const sent: Promise<unknown>[] = [];
  const when = <T>(rows: readonly T[], write: (rows: readonly T[]) => Promise<unknown>) => {
    if (rows.length > 0) sent.push(write(rows));
  };
  const isNew = (row: { readonly isNew: boolean }) => row.isNew;
  const isKnown = (row: { readonly isNew: boolean }) => !row.isNew;
  when(batch.interactions, (rows) => insertInteractions(...where, rows));
  when(identity.profiles.filter(isNew), (rows) => insertProfiles(...where, rows, nowMs));
  when(identity.profiles.filter(isKnown), (rows) => updateProfiles(...where, rows));
  when(retired(batch), (rows) => repointRetired(...where, rows));
  when(identity.identifiers.filter(isNew), (rows) => insertIdentifiers(...where, rows));
  when(identity.identifiers.filter(isKnown), (rows) => updateIdentifiers(...where, rows));
  when(identity.links.filter(isNew), (rows) => insertLinks(...where, rows));
  when(identity.links.filter(isKnown), (rows) => updateLinks(...where, rows));
  when(identity.merges, (rows) => insertMerges(...where, rows, nowMs));
  when(batch.traitStates, (rows) => writeTraitStates(...where, rows));
  when(batch.accounts, (rows) => writeAccounts(...where, rows));
  when(batch.accountMembers, (rows) => writeAccountMembers(...where, rows));
  when(batch.searchTerms, (rows) => writeSearchTerms(...where, rows));
  when(batch.deadLetters, (rows) => insertDeadLetters(...where, rows));
  const lastPosition = batch.positions.at(-1) ?? 0n;
  sent.push(advanceLane(...where, { lastPosition, messages: batch.messages, nowMs }));
  return sent;
}

/** Profiles that were retired in this batch, each with where it points in the end. */
function retired(batch: BatchWrite): { absorbedId: string; survivorId: string }[] {
  return batch.identity.profiles.flatMap((profile) =>
    profile.mergedInto === null || profile.isNew ? [] : [{ absorbedId: profile.profileId, survivorId: profile.mergedInto }],
  );
}
