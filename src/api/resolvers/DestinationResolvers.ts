import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { ChangeType } from '../../activation/change';
import type { DestinationSettings } from '../../activation/destination';
import { innerId } from '../../kernel/ids';
import { Refusal } from '../../kernel/refusals';
import { authorOf } from '../authorOf';
import {
  CreateDestinationInput,
  DeleteDestinationInput,
  ReplayDeliveriesInput,
  RotateDestinationSecretInput,
  UpdateDestinationInput,
} from '../inputs/DestinationInputs';
import type { RequestContext } from '../requestContext';
import {
  DestinationPayloadType,
  DestinationType,
  ReplayDeliveriesPayloadType,
  UpdateDestinationPayloadType,
} from '../types/DestinationType';
import { DeletePayloadType } from '../types/payloads';

const MAX_REPLAYED = 1_000;

@Resolver()
export class DestinationResolvers {
  @Query(() => [DestinationType], { description: 'Where changes are delivered. Needs the scope admin.' })
  async destinations(@Ctx() context: RequestContext): Promise<readonly DestinationType[]> {
    context.access.need('admin');
    const records = await context.ports.destinations.list(context.access.workspaceId);
    return records.map((record) => new DestinationType(record));
  }

  @Mutation(() => DestinationPayloadType, {
    description: 'From now on changes are delivered there, signed by Standard Webhooks. Needs the scope admin.',
  })
  async createDestination(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateDestinationInput) input: CreateDestinationInput,
  ): Promise<DestinationPayloadType> {
    context.access.need('admin');
    const settings: DestinationSettings = {
      name: input.name.trim(),
      url: input.url.trim(),
      events: distinct(input.events) as ChangeType[],
      segmentIds: segmentIdsOf(input.segmentIds),
      frictionKinds: distinct(input.frictionKinds ?? []),
      minSeverity: input.minSeverity ?? null,
      purpose: input.purpose ?? null,
      quietPeriodSeconds: input.quietPeriodSeconds ?? 0,
      isEnabled: true,
    };
    const made = await context.ports.destinations.create(context.access.workspaceId, settings, authorOf(context));
    return { destination: new DestinationType(made.destination), signingSecret: made.signingSecret };
  }

  @Mutation(() => UpdateDestinationPayloadType, { description: 'Needs the scope admin.' })
  async updateDestination(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateDestinationInput) input: UpdateDestinationInput,
  ): Promise<UpdateDestinationPayloadType> {
    context.access.need('admin');
    const id = innerId('Destination', input.id);
    const record = await context.ports.destinations.update(context.access.workspaceId, id, changeOf(input), authorOf(context));
    return { destination: new DestinationType(record) };
  }

  @Mutation(() => DeletePayloadType, { description: 'What waits for it is never sent. Needs the scope admin.' })
  async deleteDestination(
    @Ctx() context: RequestContext,
    @Arg('input', () => DeleteDestinationInput) input: DeleteDestinationInput,
  ): Promise<DeletePayloadType> {
    context.access.need('admin');
    await context.ports.destinations.remove(context.access.workspaceId, innerId('Destination', input.id), authorOf(context));
    return { id: input.id };
  }

  @Mutation(() => DestinationPayloadType, {
    description: 'Answers a new secret, this once; the one before signs as well for 24 hours more. Needs the scope admin.',
  })
  async rotateDestinationSecret(
    @Ctx() context: RequestContext,
    @Arg('input', () => RotateDestinationSecretInput) input: RotateDestinationSecretInput,
  ): Promise<DestinationPayloadType> {
    context.access.need('admin');
    const id = innerId('Destination', input.id);
    const made = await context.ports.destinations.rotateSecret(context.access.workspaceId, id, authorOf(context));
    return { destination: new DestinationType(made.destination), signingSecret: made.signingSecret };
  }

  @Mutation(() => ReplayDeliveriesPayloadType, {
    description: 'Sends again what was sent or failed before, as it stands now and under the same ids. Needs the scope admin.',
  })
  async replayDeliveries(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReplayDeliveriesInput) input: ReplayDeliveriesInput,
  ): Promise<ReplayDeliveriesPayloadType> {
    context.access.need('admin');
    const changeIds = input.webhookIds?.map((id) => innerId('Change', id)) ?? null;
    if (changeIds !== null && typeof input.failedSince === 'number') {
      throw new Refusal('INVALID_INPUT', 'Give either webhookIds or failedSince.');
    }
    if ((changeIds?.length ?? 0) > MAX_REPLAYED) throw new Refusal('INVALID_INPUT', `webhookIds may hold at most ${MAX_REPLAYED}.`);
    const asked = { changeIds, sinceMs: input.failedSince ?? null };
    const { destinations } = context.ports;
    return {
      replayed: await destinations.replay(
        context.access.workspaceId,
        innerId('Destination', input.destinationId),
        asked,
        authorOf(context),
      ),
    };
  }
}

/** Null takes away what can be absent, and leaves everything else as it is. */
function changeOf(input: UpdateDestinationInput): Partial<DestinationSettings> {
  return {
    ...(typeof input.name === 'string' && { name: input.name.trim() }),
    ...(typeof input.url === 'string' && { url: input.url.trim() }),
    ...(input.events && { events: distinct(input.events) as ChangeType[] }),
    ...(input.segmentIds && { segmentIds: segmentIdsOf(input.segmentIds) }),
    ...(input.frictionKinds && { frictionKinds: distinct(input.frictionKinds) }),
    ...(input.minSeverity !== undefined && { minSeverity: input.minSeverity }),
    ...(input.purpose !== undefined && { purpose: input.purpose }),
    ...(typeof input.quietPeriodSeconds === 'number' && { quietPeriodSeconds: input.quietPeriodSeconds }),
    ...(typeof input.enabled === 'boolean' && { isEnabled: input.enabled }),
  };
}

function segmentIdsOf(ids: readonly string[] | null | undefined): string[] {
  return distinct(ids ?? []).map((id) => innerId('Segment', id));
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
