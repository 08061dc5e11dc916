import { innerId } from '../kernel/ids';
import { Refusal } from '../kernel/refusals';
import type { RequestContext } from './requestContext';

/** The segment that a report or a list is asked for; null for all customers. Refuses with NOT_FOUND one that is not there. */
export async function reportedSegment(context: RequestContext, id: string | null | undefined): Promise<string | null> {
  if ((id ?? null) === null) return null;
  const segmentId = innerId('Segment', id as string);
  if ((await context.segments.byId.load(segmentId)) === null) throw new Refusal('NOT_FOUND', 'There is no segment with this id.');
  return segmentId;
}
