import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { innerId } from '../../kernel/ids';
import { Refusal } from '../../kernel/refusals';
import { hashOfKey } from '../apiKey';
import { authorOf } from '../authorOf';
import { futureTime } from '../futureTime';
import { RotateApiKeyInput, RotateWriteKeyInput } from '../inputs/KeyInputs';
import type { KeyRotation } from '../ports/keyDesk';
import type { RequestContext } from '../requestContext';
import { ApiKeyType, WriteKeyType } from '../types/KeyTypes';
import { ApiKeyPayloadType, SourcePayloadType } from '../types/payloads';
import { SourceType } from '../types/SourceType';

const MAX_GRACE_MINUTES = 30 * 24 * 60;

@Resolver()
export class KeyResolvers {
  @Query(() => [ApiKeyType], { description: 'All that are not revoked, also those that have expired. Needs the scope admin.' })
  async apiKeys(@Ctx() context: RequestContext): Promise<readonly ApiKeyType[]> {
    context.access.need('admin');
    return (await context.ports.keys.listApiKeys(context.access.workspaceId)).map((record) => new ApiKeyType(record));
  }

  @Query(() => [WriteKeyType], { description: 'Those of all sources, or of one, by source and the newest first. Needs the scope admin.' })
  async writeKeys(
    @Ctx() context: RequestContext,
    @Arg('sourceId', () => ID, { nullable: true }) sourceId: string | null,
  ): Promise<readonly WriteKeyType[]> {
    context.access.need('admin');
    const only = typeof sourceId === 'string' ? Number(innerId('Source', sourceId)) : null;
    const records = await context.ports.keys.listWriteKeys(context.access.workspaceId);
    return records.filter((record) => only === null || record.sourceId === only).map((record) => new WriteKeyType(record));
  }

  @Mutation(() => ApiKeyPayloadType, {
    description:
      'A new secret under the same id, shown this once; the one before works for a while beside it. Needs the scope admin, and every scope that the key has.',
  })
  async rotateApiKey(
    @Ctx() context: RequestContext,
    @Arg('input', () => RotateApiKeyInput) input: RotateApiKeyInput,
  ): Promise<ApiKeyPayloadType> {
    context.access.need('admin');
    const { workspaceId } = context.access;
    const credentialId = innerId('ApiKey', input.id);
    const known = (await context.ports.keys.listApiKeys(workspaceId)).find((key) => key.credentialId === credentialId);
    if (!known) throw new Refusal('NOT_FOUND');
    const scopes = context.access.grantable(known.scopes);
    const text = context.newKey('api');
    const asked = rotation(text, input.graceMinutes, futureTime(input.expiresAt ?? null, context.clock()));
    const expiresAt = await context.ports.keys.rotateApiKey(workspaceId, credentialId, asked, authorOf(context));
    if (expiresAt === undefined) throw new Refusal('NOT_FOUND', 'The key has expired, or was rotated at this very moment.');
    return { id: input.id, key: text, scopes, expiresAt };
  }

  @Mutation(() => SourcePayloadType, {
    description: 'A new write key of the source, shown this once; those before work for a while beside it. Needs the scope admin.',
  })
  async rotateWriteKey(
    @Ctx() context: RequestContext,
    @Arg('input', () => RotateWriteKeyInput) input: RotateWriteKeyInput,
  ): Promise<SourcePayloadType> {
    context.access.need('admin');
    const { workspaceId } = context.access;
    const source = await context.ports.configuration.findSource(workspaceId, Number(innerId('Source', input.sourceId)));
    if (!source) throw new Refusal('NOT_FOUND');
    const text = context.newKey('write');
    const asked = rotation(text, input.graceMinutes, null);
    if (!(await context.ports.keys.rotateWriteKey(workspaceId, source.sourceId, asked, authorOf(context)))) {
      throw new Refusal('NOT_FOUND', 'The source has no write key that works, or it was rotated at this very moment.');
    }
    return { source: new SourceType(source, text) };
  }
}

function rotation(text: string, graceMinutes: number, expiresAtMs: number | null): KeyRotation {
  if (graceMinutes < 0 || graceMinutes > MAX_GRACE_MINUTES) {
    throw new Refusal('INVALID_INPUT', `graceMinutes must be 0 to ${MAX_GRACE_MINUTES}.`);
  }
  return { keyHash: hashOfKey(text), graceMinutes, expiresAtMs };
}
