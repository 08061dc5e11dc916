import { innerId, publicId } from '../kernel/ids';
import { Refusal } from '../kernel/refusals';
import { type PageArgs, type PageSizes, pageOf, planPage } from '../timeline/page';
import type { ProfileRecord } from './ports/profileReader';
import type { RequestContext } from './requestContext';
import { ProfileConnectionType } from './types/ConnectionTypes';
import { ProfileType } from './types/ProfileType';

export const PROFILE_PAGE: PageSizes = { usual: 50, most: 200 };

/** A page of profiles by their ids, in a stable order. The cursor is the last one's id. */
export async function listProfilesPage(
  context: RequestContext,
  args: PageArgs,
  list: (page: { readonly after: string | null; readonly limit: number }) => Promise<readonly string[]>,
  count: () => Promise<number> | null = () => null,
  sizes: PageSizes = PROFILE_PAGE,
): Promise<ProfileConnectionType> {
  const plan = planPage(args, decodeProfileCursor, sizes);
  const ids = await list({ after: plan.after, limit: plan.limit });
  const page = pageOf(plan, ids, (id) => Buffer.from(publicId('Profile', id)).toString('base64url'));
  return profileConnection(context, page, (id) => id, count);
}

/** The page with the profiles in place of what stands for them; one that has just gone is left out. */
export async function profileConnection<Row>(
  context: RequestContext,
  page: ReturnType<typeof pageOf<unknown, Row>>,
  idOf: (row: Row) => string,
  count: () => Promise<number> | null,
): Promise<ProfileConnectionType> {
  const records = await Promise.all(page.edges.map((edge) => context.profiles.byId.load(idOf(edge.node))));
  const edges = page.edges
    .map((edge, index) => ({ cursor: edge.cursor, record: records[index] ?? null }))
    .filter((edge): edge is { cursor: string; record: ProfileRecord } => edge.record !== null)
    .map(({ cursor, record }) => ({ cursor, node: new ProfileType(record, context) }));
  return new ProfileConnectionType({ edges, pageInfo: page.pageInfo }, count);
}

function decodeProfileCursor(cursor: string): string {
  try {
    return innerId('Profile', Buffer.from(cursor, 'base64url').toString('latin1'));
  } catch {
    throw new Refusal('INVALID_CURSOR');
  }
}
