import { Refusal } from '../kernel/refusals';
import { uuidFromBytes, uuidToBytes } from '../kernel/uuid';
import { type PageArgs, type PageSizes, pageOf, planPage } from '../timeline/page';
import type { SearchHit } from './ports/profileReader';
import { profileConnection } from './profileLists';
import type { RequestContext } from './requestContext';
import { searchTerms } from './searchText';
import type { ProfileConnectionType } from './types/ConnectionTypes';

const SEARCH_PAGE: PageSizes = { usual: 20, most: 100 };
const CURSOR_BYTES = 20;

/** Best match first. A caller who may not see personal values must know a whole one: letter by letter it could be found out. */
export async function searchProfilesPage(context: RequestContext, text: string, args: PageArgs): Promise<ProfileConnectionType> {
  const plan = planPage(args, decodeHit, SEARCH_PAGE);
  const typed = searchTerms(text, context.settings.defaultCountry);
  const exactly = !context.access.seesPersonal || [...text.trim()].length < 2;
  const search = typed && { ...typed, exactly, after: plan.after, limit: plan.limit };
  const hits = search ? await context.ports.profiles.searchProfiles(context.access.workspaceId, search) : [];
  return profileConnection(
    context,
    pageOf(plan, hits, encodeHit),
    (hit) => hit.profileId,
    () => null,
  );
}

/** The rank says how well the text matches and nothing about the rest of a value: where values are masked, only whole ones match. */
function encodeHit(hit: SearchHit): string {
  const bytes = Buffer.alloc(CURSOR_BYTES);
  bytes.writeInt32BE(hit.rank);
  bytes.set(uuidToBytes(hit.profileId), 4);
  return bytes.toString('base64url');
}

function decodeHit(cursor: string): SearchHit {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length !== CURSOR_BYTES || bytes.toString('base64url') !== cursor) throw new Refusal('INVALID_CURSOR');
  return { rank: bytes.readInt32BE(), profileId: uuidFromBytes(bytes.subarray(4)) };
}
