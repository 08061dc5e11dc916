import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { type ParsedId, parsePublicId } from '../../kernel/ids';
import { Refusal } from '../../kernel/refusals';
import { accountId } from '../../profile/account';
import type { RequestContext } from '../requestContext';
import { AccountType } from '../types/AccountType';
import { DestinationType } from '../types/DestinationType';
import { InteractionType } from '../types/InteractionType';
import { NodeType } from '../types/NodeType';
import { ProfileType } from '../types/ProfileType';
import { segmentOf } from '../types/SegmentType';
import { sourceOf } from '../types/SourceType';

const MAX_EXTERNAL_ID_CHARACTERS = 1_000;

@Resolver()
export class NodeQueries {
  @Query(() => NodeType, { nullable: true })
  async node(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<NodeType | null> {
    const parsed = parsePublicId(id);
    context.access.need(parsed?.kind === 'Segment' ? 'segments:read' : 'profiles:read');
    return parsed && (await find(context, parsed));
  }

  @Query(() => AccountType, { nullable: true })
  async account(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { nullable: true }) id: string | null,
    @Arg('externalId', () => String, { nullable: true }) externalId: string | null,
  ): Promise<AccountType | null> {
    context.access.need('profiles:read');
    const given = [id, externalId].filter((value) => value !== null && value !== undefined);
    if (given.length !== 1) throw new Refusal('INVALID_INPUT', 'Give either an id or an externalId.');
    if ((externalId?.length ?? 0) > MAX_EXTERNAL_ID_CHARACTERS) {
      throw new Refusal('INVALID_INPUT', `externalId may have at most ${MAX_EXTERNAL_ID_CHARACTERS} characters.`);
    }
    const parsed = typeof id === 'string' ? parsePublicId(id) : { kind: 'Account', inner: accountId(externalId ?? '') };
    return parsed?.kind === 'Account' ? await findAccount(context, parsed.inner) : null;
  }
}

/** Null for what has no node, and for what belongs to another workspace: nobody can tell the two apart. */
async function find(context: RequestContext, { kind, inner }: ParsedId): Promise<NodeType | null> {
  switch (kind) {
    case 'Profile': {
      const record = await context.profiles.byId.load(inner);
      return record && new ProfileType(record, context);
    }
    case 'Interaction': {
      const record = await context.timelines.interaction.load(inner);
      if (record) context.trail.sawInteractionOf(record.identifierId);
      return record && new InteractionType(record, !context.access.seesPersonal);
    }
    case 'Account':
      return findAccount(context, inner);
    case 'Segment': {
      const record = await context.segments.byId.load(inner);
      return record && segmentOf(context, record);
    }
    case 'Destination': {
      context.access.need('admin');
      const record = await context.ports.destinations.find(context.access.workspaceId, inner);
      return record && new DestinationType(record);
    }
    case 'Source':
      return sourceOf(context, Number(inner));
    default:
      return null;
  }
}

async function findAccount(context: RequestContext, id: string): Promise<AccountType | null> {
  const record = await context.related.account.load(id);
  return record && new AccountType(record, context);
}
