import { parsePublicId } from '../kernel/ids';
import { decodeCursor, encodeCursor } from '../timeline/cursor';
import { type PageArgs, type PageSizes, pageOf, planPage } from '../timeline/page';
import { wordsToFind } from '../timeline/textMatch';
import type { RequestContext } from './requestContext';
import { ownersOf } from './timelineOf';
import { InteractionConnectionType } from './types/ConnectionTypes';
import { InteractionType } from './types/InteractionType';

const SEARCH_PAGE: PageSizes = { usual: 20, most: 100 };

/** What was said that holds these words, the newest first: by one customer and to them, or by anybody. */
export async function searchConversationsPage(
  context: RequestContext,
  asked: { readonly text: string; readonly profileId: string | null },
  args: PageArgs,
): Promise<InteractionConnectionType> {
  const plan = planPage(args, decodeCursor, SEARCH_PAGE);
  const said = { words: wordsToFind(asked.text), identifierIds: await identifiersOf(context, asked.profileId) };
  const { timelines } = context.ports;
  const { workspaceId } = context.access;
  const records = await timelines.findConversationWords(workspaceId, said, { olderThan: plan.after, limit: plan.limit });
  const nodes = records.map((record) => new InteractionType(record, false));
  const page = pageOf(plan, nodes, (node) => encodeCursor(node.place));
  for (const { identifierId } of records) context.trail.sawInteractionOf(identifierId);
  const isWhole = plan.after === null && records.length < plan.limit;
  return new InteractionConnectionType(page, () => (isWhole ? records.length : timelines.countConversationWords(workspaceId, said)));
}

/** Null where everybody is looked at; nobody's where there is no such customer. */
async function identifiersOf(context: RequestContext, profileId: string | null): Promise<readonly string[] | null> {
  if (profileId === null) return null;
  const parsed = parsePublicId(profileId);
  const record = parsed?.kind === 'Profile' ? await context.profiles.byId.load(parsed.inner) : null;
  return record ? ownersOf(record.members) : [];
}
