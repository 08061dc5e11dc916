import type { Pool } from 'pg';
import type { MembershipDetails } from '../../storage/statements/readMembers';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { COMPUTED_BY_SQL } from './computePageBySql';
import { Reasons } from './reasons';

/**
 * Memberships with the reason that the follower's next look at the profile would give them, where computing the segment by SQL has left it open. A number of
 * statements that does not depend on how many there are, up to hundreds; none where every reason is known.
 */
export async function tellReasons(
  pool: Pool,
  workspaceId: number,
  memberships: readonly MembershipDetails[],
  nowMs: number,
): Promise<readonly MembershipDetails[]> {
  const open = memberships.filter(([, , , reason]) => reason === COMPUTED_BY_SQL);
  if (open.length === 0) return memberships;
  const told = await inWorkspace(pool, workspaceId, 'snapshot', async (client) => {
    const reasons = await Reasons.of(client, workspaceId, new Set(open.map(([, segmentId]) => segmentId)));
    return reasons.tell(client, [...new Set(open.map(([profileId]) => profileId))], nowMs);
  });
  return memberships.map((membership) => {
    const [profileId, segmentId, enteredAtMs, reason] = membership;
    const known = reason === COMPUTED_BY_SQL ? told.get(profileId)?.get(segmentId) : undefined;
    return known === undefined ? membership : [profileId, segmentId, enteredAtMs, known];
  });
}
