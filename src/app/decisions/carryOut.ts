import type { ClientBase, Pool } from 'pg';
import type { Author } from '../../api/ports/author';
import type { Deciding } from '../../identity/deciding';
import type { DecisionChanges, StoredMerge } from '../../identity/decisionStore';
import { IdentityGraph } from '../../identity/graph';
import type { MatchSettings } from '../../identity/matchSettings';
import { rememberingReads } from '../../identity/rememberedReads';
import { HUB_LIMIT } from '../../identity/rules';
import type { Clock, NewId } from '../../kernel/clock';
import { decisionReader } from '../../storage/decisionReader';
import { insertAuditEntry, type NewAuditEntry } from '../../storage/statements/insertAuditEntry';
import { insertChangeNote } from '../../storage/statements/insertChangeNote';
import { takeLane } from '../../storage/statements/lockLane';
import { markExperienceDue } from '../../storage/statements/markExperienceDue';
import { markMatchDue } from '../../storage/statements/markMatchDue';
import { send } from '../../storage/statements/statement';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { writeDecision } from '../../storage/writeDecision';
import { experienceDueOf } from '../processing/experienceDueOf';
import { identityEventsOf } from '../processing/identityEvents';
import { loadSettings } from '../processing/loadSettings';
import { matchDueOf } from '../processing/matchDueOf';
import { rulesInForce } from '../rules/ruleChangeBatch';

export interface DecisionDeskOptions {
  /** Of the role throughline_app. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** What a request decides, and what the audit log says of it. */
export interface Deed<Outcome extends DecisionChanges> {
  readonly action: string;
  readonly rule: 'person' | 'match';
  readonly decide: (deciding: Deciding, client: ClientBase) => Promise<Outcome>;
  /** What else is written with it. */
  readonly settle?: (client: ClientBase, outcome: Outcome) => Promise<void>;
  /** The merges that it undoes. */
  readonly undone?: (outcome: Outcome) => readonly StoredMerge[];
  readonly entryOf: (outcome: Outcome) => Pick<NewAuditEntry, 'target' | 'detail' | 'note'>;
}

/**
 * Carries a decision out in one transaction that holds the workspace's lane: nobody else changes identity meanwhile, and workers notice by the lane's
 * generation that what they remember is old.
 */
export function carryOut<Outcome extends DecisionChanges>(
  { pool, newId }: DecisionDeskOptions,
  workspaceId: number,
  author: Author,
  deed: Deed<Outcome>,
): Promise<Outcome> {
  return inWorkspace(pool, workspaceId, 'changes', async (client) => {
    const { actor, atMs } = author;
    await takeLane(client, workspaceId, atMs);
    const { deciding, matching } = await decidingOn(client, workspaceId, { newId, nowMs: atMs, actor });
    const outcome = await deed.decide(deciding, client);
    await writeDecision(client, workspaceId, outcome, { atMs, actor, rule: deed.rule });
    await deed.settle?.(client, outcome);
    await noteDecision(client, workspaceId, outcome, { atMs, undone: deed.undone?.(outcome) ?? [] });
    await evaluateAgain(client, workspaceId, outcome, atMs);
    if (matching.reviewFrom !== null) await compareAgain(client, workspaceId, outcome);
    await insertAuditEntry(client, workspaceId, { ...author, action: deed.action, ...deed.entryOf(outcome) });
    return outcome;
  });
}

export async function decidingOn(
  client: ClientBase,
  workspaceId: number,
  { newId, nowMs, actor }: { readonly newId: NewId; readonly nowMs: number; readonly actor: string },
): Promise<{ readonly deciding: Deciding; readonly matching: MatchSettings }> {
  const { rules, ruleChange, matching } = await loadSettings(client, workspaceId);
  const inForce = rulesInForce(ruleChange);
  const reader = rememberingReads(decisionReader(client, workspaceId));
  const graph = new IdentityGraph({ rules, reader, newId, inForce });
  return { deciding: { graph, reader, rules, inForce, hubLimit: HUB_LIMIT, newId, nowMs, actor }, matching };
}

/** Profiles that were merged or parted say something else now. */
async function compareAgain(client: ClientBase, workspaceId: number, { identity }: DecisionChanges): Promise<void> {
  const due = matchDueOf(identity, new Set(identity.identifiers.map(({ identifierId }) => identifierId)));
  const { statement, values } = markMatchDue(workspaceId, due);
  await send(client, statement, values);
}

/** Profiles that were merged or parted have other facts now. */
async function evaluateAgain(client: ClientBase, workspaceId: number, { identity }: DecisionChanges, nowMs: number): Promise<void> {
  const { statement, values } = markExperienceDue(workspaceId, experienceDueOf(identity, []), nowMs);
  await send(client, statement, values);
}

/** All who hold other identifiers now, or hold none any more, are looked at by segments. */
async function noteDecision(
  client: ClientBase,
  workspaceId: number,
  { identity }: DecisionChanges,
  { atMs, undone }: { readonly atMs: number; readonly undone: readonly StoredMerge[] },
): Promise<void> {
  const dueIds = identity.profiles.map(({ profileId }) => profileId);
  const profileIds = identity.profiles.filter(({ mergedInto }) => mergedInto === null).map(({ profileId }) => profileId);
  const { statement, values } = insertChangeNote(workspaceId, {
    atMs,
    profileIds,
    dueIds,
    done: [],
    events: identityEventsOf(identity, undone),
  });
  await send(client, statement, values);
}
