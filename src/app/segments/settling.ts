import type { ClientBase } from 'pg';
import { readComputedTraits } from '../../storage/segments/computedTraitValues';
import { loadSubjects } from '../../storage/segments/loadSubjects';
import { type DueProfile, loadMemberships, loadProfileFates, type Membership } from '../../storage/statements/loadSegmentWork';
import { type Call, sendCall } from '../../storage/statements/statement';
import { countMembers, endMemberships, setSegmentWakes, writeMemberships } from '../../storage/statements/writeMemberships';
import type { TransactionSnapshot } from '../../storage/transactionSnapshot';
import { withinTransaction } from '../../storage/workspaceConnections';
import type { FollowedDefinitions } from './followedDefinitions';
import { type Case, judgeAll } from './judging';
import { type LookAgain, lookAgain } from './lookAgain';
import { type MembershipPlan, planMemberships } from './planMemberships';
import type { RememberedProfiles } from './rememberedProfiles';

const NOTHING: MembershipPlan = { written: [], gone: [], moved: [], wakes: [], told: [] };

export interface Settling {
  readonly nowMs: number;
  /** What is known of the profiles, and what the transaction sees. Left out: nothing is known, and nothing remembered. */
  readonly memory?: { readonly profiles: RememberedProfiles; readonly snapshot: TransactionSnapshot };
}

/**
 * What has to be written so that these profiles are in the segments that they belong in now. Those of whom only matches are new are looked at from memory, where
 * they are in it, and only by the segments that could care; all others by everything there is of them. Retired ones are seen to with who survived them.
 */
export async function planProfiles(
  client: ClientBase,
  workspaceId: number,
  definitions: FollowedDefinitions,
  due: readonly DueProfile[],
  { nowMs, memory }: Settling,
): Promise<MembershipPlan> {
  if (due.length === 0) return NOTHING;
  if (definitions.segments.length === 0) return { ...NOTHING, wakes: due.map(({ profileId }) => ({ profileId, wakeAtMs: null })) };
  const dueIds = due.map(({ profileId }) => profileId);
  const fates = await loadProfileFates(client, workspaceId, dueIds);
  const fromMemory = memory ? lookAgain(due, { definitions, profiles: memory.profiles, fates, nowMs }) : [];
  const isAgain = new Set(fromMemory.map(({ known }) => known.subject.profileId));
  const survivors = [...fates.values()].filter((survivorId) => survivorId !== null);
  const profileIds = [...new Set([...dueIds, ...survivors])];
  const wholeIds = profileIds.filter((profileId) => !isAgain.has(profileId));
  const [loaded, subjects, again] = await Promise.all([
    loadMemberships(client, workspaceId, wholeIds),
    loadSubjects(client, workspaceId, wholeIds, definitions.needs, nowMs),
    withTraitsCounted(client, workspaceId, definitions, fromMemory, nowMs),
  ]);
  const current = new Map([...loaded, ...again.map(standingOf)]);
  const judged = await judgeAll(
    definitions,
    [...again.map(caseAgain), ...subjects.map((subject) => ({ subject, compiled: definitions.compiled }))],
    nowMs,
  );
  const plan = planMemberships({ nowMs, segments: definitions.segments, judged, profileIds, fates, current });
  if (memory) {
    const read = subjects.map((subject) => ({ subject, memberships: loaded.get(subject.profileId) ?? [], asOf: memory.snapshot }));
    const found = new Map([...again.map(({ known }) => known), ...read].map((profile) => [profile.subject.profileId, profile]));
    memory.profiles.takeUp({ profileIds, found, judged }, plan);
  }
  return plan;
}

/** One statement, and none where no computed trait is another. */
async function withTraitsCounted(
  client: ClientBase,
  workspaceId: number,
  { needs, trackedEvents }: FollowedDefinitions,
  again: readonly LookAgain[],
  nowMs: number,
): Promise<readonly LookAgain[]> {
  const profileIds = again.filter(({ asked }) => asked.areTraitsCounted).map(({ known }) => known.subject.profileId);
  if (profileIds.length === 0) return again;
  const definitions = new Map(needs.computedTraits.map(({ key, definition }) => [key, definition]));
  const counted = await readComputedTraits(withinTransaction(client), { workspaceId, profileIds, nowMs, trackedEvents, definitions });
  return again.map(({ known, asked }) => {
    if (!asked.areTraitsCounted) return { known, asked };
    const computed = counted.get(known.subject.profileId) ?? {};
    return { known: { ...known, subject: { ...known.subject, computed } }, asked };
  });
}

/** What is known of the segments that are not looked at holds on until then. */
function caseAgain({ known, asked }: LookAgain): Case {
  return { subject: known.subject, compiled: asked.compiled, othersNextAtMs: known.nextAtMs };
}

/** In the segments that are looked at. */
function standingOf({ known, asked }: LookAgain): [string, readonly Membership[]] {
  return [known.subject.profileId, known.memberships.filter(({ segmentId }) => asked.segmentIds.has(segmentId))];
}

/** A number of statements that does not depend on how many profiles there are; none for what there is nothing of. */
export async function writePlan(client: ClientBase, workspaceId: number, plan: MembershipPlan, nowMs: number): Promise<void> {
  const calls: Call[] = [];
  if (plan.gone.length > 0) calls.push(endMemberships(workspaceId, plan.gone, nowMs));
  if (plan.written.length > 0) calls.push(writeMemberships(workspaceId, plan.written));
  if (plan.moved.length > 0) calls.push(countMembers(workspaceId, plan.moved, nowMs));
  if (plan.wakes.length > 0) calls.push(setSegmentWakes(workspaceId, plan.wakes));
  await Promise.all(calls.map((call) => sendCall(client, call)));
}
