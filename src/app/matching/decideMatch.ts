import type { ClientBase } from 'pg';
import type { Author } from '../../api/ports/author';
import { mergeProfiles } from '../../identity/decideMerge';
import { partProfiles } from '../../identity/decideSplit';
import { publicId } from '../../kernel/ids';
import { Refusal } from '../../kernel/refusals';
import { loadJoinGuards } from '../../storage/statements/loadJoinGuards';
import { type LockedCandidate, lockMatchCandidate } from '../../storage/statements/loadMatchCandidates';
import { loadMatchMembers } from '../../storage/statements/loadMatchMembers';
import { settleMatchCandidate } from '../../storage/statements/settleMatchCandidate';
import { carryOut, type DecisionDeskOptions } from '../decisions/carryOut';
import { mergeEntry } from '../decisions/mergeEntry';
import { sourcesByProfile } from './comparableProfile';

/** Who joins what is certain enough, in the audit log. */
const ACTOR = 'matching';
/** Matches alone make one profile of at most so many; beyond that a person decides. */
const MOST_JOINED = 10;
/** What leaves a pair to people. */
const LEFT_TO_PEOPLE: ReadonlySet<string> = new Set(['MATCH_DECIDED', 'MERGE_REFUSED', 'MERGE_WITH_ITSELF', 'NOT_FOUND']);

/**
 * The two profiles are one from now on, until the merge is undone. Refuses with NOT_FOUND, MATCH_DECIDED, MERGE_WITH_ITSELF where they are one already,
 * and MERGE_REFUSED, naming the limit; then nothing has changed.
 */
export async function acceptMatch(options: DecisionDeskOptions, workspaceId: number, candidateId: string, author: Author): Promise<void> {
  await join(options, workspaceId, { candidateId, author, guard: () => Promise.resolve() });
}

/** Without a person: what would be refused, would make too large a profile of matches alone, or was one and parted by somebody, is left as it is. */
export async function joinByMatch(options: DecisionDeskOptions, workspaceId: number, candidateId: string): Promise<void> {
  const author = { actor: ACTOR, auditId: options.newId(), atMs: options.clock() };
  try {
    await join(options, workspaceId, { candidateId, author, guard: refuseUnasked });
  } catch (error) {
    if (!(error instanceof Refusal && LEFT_TO_PEOPLE.has(error.code))) throw error;
  }
}

/** The two profiles are held apart for good, unless a person merges them. Refuses with NOT_FOUND, MATCH_DECIDED and MERGE_WITH_ITSELF. */
export async function rejectMatch(options: DecisionDeskOptions, workspaceId: number, candidateId: string, author: Author): Promise<void> {
  await carryOut(options, workspaceId, author, {
    action: 'decideMatch',
    rule: 'match',
    decide: async (deciding, client) => {
      const { lowProfileId, highProfileId } = await undecided(client, workspaceId, candidateId);
      const profileIds = [lowProfileId, highProfileId] as const;
      return { ...(await partProfiles(deciding, profileIds)), profileIds };
    },
    settle: (client) =>
      settleMatchCandidate(client, workspaceId, {
        candidateId,
        status: 'REJECTED',
        atMs: author.atMs,
        actor: author.actor,
        decisionId: null,
      }),
    entryOf: ({ profileIds }) => ({
      target: publicId('MatchCandidate', candidateId),
      detail: { accept: false, profileIds: profileIds.map((id) => publicId('Profile', id)) },
    }),
  });
}

type Guard = (client: ClientBase, workspaceId: number, profileIds: readonly [string, string]) => Promise<void>;

/** What only a person may join. */
async function refuseUnasked(client: ClientBase, workspaceId: number, profileIds: readonly [string, string]): Promise<void> {
  const { joins, wasUndone, soleSourceIds } = await loadJoinGuards(client, workspaceId, profileIds);
  if (wasUndone) throw new Refusal('MERGE_REFUSED', 'Somebody undid a merge of the two.');
  if (joins + 2 > MOST_JOINED) throw new Refusal('MERGE_REFUSED', 'Too many profiles would be one by matches alone.');
  if (soleSourceIds.length === 0) return;
  const sources = sourcesByProfile(await loadMatchMembers(client, workspaceId, profileIds));
  const [ofOne, ofOther] = profileIds.map((profileId) => sources.get(profileId) ?? []) as [readonly number[], readonly number[]];
  if (soleSourceIds.some((source) => ofOne.includes(source) && ofOther.includes(source))) {
    throw new Refusal('MERGE_REFUSED', 'Both are in a source that holds nobody twice.');
  }
}

async function join(
  options: DecisionDeskOptions,
  workspaceId: number,
  { candidateId, author, guard }: { readonly candidateId: string; readonly author: Author; readonly guard: Guard },
): Promise<void> {
  await carryOut(options, workspaceId, author, {
    action: 'decideMatch',
    rule: 'match',
    decide: async (deciding, client) => {
      const { lowProfileId, highProfileId, probability } = await undecided(client, workspaceId, candidateId);
      const profileIds = [lowProfileId, highProfileId] as const;
      await guard(client, workspaceId, profileIds);
      const wanted = { profileIds, survivorId: null, rule: 'match', probability } as const;
      return { ...(await mergeProfiles(deciding, wanted)), profileIds, probability };
    },
    settle: (client, { joins }) => {
      const decisionId = joins[0]?.decisionId ?? null;
      return settleMatchCandidate(client, workspaceId, {
        candidateId,
        status: 'ACCEPTED',
        atMs: author.atMs,
        actor: author.actor,
        decisionId,
      });
    },
    entryOf: (merged) =>
      mergeEntry(merged, merged, { accept: true, candidateId: publicId('MatchCandidate', candidateId), probability: merged.probability }),
  });
}

async function undecided(client: ClientBase, workspaceId: number, candidateId: string): Promise<LockedCandidate> {
  const candidate = await lockMatchCandidate(client, workspaceId, candidateId);
  if (candidate === null) throw new Refusal('NOT_FOUND');
  if (candidate.status !== 'PENDING') throw new Refusal('MATCH_DECIDED');
  return candidate;
}
