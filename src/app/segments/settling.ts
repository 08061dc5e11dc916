import type { ClientBase } from 'pg';
import { loadSubjects } from '../../storage/segments/loadSubjects';
import { loadProfileFates } from '../../storage/statements/loadSegmentWork';
import { type Call, sendCall } from '../../storage/statements/statement';
import { countMembers, endMemberships, setSegmentWakes, writeMemberships } from '../../storage/statements/writeMemberships';
import type { FollowedDefinitions } from './followedDefinitions';
import { judgeAll } from './judging';
import { loadStandings } from './loadStandings';
import { type MembershipPlan, type MembershipTurn, planMemberships } from './planMemberships';

/** Why, in words. */
export type ToldTurn = MembershipTurn & { readonly reason: string };

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
    return { ...NOTHING, wakes: asked.map((profileId) => ({ profileId, wakeAtMs: null, told: null })) };
  }
  const fates = await loadProfileFates(client, workspaceId, asked);
  const survivors = [...fates.values()].filter((survivorId) => survivorId !== null);
  const profileIds = [...new Set([...asked, ...survivors])];
  const [current, subjects] = await Promise.all([
    loadStandings(client, workspaceId, definitions, profileIds, fates),
    loadSubjects(client, workspaceId, profileIds, definitions.needs, nowMs),
  ]);
  const judged = await judgeAll(definitions, subjects, nowMs);
  return planMemberships({ nowMs, segments: definitions.segments, judged, profileIds, fates, current });
}

/**
 * A number of statements that does not depend on how many profiles there are; none for what there is nothing of. Answers what is to be told of it, each with
 * its reason.
 */
export async function writePlan(
  client: ClientBase,
  workspaceId: number,
  { version }: FollowedDefinitions,
  { gone, written, moved, wakes, told }: MembershipPlan,
  nowMs: number,
): Promise<ToldTurn[]> {
  const ended = gone.length > 0 ? endMemberships(client, workspaceId, gone, nowMs) : [];
  const calls: Call[] = [];
  if (written.length > 0) calls.push(writeMemberships(workspaceId, written));
  if (moved.length > 0) calls.push(countMembers(workspaceId, moved, nowMs));
  if (wakes.length > 0) calls.push(setSegmentWakes(workspaceId, version, wakes));
  const [endings] = await Promise.all([ended, ...calls.map((call) => sendCall(client, call))]);
  const reasons = new Map(endings.map(({ segmentId, profileId, reason }) => [`${segmentId} ${profileId}`, reason]));
  const inBefore = ({ segmentId, profileId }: MembershipTurn) => reasons.get(`${segmentId} ${profileId}`) ?? 'in';
  return told.map((turn) => ({ ...turn, reason: turn.reason ?? `no longer: ${inBefore(turn)}` }));
}
