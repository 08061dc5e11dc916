import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { isJsonObject, type JsonObject } from '../../kernel/json';
import { countsCertainPeople } from '../../segments/asksForPersonal';
import { parseComputedTrait } from '../../segments/parseComputedTrait';
import { authorOf } from '../authorOf';
import { checkedText } from '../checkedText';
import { CreateComputedTraitInput, DeleteComputedTraitInput } from '../inputs/SegmentInputs';
import { maskedDefinition } from '../maskedDefinition';
import { holdsAddress } from '../masking';
import type { RequestContext } from '../requestContext';
import { ComputedTraitPayloadType, ComputedTraitType, DeleteComputedTraitPayloadType } from '../types/ComputedTraitType';

const MAX_NAME_CHARACTERS = 200;

@Resolver()
export class ComputedTraitResolvers {
  @Query(() => [ComputedTraitType], { description: 'All of them, by their keys. Needs the scope segments:read.' })
  async computedTraits(@Ctx() context: RequestContext): Promise<readonly ComputedTraitType[]> {
    context.access.need('segments:read');
    const traits = await context.segments.computedTraits();
    return traits.map(({ key, name, json }) => ({ key, name, definition: shown(context, isJsonObject(json) ? json : {}) }));
  }

  @Mutation(() => ComputedTraitPayloadType, {
    description:
      'Counts what came before, too. It may be named by segments at once. Needs the scope segments:write, and pii:read where events are told apart by personal values.',
  })
  async createComputedTrait(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateComputedTraitInput) input: CreateComputedTraitInput,
  ): Promise<ComputedTraitPayloadType> {
    context.access.need('segments:write');
    const { key, definition } = input;
    checkPersonal(context, definition);
    const trait = { key, name: checkedText('name', input.name, { least: 1, most: MAX_NAME_CHARACTERS }), definition };
    await context.ports.segmentDesk.createComputedTrait(context.access.workspaceId, trait, authorOf(context));
    return { key, definition };
  }

  @Mutation(() => DeleteComputedTraitPayloadType, {
    description: 'Refused while a segment names it. Needs the scope segments:write.',
  })
  async deleteComputedTrait(
    @Ctx() context: RequestContext,
    @Arg('input', () => DeleteComputedTraitInput) { key }: DeleteComputedTraitInput,
  ): Promise<DeleteComputedTraitPayloadType> {
    context.access.need('segments:write');
    await context.ports.segmentDesk.deleteComputedTrait(context.access.workspaceId, key, authorOf(context));
    return { key };
  }
}

/** Who may not see personal values can't count events by them either. Refuses with SEGMENT_INVALID what can't be read. */
function checkPersonal({ access }: RequestContext, definition: JsonObject): void {
  if (access.seesPersonal) return;
  const { event } = parseComputedTrait(definition);
  if (holdsAddress(JSON.stringify(definition)) || countsCertainPeople(event)) access.need('pii:read');
}

function shown(context: RequestContext, definition: JsonObject): JsonObject {
  return context.access.seesPersonal ? definition : maskedDefinition(definition);
}
