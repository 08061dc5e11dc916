import type { ClientBase, Pool } from 'pg';
import type { Author } from '../../api/ports/author';
import type { AskedMerge, DecisionDesk } from '../../api/ports/decisionDesk';
import { mergeOrder, mergeProfiles, type WantedMerge } from '../../identity/decideMerge';
import { partProfiles, splitProfile } from '../../identity/decideSplit';
import { undoMerge } from '../../identity/decideUndo';
import type { Deciding } from '../../identity/deciding';
import type { DecisionChanges } from '../../identity/decisionStore';
import { IdentityGraph } from '../../identity/graph';
import type { ObservedIdentifier } from '../../identity/observation';
import { HUB_LIMIT } from '../../identity/rules';
import type { Clock, NewId } from '../../kernel/clock';
import { publicId } from '../../kernel/ids';
import type { JsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { decisionReader } from '../../storage/decisionReader';
import { insertAuditEntry } from '../../storage/statements/insertAuditEntry';
import { takeLane } from '../../storage/statements/lockLane';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { writeDecision } from '../../storage/writeDecision';
import { loadSettings } from '../processing/loadSettings';
import { rulesInForce } from '../rules/ruleChangeBatch';

export interface DecisionDeskOptions {
  /** Of the role throughline_app. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** What a request decides, and what the audit log says of it. */
interface Deed<Outcome extends DecisionChanges> {
  readonly action: string;
  readonly rule: 'person' | 'match';
  readonly decide: (deciding: Deciding) => Promise<Outcome>;
  readonly entryOf: (outcome: Outcome) => { readonly target: string | null; readonly detail: JsonObject };
}

/**
 * Decisions of people, each in one transaction that holds the workspace's lane: nobody else changes identity meanwhile, and workers notice by the
 * lane's generation that what they remember is old.
 */
export class LaneDecisionDesk implements DecisionDesk {
  constructor(private readonly options: DecisionDeskOptions) {}

  mergeProfiles(workspaceId: number, { reason, ...asked }: AskedMerge & { readonly reason: string | null }, author: Author) {
    const wanted: WantedMerge = { ...asked, rule: 'person', probability: null };
    return this.merge(workspaceId, wanted, { author, action: 'mergeProfiles', detail: reason === null ? {} : { reason } });
  }

  joinByMatch(workspaceId: number, asked: AskedMerge & { readonly probability: number }, author: Author) {
    const detail = { accept: true, probability: asked.probability };
    return this.merge(workspaceId, { ...asked, rule: 'match' }, { author, action: 'decideMatch', detail });
  }

  async holdApart(workspaceId: number, profileIds: readonly [string, string], author: Author): Promise<void> {
    const publicIds = profileIds.map((id) => publicId('Profile', id));
    await this.carryOut(workspaceId, author, {
      action: 'decideMatch',
      rule: 'match',
      decide: (deciding) => partProfiles(deciding, profileIds),
      entryOf: () => ({ target: publicIds[0] ?? null, detail: { accept: false, profileIds: publicIds } }),
    });
  }

  async undoMerge(workspaceId: number, mergeId: string, author: Author) {
    const { merge } = await this.carryOut(workspaceId, author, {
      action: 'undoMerge',
      rule: 'person',
      decide: (deciding) => undoMerge(deciding, mergeId),
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
    return this.carryOut(workspaceId, author, {
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
      const deciding = await decidingOn(client, workspaceId, { newId, nowMs: clock(), actor: '' });
      const wanted: WantedMerge = { profileIds, survivorId: null, rule: 'person', probability: null };
      const { survivor } = await mergeOrder(deciding, wanted);
      return { survivorId: survivor.profileId, refusals: await refusalsOf(() => mergeProfiles(deciding, wanted)) };
    });
  }

  private async merge(
    workspaceId: number,
    wanted: WantedMerge,
    { author, action, detail }: { readonly author: Author; readonly action: string; readonly detail: JsonObject },
  ) {
    const mergeIdsOf = ({ identity }: DecisionChanges) => identity.merges.map(({ mergeId }) => mergeId);
    const outcome = await this.carryOut(workspaceId, author, {
      action,
      rule: wanted.rule,
      decide: (deciding) => mergeProfiles(deciding, wanted),
      entryOf: (merged) => {
        const profileIds = wanted.profileIds.map((id) => publicId('Profile', id));
        const mergeIds = mergeIdsOf(merged).map((id) => publicId('Merge', id));
        return { target: publicId('Profile', merged.survivor.profileId), detail: { ...detail, profileIds, mergeIds } };
      },
    });
    return { survivorId: outcome.survivor.profileId, mergeIds: mergeIdsOf(outcome) };
  }

  private carryOut<Outcome extends DecisionChanges>(workspaceId: number, author: Author, deed: Deed<Outcome>): Promise<Outcome> {
    const { pool, newId } = this.options;
    return inWorkspace(pool, workspaceId, 'changes', async (client) => {
      const { actor, atMs } = author;
      await takeLane(client, workspaceId, atMs);
      const outcome = await deed.decide(await decidingOn(client, workspaceId, { newId, nowMs: atMs, actor }));
      await writeDecision(client, workspaceId, outcome, { atMs, actor, rule: deed.rule });
      await insertAuditEntry(client, workspaceId, { ...author, action: deed.action, ...deed.entryOf(outcome) });
      return outcome;
    });
  }
}

async function decidingOn(
  client: ClientBase,
  workspaceId: number,
  { newId, nowMs, actor }: { readonly newId: NewId; readonly nowMs: number; readonly actor: string },
): Promise<Deciding> {
  const { rules, ruleChange } = await loadSettings(client, workspaceId);
  const inForce = rulesInForce(ruleChange);
  const reader = decisionReader(client, workspaceId);
  const graph = new IdentityGraph({ rules, reader, newId, inForce });
  return { graph, reader, rules, inForce, hubLimit: HUB_LIMIT, newId, nowMs, actor };
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
