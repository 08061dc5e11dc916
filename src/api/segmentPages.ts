import { Refusal } from '../kernel/refusals';
import { type PageArgs, type PageSizes, pageOf, planPage } from '../timeline/page';
import type { SegmentRecord } from './ports/segmentReader';
import { listProfilesPage } from './profileLists';
import type { RequestContext } from './requestContext';
import { type ProfileConnectionType, SegmentConnectionType } from './types/ConnectionTypes';
import { segmentOf } from './types/SegmentType';

const SEGMENT_PAGE: PageSizes = { usual: 50, most: 200 };
const MEMBERS_PAGE: PageSizes = { usual: 100, most: 500 };
const KEY = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** Who is in, page by page. Needs profiles:read besides what the segment needs. */
export function membersPage(
  context: RequestContext,
  { segmentId, size }: SegmentRecord,
  args: PageArgs,
  sizes: PageSizes = MEMBERS_PAGE,
): Promise<ProfileConnectionType> {
  context.access.need('profiles:read');
  return listProfilesPage(
    context,
    args,
    (page) => context.segments.members.load({ segmentId, ...page }),
    () => Promise.resolve(size),
    sizes,
  );
}

/** By their keys. The cursor is the last one's. */
export async function segmentsPage(context: RequestContext, args: PageArgs): Promise<SegmentConnectionType> {
  const { segments } = context.ports;
  const { workspaceId } = context.access;
  const plan = planPage(args, decodeKey, SEGMENT_PAGE);
  const records = await segments.listSegments(workspaceId, { after: plan.after, limit: plan.limit });
  const page = pageOf(plan, records, ({ key }) => Buffer.from(key).toString('base64url'));
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: segmentOf(context, node) }));
  return new SegmentConnectionType({ edges, pageInfo: page.pageInfo }, () => segments.countSegments(workspaceId));
}

function decodeKey(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString('latin1');
  if (!KEY.test(key)) throw new Refusal('INVALID_CURSOR');
  return key;
}
