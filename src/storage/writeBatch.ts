import type { ClientBase } from 'pg';
import type { IdentityChanges } from '../identity/identityStore';
import type { DeadLetter } from '../intake/message';
import type { AccountMember, AccountRecord } from '../profile/account';
import type { InteractionRecord } from '../timeline/interaction';
import type { CopyMessages } from './copyIn';
import { type RequestedErasure, requestErasures } from './privacy/requestErasures';
import { countReplays } from './privacy/tombstones';
import { deleteFromInbox } from './statements/claimInbox';
import { copyInteractions, encodeInteractions } from './statements/copyInteractions';
import { type ChangeNote, insertChangeNote } from './statements/insertChangeNote';
import { insertDeadLetters } from './statements/insertDeadLetters';
import { type EventMatch, insertEventMatches } from './statements/insertEventMatches';
import { insertInteractions } from './statements/insertInteractions';
import { insertMerges } from './statements/insertMerges';
import { insertTouches } from './statements/insertTouchChunk';
import { advanceLane, isStale, lockLane } from './statements/lockLane';
import { markExperienceDue } from './statements/markExperienceDue';
import { markMatchDue } from './statements/markMatchDue';
import { noteAccountMembers } from './statements/noteAccountMembers';
import { setWorkspace } from './statements/setWorkspace';
import { type Call, send } from './statements/statement';
import { writeAccountMembers, writeAccounts } from './statements/writeAccounts';
import { type ConsentSaid, writeConsents } from './statements/writeConsents';
import { insertIdentifiers, updateIdentifiers } from './statements/writeIdentifiers';
import { insertLinks, updateLinks } from './statements/writeLinks';
import { insertProfiles, repointRetired, updateProfiles } from './statements/writeProfiles';
import { advanceRuleChange, type RuleChangeProgress } from './statements/writeRuleChange';
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
  /** Its owners are those of the interactions, in order. */
  readonly identity: IdentityChanges;
  readonly traitStates: readonly { identifierId: bigint; traits: string }[];
  readonly accounts: readonly (AccountRecord & { traits: string })[];
  readonly accountMembers: readonly AccountMember[];
  readonly searchTerms: readonly SearchTerm[];
  readonly deadLetters: readonly DeadLetter[];
  /** How many messages stayed erased, by erasure. */
  readonly replays: ReadonlyMap<string, number>;
  /** Whom tools asked to erase; a request that was made before is none. */
  readonly erasures: readonly RequestedErasure[];
  /** One identifier of each profile that is to be compared; none where matching is off. */
  readonly matchDue: readonly bigint[];
  /** Profiles whose facts are others after this. */
  readonly experienceDue: readonly string[];
  readonly note: Omit<ChangeNote, 'atMs'>;
  readonly eventMatches: readonly EventMatch[];
  readonly consents: readonly ConsentSaid[];
  /** Of consents: those that memberships may depend on. */
  readonly duePurposes: readonly string[];
  /** Accounts whose customers' memberships may all be others after this. */
  readonly dueAccountIds: readonly string[];
  /** How far it brings the pass that a change of rules needs. */
  readonly ruleChange?: RuleChangeProgress;
}

/** Somebody else wrote to the workspace after the batch was decided: decide anew. Nothing was written. */
export class StaleBatch extends Error {
  constructor() {
    super('The workspace changed after the batch was decided.');
    this.name = 'StaleBatch';
  }
}

/** A batch whose statements are encoded, so that only sending them is left to do. */
export interface EncodedBatch extends Pick<BatchWrite, 'generation' | 'nowMs' | 'messages' | 'positions' | 'deadLetters'> {
  /** Null where there are none, or where they are among the calls. */
  readonly interactions: CopyMessages | null;
  readonly calls: readonly Call[];
}

/** `mayCopy`: whether the interactions may be copied into the timeline; else they are inserted, which takes the database half as long again. */
export function encodeBatch(workspaceId: number, batch: BatchWrite, mayCopy: boolean): EncodedBatch {
  const { generation, nowMs, messages, positions, deadLetters, identity } = batch;
  const isCopied = mayCopy && batch.interactions.length > 0;
  const interactions = isCopied ? encodeInteractions(batch.interactions, identity.owners) : null;
  const calls = callsOf(workspaceId, batch, isCopied);
  return { generation, nowMs, messages, positions, deadLetters, interactions, calls };
}

/**
 * Writes a batch in one transaction, holding the lane: all of it or nothing. The requests leave the inbox in the same transaction, so
 * the effects are there exactly once; that they are all still there follows from the generation. Throws StaleBatch where the decisions
 * no longer hold. Everything is sent in one go, `client` must pipeline: what fails fails all that follows, and the commit then rolls back.
 *
 * `before`: the batch that this one was decided on top of, while it is still being written on another connection. Until that is on disk, only the
 * interactions are copied, which nobody sees before the commit; where it fails, this one is rolled back and fails alike.
 */
export async function writeBatch(
  client: ClientBase,
  workspaceId: number,
  batch: EncodedBatch,
  before: Promise<void> | null = null,
): Promise<void> {
  const opened = [client.query('begin'), setWorkspace(client, workspaceId, 'transaction'), ...copied(client, batch)];
  if (before !== null) await orRollBack(client, opened, before);
  try {
    await allSent([
      ...opened,
      lockLane(client, workspaceId, batch.generation),
      deleteFromInbox(client, workspaceId, batch.positions),
      ...sendAll(client, workspaceId, batch),
      client.query('commit'),
    ]);
  } catch (error) {
    throw isStale(error) ? new StaleBatch() : error;
  }
}

function copied(client: ClientBase, { interactions }: EncodedBatch): Promise<unknown>[] {
  return interactions === null ? [] : copyInteractions(client, interactions);
}

async function orRollBack(client: ClientBase, opened: readonly Promise<unknown>[], before: Promise<void>): Promise<void> {
  const settled = Promise.allSettled(opened);
  try {
    await before;
  } catch (error) {
    await Promise.allSettled([settled, client.query('rollback')]);
    throw error;
  }
}

/** Waits for every statement, also after one failed, and then throws the first failure: the later ones only say that the transaction is aborted. */
async function allSent(sent: readonly Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(sent);
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
  return settled.map((result) => (result as PromiseFulfilledResult<unknown>).value);
}

function sendAll(client: ClientBase, workspaceId: number, batch: EncodedBatch): Promise<unknown>[] {
  const sent: Promise<unknown>[] = batch.calls.map((call) => send(client, call.statement, call.values));
  if (batch.deadLetters.length > 0) sent.push(insertDeadLetters(client, workspaceId, batch.deadLetters));
  const lastPosition = batch.positions.at(-1) ?? 0n;
  sent.push(advanceLane(client, workspaceId, { lastPosition, messages: batch.messages, nowMs: batch.nowMs }));
  return sent;
}

/** In an order that needs no foreign keys; what a batch has nothing of is not sent. */
function callsOf(workspaceId: number, batch: BatchWrite, isCopied: boolean): Call[] {
  const { identity, nowMs } = batch;
  const sinceMs = acceptedSinceMs(batch);
  const calls: Call[] = [];
  const when = <T>(rows: readonly T[], call: (workspaceId: number, rows: readonly T[]) => Call) => {
    if (rows.length > 0) calls.push(call(workspaceId, rows));
  };
  const isNew = (row: { readonly isNew: boolean }) => row.isNew;
  const isKnown = (row: { readonly isNew: boolean }) => !row.isNew;
  if (!isCopied) when(batch.interactions, (id, rows) => insertInteractions(id, rows, identity.owners));
  when(batch.interactions, (id, rows) => insertTouches(id, rows, identity.owners));
  when(identity.profiles.filter(isNew), (id, rows) => insertProfiles(id, rows, nowMs));
  when(identity.profiles.filter(isKnown), updateProfiles);
  when(retired(batch), repointRetired);
  when(identity.identifiers.filter(isNew), (id, rows) => insertIdentifiers(id, rows, nowMs));
  when(identity.identifiers.filter(isKnown), updateIdentifiers);
  when(identity.links.filter(isNew), insertLinks);
  when(identity.links.filter(isKnown), updateLinks);
  when(identity.merges, (id, rows) => insertMerges(id, rows, nowMs));
  when(batch.traitStates, writeTraitStates);
  when(batch.accounts, writeAccounts);
  when(batch.accountMembers, writeAccountMembers);
  when(batch.searchTerms, writeSearchTerms);
  when(batch.matchDue, markMatchDue);
  when(batch.experienceDue, (id, rows) => markExperienceDue(id, rows, sinceMs));
  when(batch.eventMatches, insertEventMatches);
  when(batch.consents, (id, rows) => writeConsents(id, rows, { atMs: sinceMs, duePurposes: batch.duePurposes }));
  when(batch.dueAccountIds, (id, rows) => noteAccountMembers(id, rows, sinceMs));
  if (saysAnything(batch.note)) calls.push(insertChangeNote(workspaceId, { ...batch.note, atMs: sinceMs }));
  if (batch.replays.size > 0) calls.push(countReplays(workspaceId, batch.replays, nowMs));
  when(batch.erasures, requestErasures);
  if (batch.ruleChange) calls.push(advanceRuleChange(workspaceId, batch.ruleChange, nowMs));
  return calls;
}

/** What follows from a batch waits since its first message was accepted: nobody who asks how fresh something is may be told of a later time. */
function acceptedSinceMs({ interactions, nowMs }: BatchWrite): number {
  return interactions.reduce((earliestMs, { receivedAtMs }) => Math.min(earliestMs, receivedAtMs), nowMs);
}

function saysAnything({ profileIds, dueIds, done, events }: BatchWrite['note']): boolean {
  return profileIds.length + dueIds.length + done.length + events.length > 0;
}

/** Profiles that were retired in this batch, each with where it points in the end. */
function retired(batch: BatchWrite): { absorbedId: string; survivorId: string }[] {
  return batch.identity.profiles.flatMap((profile) =>
    profile.mergedInto === null || profile.isNew ? [] : [{ absorbedId: profile.profileId, survivorId: profile.mergedInto }],
  );
}
