import type { Author } from '../../api/ports/author';
import type { AskedMerge, DecisionDesk } from '../../api/ports/decisionDesk';
import { mergeOrder, mergeProfiles, type WantedMerge } from '../../identity/decideMerge';
import { splitProfile } from '../../identity/decideSplit';
import { undoMerge } from '../../identity/decideUndo';
import type { ObservedIdentifier } from '../../identity/observation';
import { publicId } from '../../kernel/ids';
import { Refusal } from '../../kernel/refusals';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { carryOut, type DecisionDeskOptions, decidingOn } from './carryOut';
import { mergeEntry, mergeIdsOf } from './mergeEntry';

/** Decisions of people, each carried out in one transaction. */
export class LaneDecisionDesk implements DecisionDesk {
  constructor(private readonly options: DecisionDeskOptions) {}

  async mergeProfiles(workspaceId: number, { reason, ...asked }: AskedMerge & { readonly reason: string | null }, author: Author) {
    const wanted: WantedMerge = { ...asked, rule: 'person', probability: null };
    const outcome = await carryOut(this.options, workspaceId, author, {
      action: 'mergeProfiles',
      rule: wanted.rule,
      decide: (deciding) => mergeProfiles(deciding, wanted),
      entryOf: (merged) => mergeEntry(merged, wanted, {}, reason === null ? {} : { reason }),
    });
    return { survivorId: outcome.survivor.profileId, mergeIds: mergeIdsOf(outcome) };
  }

  async undoMerge(workspaceId: number, mergeId: string, author: Author) {
    const { merge } = await carryOut(this.options, workspaceId, author, {
      action: 'undoMerge',
      rule: 'person',
      decide: (deciding) => undoMerge(deciding, mergeId),
      undone: ({ undone }) => undone,
      entryOf: ({ merge: { survivorId, absorbedId } }) => ({
        target: publicId('Merge', mergeId),
        detail: { survivorId: publicId('Profile', survivorId), absorbedId: publicId('Profile', absorbedId) },
      }),
    });
    return merge;
  }

  splitProfile(
    workspaceId: number,
    asked: { readonly profileId: string; readonly identifiers: readonly ObservedIdentifier[] },
    author: Author,
  ) {
    return carryOut(this.options, workspaceId, author, {
      action: 'splitProfile',
      rule: 'person',
      decide: (deciding) => splitProfile(deciding, asked),
      entryOf: ({ remainingId, separatedId }) => ({
        target: publicId('Profile', remainingId),
        detail: { separatedId: publicId('Profile', separatedId), identifierCount: asked.identifiers.length },
      }),
    });
  }

  previewMerge(workspaceId: number, profileIds: readonly string[]) {
    const { pool, newId, clock } = this.options;
    return inWorkspace(pool, workspaceId, 'snapshot', async (client) => {
      const { deciding } = await decidingOn(client, workspaceId, { newId, nowMs: clock(), actor: '' });
      const wanted: WantedMerge = { profileIds, survivorId: null, rule: 'person', probability: null };
      const { survivor } = await mergeOrder(deciding, wanted);
      return { survivorId: survivor.profileId, refusals: await refusalsOf(() => mergeProfiles(deciding, wanted)) };
    });
  }
}

async function refusalsOf(attempt: () => Promise<unknown>): Promise<string[]> {
  try {
    await attempt();
    return [];
  } catch (error) {
    if (error instanceof Refusal && error.code === 'MERGE_REFUSED') return [error.message];
    throw error;
  }
}
