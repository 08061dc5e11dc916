import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { innerId, parsePublicId } from '../../kernel/ids';
import { Refusal } from '../../kernel/refusals';
import type { PageArgs } from '../../timeline/page';
import { IdentifierInput } from '../inputs/IdentifierInput';
import { normalisedIdentifier } from '../normalisedIdentifier';
import type { ProfileRecord } from '../ports/profileReader';
import { profileAsOf } from '../profileAsOf';
import { listProfilesPage, PROFILE_PAGE } from '../profileLists';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar } from '../scalars';
import { searchConversationsPage } from '../searchConversationsPage';
import { searchProfilesPage } from '../searchProfilesPage';
import { membersPage } from '../segmentPages';
import { InteractionConnectionType, ProfileConnectionType } from '../types/ConnectionTypes';
import { ProfileType } from '../types/ProfileType';

@Resolver()
export class ProfileQueries {
  @Query(() => ProfileType, {
    nullable: true,
    description: 'The one profile that holds this id (a merged id answers its survivor) or this identifier; null where none does.',
  })
  async profile(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { nullable: true }) id: string | null,
    @Arg('identifier', () => IdentifierInput, { nullable: true }) identifier: IdentifierInput | null,
    @Arg('asOf', () => DateTimeScalar, {
      nullable: true,
      description:
        'the profile as it stood at that time: traits, timeline, measures, friction and stage of what happened up to then; null where nothing had',
    })
    asOf: number | null,
  ): Promise<ProfileType | null> {
    context.access.need('profiles:read');
    if ((id ?? null) === null && (identifier ?? null) === null) throw new Refusal('INVALID_INPUT', 'Give an id or an identifier.');
    if ((id ?? null) !== null && (identifier ?? null) !== null)
      throw new Refusal('INVALID_INPUT', 'Give either an id or an identifier, not both.');
    const asOfMs = asOf ?? null;
    const record = identifier ? await findByIdentifier(context, identifier) : await findById(context, id ?? '');
    const asked = record && asOfMs !== null ? await profileAsOf(context, record, asOfMs) : record;
    return asked && new ProfileType(asked, context, asOfMs);
  }

  @Query(() => ProfileConnectionType, {
    description:
      "Prefix and fuzzy search over names and identifiers, best match first, for an agent's search box. Without the scope pii:read only whole values match.",
  })
  searchProfiles(
    @Ctx() context: RequestContext,
    @Arg('text', () => String) text: string,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<ProfileConnectionType> {
    context.access.need('profiles:read');
    return searchProfilesPage(context, text, { first, after });
  }

  @Query(() => InteractionConnectionType, {
    description:
      'What was said in conversations and feedback that holds all these words, whole or from their beginning, in whatever case, the newest first: of one customer or of all. Needs the scope pii:read.',
  })
  searchConversations(
    @Ctx() context: RequestContext,
    @Arg('text', () => String) text: string,
    @Arg('profileId', () => ID, { nullable: true }) profileId: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<InteractionConnectionType> {
    context.access.need('profiles:read');
    context.access.need('pii:read');
    return searchConversationsPage(context, { text, profileId: profileId ?? null }, { first, after });
  }

  @Query(() => ProfileConnectionType, {
    description: 'All customers, or those who are in a segment, which needs the scope segments:read, too; the newest first.',
  })
  profiles(
    @Ctx() context: RequestContext,
    @Arg('segmentId', () => ID, { nullable: true }) segmentId: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<ProfileConnectionType> {
    context.access.need('profiles:read');
    if ((segmentId ?? null) !== null) return membersOf(context, segmentId as string, { first, after });
    const { profiles } = context.ports;
    const { workspaceId } = context.access;
    return listProfilesPage(
      context,
      { first, after },
      (page) => profiles.listProfiles(workspaceId, page),
      () => profiles.countProfiles(workspaceId),
    );
  }
}

async function membersOf(context: RequestContext, id: string, page: PageArgs): Promise<ProfileConnectionType> {
  context.access.need('segments:read');
  const record = await context.segments.byId.load(innerId('Segment', id));
  if (!record) throw new Refusal('NOT_FOUND', 'There is no segment with this id.');
  return membersPage(context, record, page, PROFILE_PAGE);
}

async function findById(context: RequestContext, id: string): Promise<ProfileRecord | null> {
  const parsed = parsePublicId(id);
  return parsed?.kind === 'Profile' ? await context.profiles.byId.load(parsed.inner) : null;
}

async function findByIdentifier(context: RequestContext, input: IdentifierInput): Promise<ProfileRecord | null> {
  const identifier = normalisedIdentifier(context, input);
  return identifier && (await context.profiles.byIdentifier.load(identifier));
}
