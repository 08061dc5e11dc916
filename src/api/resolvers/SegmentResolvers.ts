import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { innerId, parsePublicId } from '../../kernel/ids';
import { isJsonObject, type JsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { asksForPersonal } from '../../segments/asksForPersonal';
import { parseDefinition } from '../../segments/parseDefinition';
import { authorOf } from '../authorOf';
import { checkedText } from '../checkedText';
import { CreateSegmentInput, DeleteSegmentInput, UpdateSegmentInput } from '../inputs/SegmentInputs';
import { holdsAddress } from '../masking';
import type { SegmentRecord } from '../ports/segmentReader';
import type { RequestContext } from '../requestContext';
import { JsonObjectScalar } from '../scalars';
import { segmentsPage } from '../segmentPages';
import { SegmentConnectionType } from '../types/ConnectionTypes';
import { DeletePayloadType } from '../types/payloads';
import { SegmentPayloadType, SegmentPreviewType } from '../types/SegmentPayloads';
import { SegmentType, segmentOf } from '../types/SegmentType';

const MAX_NAME_CHARACTERS = 200;
const MAX_DESCRIPTION_CHARACTERS = 2_000;

@Resolver()
export class SegmentResolvers {
  @Query(() => SegmentType, { nullable: true, description: 'Needs the scope segments:read.' })
  async segment(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { nullable: true }) id: string | null,
    @Arg('key', () => String, { nullable: true }) key: string | null,
  ): Promise<SegmentType | null> {
    context.access.need('segments:read');
    if (((id ?? null) === null) === ((key ?? null) === null)) throw new Refusal('INVALID_INPUT', 'Give either an id or a key.');
    const record = typeof id === 'string' ? await findById(context, id) : await findByKey(context, key ?? '');
    return record && segmentOf(context, record);
  }

  @Query(() => SegmentConnectionType, { description: 'By their keys. Needs the scope segments:read.' })
  segments(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<SegmentConnectionType> {
    context.access.need('segments:read');
    return segmentsPage(context, { first, after });
  }

  @Query(() => SegmentPreviewType, {
    description:
      'How many customers would be in, and a few of them, before anything is saved; within a second. Needs the scopes segments:read and profiles:read; and pii:read where personal values are compared.',
  })
  async previewSegment(
    @Ctx() context: RequestContext,
    @Arg('definition', () => JsonObjectScalar) definition: JsonObject,
  ): Promise<SegmentPreviewType> {
    context.access.need('segments:read');
    context.access.need('profiles:read');
    await checkPersonal(context, definition);
    const preview = await context.ports.segments.previewSegment(context.access.workspaceId, definition, context.clock());
    return Object.assign(new SegmentPreviewType(), preview);
  }

  @Mutation(() => SegmentPayloadType, {
    description:
      'Answers at once; who is in is computed in the background. Nobody is told of those who are found then. Needs the scope segments:write.',
  })
  async createSegment(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateSegmentInput) input: CreateSegmentInput,
  ): Promise<SegmentPayloadType> {
    context.access.need('segments:write');
    const { key, definition } = input;
    await checkPersonal(context, definition);
    const segment = { key, name: checkedName(input.name), description: checkedDescription(input.description ?? null), definition };
    const segmentId = await context.ports.segmentDesk.createSegment(context.access.workspaceId, segment, authorOf(context));
    return payloadOf(context, segmentId);
  }

  @Mutation(() => SegmentPayloadType, {
    description: 'With another definition it is computed anew; who was in stays in until found to be out. Needs the scope segments:write.',
  })
  async updateSegment(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateSegmentInput) input: UpdateSegmentInput,
  ): Promise<SegmentPayloadType> {
    context.access.need('segments:write');
    const segmentId = innerId('Segment', input.id);
    if (isJsonObject(input.definition)) await checkPersonal(context, input.definition);
    const change = {
      segmentId,
      name: typeof input.name === 'string' ? checkedName(input.name) : undefined,
      description: input.description === undefined ? undefined : checkedDescription(input.description),
      definition: isJsonObject(input.definition) ? input.definition : undefined,
    };
    await context.ports.segmentDesk.updateSegment(context.access.workspaceId, change, authorOf(context));
    return payloadOf(context, segmentId);
  }

  @Mutation(() => DeletePayloadType, {
    description: 'Refused while another segment names it. Nobody is told that they left. Needs the scope segments:write.',
  })
  async deleteSegment(
    @Ctx() context: RequestContext,
    @Arg('input', () => DeleteSegmentInput) input: DeleteSegmentInput,
  ): Promise<DeletePayloadType> {
    context.access.need('segments:write');
    const segmentId = innerId('Segment', input.id);
    await context.ports.segmentDesk.deleteSegment(context.access.workspaceId, segmentId, authorOf(context));
    context.segments.byId.clear(segmentId);
    return { id: input.id };
  }
}

function findById(context: RequestContext, id: string): Promise<SegmentRecord | null> {
  const parsed = parsePublicId(id);
  return parsed?.kind === 'Segment' ? context.segments.byId.load(parsed.inner) : Promise.resolve(null);
}

/** Keys have few characters; whatever else is asked for is not there. */
function findByKey(context: RequestContext, key: string): Promise<SegmentRecord | null> {
  return /^[a-z0-9_-]{1,64}$/.test(key) ? context.ports.segments.findSegmentByKey(context.access.workspaceId, key) : Promise.resolve(null);
}

/** As it stands now. */
async function payloadOf(context: RequestContext, segmentId: string): Promise<SegmentPayloadType> {
  const record = await context.segments.byId.clear(segmentId).load(segmentId);
  if (!record) throw new Refusal('NOT_FOUND', 'The segment has been deleted meanwhile.');
  return { segment: segmentOf(context, record) };
}

/** Who may not see personal values can't find them out by trying definitions either. Refuses with SEGMENT_INVALID what can't be read. */
async function checkPersonal({ access, segments }: RequestContext, definition: JsonObject): Promise<void> {
  if (access.seesPersonal) return;
  const parsed = parseDefinition(definition);
  if (holdsAddress(JSON.stringify(definition)) || asksForPersonal(parsed, await segments.computedTraits())) access.need('pii:read');
}

function checkedName(name: string): string {
  return checkedText('name', name, { least: 1, most: MAX_NAME_CHARACTERS });
}

function checkedDescription(description: string | null): string | null {
  return description === null ? null : checkedText('description', description, { least: 0, most: MAX_DESCRIPTION_CHARACTERS });
}
