import type { Pool } from 'pg';
import { compileSegments } from '../../segments/compileSegments';
import { evaluateSegments } from '../../segments/evaluateSegments';
import { needsOf } from '../../segments/needsOf';
import { loadDefinitions } from '../../storage/segments/loadDefinitions';
import { loadSubjects } from '../../storage/segments/loadSubjects';
import type { MembershipDetails } from '../../storage/statements/readMembers';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { COMPUTED_BY_SQL } from './computePageBySql';

/**
 * Memberships with the reason that the follower's next look at the profile would give them, where computing the segment by SQL has left it open. A number of
 * statements that does not depend on how many there are; none where every reason is known.
 */
export async function tellReasons(
  pool: Pool,
  workspaceId: number,
  memberships: readonly MembershipDetails[],
  nowMs: number,
): Promise<readonly MembershipDetails[]> {
  const open = memberships.filter(([, , , reason]) => reason === COMPUTED_BY_SQL);
  if (open.length === 0) return memberships;
  const reasons = await inWorkspace(pool, workspaceId, 'snapshot', async (client) => {
    const { segments, computedTraits } = await loadDefinitions(client, workspaceId);
    const asked = new Set(open.map(([, segmentId]) => segmentId));
    const compiled = compileSegments(segments, computedTraits);
    const keys = new Map(segments.filter(({ segmentId }) => asked.has(segmentId)).map(({ key, segmentId }) => [key, segmentId]));
    const roots = compiled.roots.filter(({ key }) => keys.has(key));
    const profileIds = [...new Set(open.map(([profileId]) => profileId))];
    const subjects = await loadSubjects(client, workspaceId, profileIds, needsOf({ segments, computedTraits }), nowMs);
    return new Map(
      subjects.flatMap((subject) => {
        const { members } = evaluateSegments({ ...compiled, roots }, subject, nowMs);
        return [...members].map(([key, reason]): [string, string] => [`${subject.profileId} ${keys.get(key)}`, reason]);
      }),
    );
  });
  return memberships.map((membership) => {
    const [profileId, segmentId, enteredAtMs, reason] = membership;
    const told = reason === COMPUTED_BY_SQL ? reasons.get(`${profileId} ${segmentId}`) : undefined;
    return told === undefined ? membership : [profileId, segmentId, enteredAtMs, told];
  });
}
