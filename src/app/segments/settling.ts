import type { ClientBase } from 'pg';
import { loadSubjects } from '../../storage/segments/loadSubjects';
import { loadMemberships, loadProfileFates } from '../../storage/statements/loadSegmentWork';
import { type Call, sendCall } from '../../storage/statements/statement';
import { countMembers, endMemberships, setSegmentWakes, writeMemberships } from '../../storage/statements/writeMemberships';
import type { FollowedDefinitions } from './followedDefinitions';
import { judgeAll } from './judging';
import { type MembershipPlan, planMemberships } from './planMemberships';

const NOTHING: MembershipPlan = { written: [], gone: [], moved: [], wakes: [], told: [] };

/** What has to be written so that these profiles are in the segments that they belong in now. Retired ones are seen to with who survived them. */
export async function planProfiles(
  client: ClientBase,
  workspaceId: number,
  definitions: FollowedDefinitions,
  asked: readonly string[],
  nowMs: number,
): Promise<MembershipPlan> {
  if (asked.length === 0) return NOTHING;
  if (definitions.segments.length === 0) {
    return { ...NOTHING, wakes: asked.map((profileId) => ({ profileId, wakeAtMs: null, heededEventIds: null })) };
  }
  const fates = await loadProfileFates(client, workspaceId, asked);
  const survivors = [...fates.values()].filter((survivorId) => survivorId !== null);
  const profileIds = [...new Set([...asked, ...survivors])];
  const [current, subjects] = await Promise.all([
    loadMemberships(client, workspaceId, profileIds),
    loadSubjects(client, workspaceId, profileIds, definitions.needs, nowMs),
  ]);
  const judged = await judgeAll(definitions, subjects, nowMs);
  return planMemberships({ nowMs, segments: definitions.segments, judged, profileIds, fates, current });
}

/** A number of statements that does not depend on how many profiles there are; none for what there is nothing of. */
export async function writePlan(
  client: ClientBase,
  workspaceId: number,
  { version }: FollowedDefinitions,
  plan: MembershipPlan,
  nowMs: number,
): Promise<void> {
  const calls: Call[] = [];
  if (plan.gone.length > 0) calls.push(endMemberships(workspaceId, plan.gone, nowMs));
  if (plan.written.length > 0) calls.push(writeMemberships(workspaceId, plan.written));
  if (plan.moved.length > 0) calls.push(countMembers(workspaceId, plan.moved, nowMs));
  if (plan.wakes.length > 0) calls.push(setSegmentWakes(workspaceId, version, plan.wakes));
  await Promise.all(calls.map((call) => sendCall(client, call)));
}
