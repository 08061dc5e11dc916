import type { IdentityChanges } from '../../identity/identityStore';
import type { Account } from '../../profile/account';
import { sayTheSame } from '../../profile/sayTheSame';
import type { Interest } from '../../segments/interestOf';
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
  const dueOwners = new Set<bigint>();
  for (const [index, message] of messages.entries()) {
    const identifierId = identity.owners[index] as bigint;
    addConsents(consents, message, identifierId);
    if (interest.isEmpty) continue;
    const { isDue, matches } = askedOf(message, identifierId, interest);
    eventMatches.push(...matches);
    if (isDue) dueOwners.add(identifierId);
  }
  return {
    note: {
      profileIds: touchedProfiles(identity),
      dueIds: dueProfiles({ identity, interest, nowMs }, dueOwners),
      events: identityEventsOf(identity),
    },
    eventMatches,
    consents,
    duePurposes: [...new Set(consents.map(({ purpose }) => purpose))].filter((purpose) => interest.caresForConsent(purpose)),
    dueAccountIds: interest.caresForAccounts ? changedAccounts(batch) : [],
  };
}

function askedOf({ message, interaction }: PreparedMessage, identifierId: bigint, interest: Interest) {
  const { interactionId, occurredAtMs, facts, properties } = interaction;
  const found = interest.matches({ kind: facts.kind, name: facts.name, properties });
  const matches = found.map(
    ({ trackedEventId, value }): EventMatch => ({ identifierId, trackedEventId, occurredAtMs, interactionId, value }),
  );
  return { matches, isDue: found.some(({ makesDue }) => makesDue) || asksWhatIsSaid(message, interest) };
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

function dueProfiles({ identity, interest, nowMs }: DueBasis, dueOwners: ReadonlySet<bigint>): string[] {
  if (!interest.hasSegments) return [];
  const due = new Set(identity.profiles.map(({ profileId }) => profileId));
  for (const { identifierId, profileId } of identity.identifiers) if (dueOwners.has(identifierId)) due.add(profileId);
  if (interest.lastSeenThresholdMs !== null) for (const id of returnedProfiles(identity, nowMs - interest.lastSeenThresholdMs)) due.add(id);
  return [...due];
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
