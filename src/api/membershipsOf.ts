import type { ProfileAt } from './loaders/segmentLoaders';
import type { MembershipRecord } from './ports/segmentReader';
import { reasonMask } from './reasonMask';
import type { RequestContext } from './requestContext';
import type { SegmentMembershipType } from './types/SegmentMembershipType';
import { segmentOf } from './types/SegmentType';

/**
 * The segments that a profile is in, or was at a time: then by what is kept of memberships, its own and those of profiles that have been merged into it
 * since. Two statements for however many profiles now, three as of a time.
 */
export async function membershipsOf(context: RequestContext, profile: ProfileAt): Promise<readonly SegmentMembershipType[]> {
  context.access.need('segments:read');
  const memberships = await readMemberships(context, profile);
  const told = await Promise.all(
    memberships.map(async ({ segmentId, enteredAtMs, reason }) => {
      const record = await context.segments.byId.load(segmentId);
      if (!record) return [];
      const shown = context.access.seesPersonal ? reason : reasonMask(record.definition)(reason);
      return [{ segment: segmentOf(context, record), enteredAt: enteredAtMs, reason: shown }];
    }),
  );
  return told.flat();
}

async function readMemberships(context: RequestContext, { profileId, atMs }: ProfileAt): Promise<readonly MembershipRecord[]> {
  if (atMs === null) return context.segments.memberships.load({ profileId, atMs });
  const previousIds = await context.profiles.previousIds.load(profileId);
  const lists = await Promise.all([profileId, ...previousIds].map((id) => context.segments.memberships.load({ profileId: id, atMs })));
  const bySegment = new Map<string, MembershipRecord>();
  for (const membership of lists.flat()) {
    const known = bySegment.get(membership.segmentId);
    if (!known || membership.enteredAtMs < known.enteredAtMs) bySegment.set(membership.segmentId, membership);
  }
  return [...bySegment.values()].sort((left, right) => right.enteredAtMs - left.enteredAtMs);
}
