import type { IdentityChanges } from '../../identity/identityStore';
import { normalisedSearchTerm } from '../../identity/searchable';
import { ownText } from '../../kernel/ownText';
import { type Account, type AccountMember, accountId } from '../../profile/account';
import { resolveTraits, traitValues } from '../../profile/survivorship';
import { combineTraitStates, encodeTraitState, type TraitState, traitStateOf } from '../../profile/traitState';
import { searchableName } from '../../profile/wellKnownTraits';
import type { SearchTerm } from '../../storage/statements/writeSearchTerms';
import type { BatchWrite } from '../../storage/writeBatch';
import type { BatchNotes } from './notesOf';
import type { PreparedMessage } from './prepareMessages';

/** The states that a batch adds to, as they stand before it. */
export interface KnownStates {
  readonly traitStates: ReadonlyMap<bigint, TraitState>;
  readonly accounts: ReadonlyMap<string, Account>;
}

/** What a batch says, summed up per identifier and per account before anything stored is looked at. */
export interface BatchStates {
  readonly traitStates: ReadonlyMap<bigint, TraitState>;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly accountMembers: readonly AccountMember[];
}

/** `owners`: the identifier that each message's interaction belongs to, in order. */
export function statesOfBatch(messages: readonly PreparedMessage[], owners: readonly bigint[]): BatchStates {
  const traits = new Map<bigint, TraitState[]>();
  const accounts = new Map<string, Account>();
  const members = new Map<string, AccountMember>();
  messages.forEach(({ message }, index) => {
    if (message.call !== 'identify' && message.call !== 'group') return;
    const owner = owners[index] as bigint;
    const { sourceId, occurredAtMs: atMs } = message;
    const said = traitStateOf(message.traits, { sourceId, messageId: ownText(message.messageId), atMs });
    if (message.call === 'identify') {
      traits.set(owner, [...(traits.get(owner) ?? []), said]);
    } else if (message.groupId !== null) {
      const id = accountId(message.groupId);
      const account = { accountId: id, externalId: ownText(message.groupId), firstSeenAtMs: atMs, lastSeenAtMs: atMs, state: said };
      accounts.set(id, combineAccounts(account, accounts.get(id)));
      const member = { identifierId: owner, accountId: id, firstSeenAtMs: atMs, lastSeenAtMs: atMs };
      members.set(`${owner} ${id}`, widen(member, members.get(`${owner} ${id}`)));
    }
  });
  const traitStates = new Map([...traits].map(([owner, said]) => [owner, combineTraitStates(said)]));
  return { traitStates, accounts, accountMembers: [...members.values()] };
}

/** What is known and what the batch says, combined: the whole states to write. */
export function combineStates(batch: BatchStates, known: KnownStates): KnownStates {
  return {
    traitStates: new Map(
      [...batch.traitStates].map(([id, said]) => [id, combineTraitStates([known.traitStates.get(id), said].filter(isThere))]),
    ),
    accounts: new Map([...batch.accounts].map(([id, said]) => [id, combineAccounts(said, known.accounts.get(id))])),
  };
}

export function planBatch(
  decided: { messages: readonly PreparedMessage[]; identity: IdentityChanges; batch: BatchStates; combined: KnownStates },
  rest: BatchNotes &
    Pick<
      BatchWrite,
      'generation' | 'nowMs' | 'messages' | 'positions' | 'deadLetters' | 'replays' | 'erasures' | 'matchDue' | 'experienceDue'
    >,
): BatchWrite {
  const { messages, identity, batch, combined } = decided;
  return {
    ...rest,
    identity,
    interactions: messages.map(({ interaction }) => interaction),
    traitStates: [...combined.traitStates].map(([identifierId, state]) => ({ identifierId, traits: encodeTraitState(state) })),
    accounts: [...combined.accounts.values()].map((account) => ({ ...account, traits: encodeTraitState(account.state) })),
    accountMembers: batch.accountMembers,
    searchTerms: searchTermsOf(identity, combined),
  };
}

function searchTermsOf(identity: IdentityChanges, combined: KnownStates): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const identifier of identity.identifiers) {
    const term = identifier.isNew ? normalisedSearchTerm(identifier) : null;
    if (term !== null) terms.push({ identifierId: identifier.identifierId, field: 'identifier', term });
  }
  for (const [identifierId, state] of combined.traitStates) {
    const name = searchableName(traitValues(resolveTraits(state, {})));
    if (name !== null) terms.push({ identifierId, field: 'name', term: name });
  }
  return terms;
}

function combineAccounts(said: Account, known: Account | undefined): Account {
  if (!known) return said;
  return { ...widen(said, known), state: combineTraitStates([known.state, said.state]) };
}

function widen<Seen extends { readonly firstSeenAtMs: number; readonly lastSeenAtMs: number }>(seen: Seen, known: Seen | undefined): Seen {
  if (!known) return seen;
  return {
    ...seen,
    firstSeenAtMs: Math.min(seen.firstSeenAtMs, known.firstSeenAtMs),
    lastSeenAtMs: Math.max(seen.lastSeenAtMs, known.lastSeenAtMs),
  };
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}
