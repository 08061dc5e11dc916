import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { innerId, publicId } from '../../kernel/ids';
import { checkPrivacySettings, privacySettingsFromJson, privacySettingsJson } from '../../kernel/privacySettings';
import { Refusal } from '../../kernel/refusals';
import { decodeCursor, encodeCursor } from '../../timeline/cursor';
import { type PageSizes, pageOf, planPage } from '../../timeline/page';
import { authorOf } from '../authorOf';
import { EraseProfileInput, ExportProfileInput, SetPrivacySettingsInput } from '../inputs/ErasureInputs';
import type { RequestContext } from '../requestContext';
import { ErasureConnectionType } from '../types/ConnectionTypes';
import {
  ErasurePayloadType,
  ErasureType,
  ExportPayloadType,
  PrivacySettingsType,
  SetPrivacySettingsPayloadType,
} from '../types/ErasureType';

const ERASURE_PAGE: PageSizes = { usual: 50, most: 200 };

@Resolver()
export class ErasureResolvers {
  @Query(() => ErasureType, { nullable: true, description: 'Needs the scope privacy:write.' })
  async erasure(@Ctx() context: RequestContext, @Arg('receiptId', () => ID) receiptId: string): Promise<ErasureType | null> {
    context.access.need('privacy:write');
    const record = await context.ports.privacy.findErasure(context.access.workspaceId, innerId('Erasure', receiptId));
    return record && new ErasureType(record);
  }

  @Query(() => ErasureConnectionType, { description: 'The latest first. Needs the scope privacy:write.' })
  async erasures(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<ErasureConnectionType> {
    context.access.need('privacy:write');
    const { workspaceId } = context.access;
    const { privacy } = context.ports;
    const plan = planPage({ first, after }, decodeCursor, ERASURE_PAGE);
    const place = plan.after && { atMs: plan.after.occurredAtMs, erasureId: plan.after.interactionId };
    const records = await privacy.listErasures(workspaceId, { after: place, limit: plan.limit });
    const page = pageOf(plan, records, ({ requestedAtMs, erasureId }) =>
      encodeCursor({ occurredAtMs: requestedAtMs, interactionId: erasureId }),
    );
    const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: new ErasureType(node) }));
    return new ErasureConnectionType({ edges, pageInfo: page.pageInfo }, () => privacy.countErasures(workspaceId));
  }

  @Query(() => PrivacySettingsType, { description: 'Needs the scope admin.' })
  async privacySettings(@Ctx() context: RequestContext): Promise<PrivacySettingsType> {
    context.access.need('admin');
    const workspace = await context.ports.configuration.findWorkspace(context.access.workspaceId);
    return { settings: privacySettingsJson(privacySettingsFromJson(workspace?.settings['privacy'])) };
  }

  @Mutation(() => SetPrivacySettingsPayloadType, {
    description: 'Replaces the settings. What is older than is kept from then on goes within minutes, for good. Needs the scope admin.',
  })
  async setPrivacySettings(
    @Ctx() context: RequestContext,
    @Arg('input', () => SetPrivacySettingsInput) input: SetPrivacySettingsInput,
  ): Promise<SetPrivacySettingsPayloadType> {
    context.access.need('admin');
    checkPrivacySettings(input.settings);
    await context.ports.privacy.setSettings(context.access.workspaceId, input.settings, authorOf(context));
    return { privacySettings: { settings: privacySettingsJson(privacySettingsFromJson(input.settings)) } };
  }

  @Mutation(() => ErasurePayloadType, {
    description:
      'Erases the customer everywhere, for good: later replays of old messages stay erased. Again it answers the same receipt. Needs the scope privacy:write.',
  })
  async eraseProfile(
    @Ctx() context: RequestContext,
    @Arg('input', () => EraseProfileInput) input: EraseProfileInput,
  ): Promise<ErasurePayloadType> {
    context.access.need('privacy:write');
    const profileId = innerId('Profile', input.profileId);
    const record = await context.ports.privacy.eraseProfile(context.access.workspaceId, profileId, authorOf(context));
    if (!record) throw new Refusal('NOT_FOUND');
    return { receiptId: publicId('Erasure', record.erasureId), erased: record.erased, finishedAt: record.finishedAtMs };
  }

  @Mutation(() => ExportPayloadType, {
    description: 'Everything held about the customer, as one JSON document. Needs the scopes privacy:write and pii:read.',
  })
  async exportProfile(
    @Ctx() context: RequestContext,
    @Arg('input', () => ExportProfileInput) input: ExportProfileInput,
  ): Promise<ExportPayloadType> {
    context.access.need('privacy:write');
    context.access.need('pii:read');
    const profileId = innerId('Profile', input.profileId);
    const document = await context.ports.privacy.exportProfile(context.access.workspaceId, profileId, authorOf(context));
    if (!document) throw new Refusal('NOT_FOUND');
    return { document };
  }
}
