import type { IdentityChanges } from '../../identity/identityStore';
import type { Account } from '../../profile/account';
import { sayTheSame } from '../../profile/sayTheSame';
import type { Interest } from '../../segments/interestOf';
import type { ChangeNote, DoneEvent } from '../../storage/statements/insertChangeNote';
import type { EventMatch } from '../../storage/statements/insertEventMatches';
import type { ConsentSaid } from '../../storage/statements/writeConsents';
import type { BatchWrite } from '../../storage/writeBatch';
import { consentsOf } from '../../timeline/consentsOf';
import { identityEventsOf } from './identityEvents';
import type { PreparedMessage } from './prepareMessages';

/** What a batch notes of itself, in its own transaction, for whoever follows. */
export type BatchNotes = Pick<BatchWrite, 'note' | 'eventMatches' | 'consents' | 'duePurposes' | 'dueAccountIds'>;

interface DueBasis {
  readonly identity: IdentityChanges;
  readonly interest: Interest;
  readonly nowMs: number;
}

/** A tracked event that segments ask for, and the identifier that it belongs to. */
type DoneBy = Pick<EventMatch, 'identifierId' | 'trackedEventId'>;

/** `accounts`: those that the batch speaks of, as they stand after it; `knownAccounts`: before it. */
export interface NotedBatch {
  readonly messages: readonly PreparedMessage[];
  readonly identity: IdentityChanges;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly knownAccounts: ReadonlyMap<string, Account>;
}

/**
 * Whom a batch touched, and who of them is due to be looked at by segments: whose identifiers are others than before (every new profile), who did what a
 * segment asks about, of whom a trait was said that one reads, who was named with an account where one reads accounts, and who is back after so long that
 * lastSeenDaysAgo may say something else. Where there are no segments nobody is due.
 */
export function notesOf(batch: NotedBatch, { interest, nowMs }: { readonly interest: Interest; readonly nowMs: number }): BatchNotes {
  const { messages, identity } = batch;
  const eventMatches: EventMatch[] = [];
  const consents: ConsentSaid[] = [];
  const saidOwners = new Set<bigint>();
  const done: DoneBy[] = [];
  for (const [index, message] of messages.entries()) {
    const identifierId = identity.owners[index] as bigint;
    addConsents(consents, message, identifierId);
    if (interest.isEmpty) continue;
    const { interactionId, occurredAtMs, facts, properties } = message.interaction;
    for (const { trackedEventId, value, makesDue } of interest.matches({ kind: facts.kind, name: facts.name, properties })) {
      const match = { identifierId, trackedEventId, occurredAtMs, interactionId, value };
      eventMatches.push(match);
      if (makesDue) done.push(match);
    }
    if (asksWhatIsSaid(message.message, interest)) saidOwners.add(identifierId);
  }
  return {
    note: {
      profileIds: touchedProfiles(identity),
      ...dueOf({ identity, interest, nowMs }, { saidOwners, done }),
      events: identityEventsOf(identity),
    },
    eventMatches,
    consents,
    duePurposes: [...new Set(consents.map(({ purpose }) => purpose))].filter((purpose) => interest.caresForConsent(purpose)),
    dueAccountIds: interest.caresForAccounts ? changedAccounts(batch) : [],
  };
}

/** Of somebody (identify), or of an account that somebody is named with (group). */
function asksWhatIsSaid({ call, traits, groupId }: PreparedMessage['message'], interest: Interest): boolean {
  if (call === 'identify') return interest.caresForTraits(Object.keys(traits));
  return call === 'group' && groupId !== null && interest.caresForAccounts;
}

function addConsents(consents: ConsentSaid[], { interaction }: PreparedMessage, identifierId: bigint): void {
  const { occurredAtMs: atMs, messageId, sourceId } = interaction;
  for (const said of consentsOf(interaction)) consents.push({ ...said, identifierId, atMs, messageId, sourceId });
}

/** Those that interactions now belong to, and those that hold other identifiers; without those that were merged into others. */
function touchedProfiles({ owners, identifiers, profiles }: IdentityChanges): string[] {
  const owning = new Set(owners);
  const touched = new Set<string>();
  for (const { identifierId, profileId } of identifiers) if (owning.has(identifierId)) touched.add(profileId);
  for (const { profileId, mergedInto } of profiles) if (mergedInto === null) touched.add(profileId);
  return [...touched];
}

/** Who is due, and what those of them did of whom nothing else is new. */
function dueOf(
  { identity, interest, nowMs }: DueBasis,
  { saidOwners, done }: { readonly saidOwners: ReadonlySet<bigint>; readonly done: readonly DoneBy[] },
): Pick<ChangeNote, 'dueIds' | 'done'> {
  if (!interest.hasSegments) return { dueIds: [], done: [] };
  const due = new Set(identity.profiles.map(({ profileId }) => profileId));
  const profileOf = new Map<bigint, string>();
  for (const { identifierId, profileId } of identity.identifiers) {
    profileOf.set(identifierId, profileId);
    if (saidOwners.has(identifierId)) due.add(profileId);
  }
  if (interest.lastSeenThresholdMs !== null) for (const id of returnedProfiles(identity, nowMs - interest.lastSeenThresholdMs)) due.add(id);
  const doneAlone = doneByOthers(done, profileOf, due);
  for (const { profileId } of doneAlone) due.add(profileId);
  return { dueIds: [...due], done: doneAlone };
}

/** What somebody does again and again in a batch is said once. */
function doneByOthers(done: readonly DoneBy[], profileOf: ReadonlyMap<bigint, string>, due: ReadonlySet<string>): DoneEvent[] {
  const said = new Map<string, Set<number>>();
  for (const { identifierId, trackedEventId } of done) {
    const profileId = profileOf.get(identifierId);
    if (profileId === undefined || due.has(profileId)) continue;
    const known = said.get(profileId);
    if (known) known.add(trackedEventId);
    else said.set(profileId, new Set([trackedEventId]));
  }
  return [...said].flatMap(([profileId, events]) => [...events].map((trackedEventId) => ({ profileId, trackedEventId })));
}

/** Who was seen again, and not since then as far as is known: by the identifiers that were, which may be too many. */
function returnedProfiles({ owners, identifiers }: IdentityChanges, seenSinceMs: number): ReadonlySet<string> {
  const owning = new Set(owners);
  const stayed = new Set<string>();
  const returned = new Set<string>();
  for (const { identifierId, profileId, before, lastSeenAtMs } of identifiers) {
    if (!owning.has(identifierId)) continue;
    if (before !== null && before.lastSeenAtMs > seenSinceMs) stayed.add(profileId);
    else if (before === null || lastSeenAtMs > before.lastSeenAtMs) returned.add(profileId);
  }
  for (const profileId of stayed) returned.delete(profileId);
  return returned;
}

/** Accounts that say something else than before. Of a new one nobody was a customer before. */
function changedAccounts({ accounts, knownAccounts }: NotedBatch): string[] {
  return [...accounts].flatMap(([id, { state }]) => {
    const known = knownAccounts.get(id);
    return known && !sayTheSame(known.state, state) ? [id] : [];
  });
}
