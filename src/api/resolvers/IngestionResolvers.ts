import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { MessageRefusal } from '../../intake/messageRefusal';
import { readDelivery } from '../../intake/webhooks/readDelivery';
import { deliveryFromJson, type StoredDelivery } from '../../intake/webhooks/storedDelivery';
import { innerId, publicId } from '../../kernel/ids';
import type { JsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { decodeCursor, encodeCursor } from '../../timeline/cursor';
import { type PageSizes, pageOf, planPage } from '../../timeline/page';
import { authorOf } from '../authorOf';
import { IngestInput, RetryDeadLetterInput } from '../inputs/IngestInput';
import { maskedRefusal } from '../maskedRefusal';
import type { DeadLetterRecord } from '../ports/ingestionStore';
import type { RequestContext } from '../requestContext';
import { DeadLetterConnectionType } from '../types/ConnectionTypes';
import { DeadLetterType } from '../types/DeadLetterType';
import { IngestionStatusType } from '../types/IngestionStatusType';
import { DeadLetterPayloadType, IngestPayloadType } from '../types/payloads';

const DEAD_LETTER_PAGE: PageSizes = { usual: 50, most: 200 };
const MAX_MESSAGES = 2_500;
/** Where nothing was accepted there is nothing to wait for. */
const POSITION_PASSED = '0';

@Resolver()
export class IngestionResolvers {
  @Query(() => IngestionStatusType, { description: 'How far ingestion has come, and what it refused and why.' })
  async ingestion(@Ctx() context: RequestContext): Promise<IngestionStatusType> {
    context.access.need('profiles:read');
    const record = await context.ports.ingestion.readIngestion(context.access.workspaceId);
    return new IngestionStatusType(record, context.clock());
  }

  @Query(() => DeadLetterConnectionType, { description: 'Messages that were refused, the latest first. Needs the scope admin.' })
  async deadLetters(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<DeadLetterConnectionType> {
    context.access.need('admin');
    const { workspaceId, seesPersonal } = context.access;
    const { ingestion } = context.ports;
    const plan = planPage({ first, after }, decodeCursor, DEAD_LETTER_PAGE);
    const place = plan.after && { atMs: plan.after.occurredAtMs, deadLetterId: plan.after.interactionId };
    const page = pageOf(plan, await ingestion.listDeadLetters(workspaceId, { after: place, limit: plan.limit }), cursorOf);
    const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: new DeadLetterType(node, !seesPersonal) }));
    return new DeadLetterConnectionType({ edges, pageInfo: page.pageInfo }, () => ingestion.countDeadLetters(workspaceId));
  }

  @Mutation(() => IngestPayloadType, { description: 'The same messages as POST /v1/batch. Needs the scope profiles:write.' })
  async ingest(@Ctx() context: RequestContext, @Arg('input', () => IngestInput) input: IngestInput): Promise<IngestPayloadType> {
    context.access.need('profiles:write');
    const count = input.messages.length;
    if (count === 0 || count > MAX_MESSAGES) throw new Refusal('INVALID_INPUT', `messages must hold 1 to ${MAX_MESSAGES} messages.`);
    const source = { workspaceId: context.access.workspaceId, sourceId: await sourceIdOf(context, input.sourceId ?? null) };
    const { accepted, position } = await context.ports.door.accept(source, input.messages);
    const deed = { action: 'ingest', target: publicId('Source', source.sourceId), detail: { messages: count, accepted } };
    await context.ports.audit.note(source.workspaceId, deed, authorOf(context));
    return { accepted, position: position ?? POSITION_PASSED };
  }

  @Mutation(() => DeadLetterPayloadType, {
    description:
      'Sends the message again, as if it came now, or has the delivery of a webhook read by the mapping as it is now; it is no dead letter any more unless it is refused again. Needs the scope admin.',
  })
  async retryDeadLetter(
    @Ctx() context: RequestContext,
    @Arg('input', () => RetryDeadLetterInput) input: RetryDeadLetterInput,
  ): Promise<DeadLetterPayloadType> {
    context.access.need('admin');
    const { workspaceId } = context.access;
    const { ingestion, door } = context.ports;
    const deadLetterId = innerId('DeadLetter', input.id);
    const record = await ingestion.findDeadLetter(workspaceId, deadLetterId);
    if (!record) throw new Refusal('NOT_FOUND');
    const message: JsonObject = JSON.parse(record.message);
    const delivery = deliveryFromJson(message);
    const refused = delivery
      ? await whyUnreadable(context, record.sourceId, delivery)
      : door.check({ workspaceId, sourceId: record.sourceId }, message);
    if (refused) {
      const { code, reason } = refused;
      return { id: input.id, accepted: false, code, reason: context.access.seesPersonal ? reason : maskedRefusal(code, reason) };
    }
    const letter = { deadLetterId, isDelivery: delivery !== null };
    if (!(await ingestion.retryDeadLetter(workspaceId, letter, authorOf(context)))) throw new Refusal('NOT_FOUND');
    return { id: input.id, accepted: true, code: null, reason: null };
  }
}

/** By the mapping of its source as it is now; null where all of it can be read. */
async function whyUnreadable(context: RequestContext, sourceId: number, delivery: StoredDelivery): Promise<MessageRefusal | null> {
  const source = await context.ports.configuration.findSource(context.access.workspaceId, sourceId);
  return readDelivery(delivery, { source: source ?? undefined, sourceId, receivedAtMs: context.clock() }).refusal;
}

function cursorOf(record: DeadLetterRecord): string {
  return encodeCursor({ occurredAtMs: record.atMs, interactionId: record.deadLetterId });
}

/** Refuses with NOT_FOUND a source of another workspace as one that does not exist. */
async function sourceIdOf(context: RequestContext, id: string | null): Promise<number> {
  const sources = await context.ports.configuration.listSources(context.access.workspaceId);
  const wanted = id === null ? sources[0]?.sourceId : Number(innerId('Source', id));
  const source = sources.find((candidate) => candidate.sourceId === wanted);
  if (!source) throw new Refusal('NOT_FOUND', id === null ? 'The workspace has no source yet; create one first.' : undefined);
  return source.sourceId;
}
