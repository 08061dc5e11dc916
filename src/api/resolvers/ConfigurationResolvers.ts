import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { changedSettings, refuseFaultySettings } from '../../intake/webhooks/sourceSettings';
import { innerId, publicId } from '../../kernel/ids';
import type { JsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { hashOfKey } from '../apiKey';
import { authorOf } from '../authorOf';
import { futureTime } from '../futureTime';
import { CreateApiKeyInput, CreateSourceInput, RevokeApiKeyInput, UpdateSourceInput } from '../inputs/ConfigurationInputs';
import type { NewCredential } from '../ports/configurationStore';
import type { RequestContext } from '../requestContext';
import { ApiKeyPayloadType, DeletePayloadType, SourcePayloadType } from '../types/payloads';
import { SourceType } from '../types/SourceType';

const MAX_NAME_CHARACTERS = 200;
const MAX_SETTINGS_CHARACTERS = 65_536;
/** The name of the key that `npm start` prints; what else has it would be taken for a leftover of an earlier start. */
const DEVELOPMENT_KEY = 'development';
const SOURCE_TYPE = /^[a-z][a-z0-9_.-]{0,49}$/;

@Resolver()
export class ConfigurationResolvers {
  @Query(() => [SourceType], { description: 'Needs the scope admin.' })
  async sources(@Ctx() context: RequestContext): Promise<readonly SourceType[]> {
    context.access.need('admin');
    const records = await context.ports.configuration.listSources(context.access.workspaceId);
    return records.map((record) => new SourceType(record));
  }

  @Mutation(() => SourcePayloadType, { description: 'Answers the write key, this once. Needs the scope admin.' })
  async createSource(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateSourceInput) input: CreateSourceInput,
  ): Promise<SourcePayloadType> {
    context.access.need('admin');
    if (!SOURCE_TYPE.test(input.type)) throw new Refusal('INVALID_INPUT', 'type must be a word such as segment or zendesk, in lower case.');
    const settings = checkedSettings(input.type, input.settings ?? {});
    const { type, department } = input;
    const source = { name: checkedName(input.name), type, department };
    const key = credential(context, 'write');
    const sourceId = await context.ports.configuration.createSource(
      context.access.workspaceId,
      { ...source, settings },
      key.record,
      authorOf(context),
    );
    return { source: new SourceType({ ...source, sourceId }, key.text) };
  }

  @Mutation(() => SourcePayloadType, {
    description: 'Its name, the secret it is verified by, its mapping. What comes from now on is read by it. Needs the scope admin.',
  })
  async updateSource(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateSourceInput) input: UpdateSourceInput,
  ): Promise<SourcePayloadType> {
    context.access.need('admin');
    const { workspaceId } = context.access;
    const { configuration } = context.ports;
    const source = await configuration.findSource(workspaceId, Number(innerId('Source', input.id)));
    if (!source) throw new Refusal('NOT_FOUND');
    const { sourceId, type, settings: settingsBefore } = source;
    const name = typeof input.name === 'string' ? checkedName(input.name) : source.name;
    const settings = checkedSettings(type, changedSettings(settingsBefore, input.settings ?? {}));
    if (!(await configuration.updateSource(workspaceId, { sourceId, name, settingsBefore, settings }, authorOf(context)))) {
      throw new Refusal('CONFLICT');
    }
    return { source: new SourceType({ ...source, name }) };
  }

  @Mutation(() => ApiKeyPayloadType, {
    description: 'Answers the key, this once. Needs the scope admin, and every scope that is given on.',
  })
  async createApiKey(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateApiKeyInput) input: CreateApiKeyInput,
  ): Promise<ApiKeyPayloadType> {
    context.access.need('admin');
    const scopes = context.access.grantable(input.scopes);
    const name = checkedName(input.name);
    if (name === DEVELOPMENT_KEY) throw new Refusal('INVALID_INPUT', `${DEVELOPMENT_KEY} is the key that each start makes anew.`);
    const key = credential(context, 'api');
    const expiresAt = futureTime(input.expiresAt ?? null, context.clock());
    const wanted = { name, scopes, expiresAtMs: expiresAt };
    await context.ports.configuration.createApiKey(context.access.workspaceId, wanted, key.record, authorOf(context));
    return { id: publicId('ApiKey', key.record.credentialId), key: key.text, scopes, expiresAt };
  }

  @Mutation(() => DeletePayloadType, {
    description: 'The key stops working within seconds, and with it what rotations replaced. Needs the scope admin.',
  })
  async revokeApiKey(
    @Ctx() context: RequestContext,
    @Arg('input', () => RevokeApiKeyInput) input: RevokeApiKeyInput,
  ): Promise<DeletePayloadType> {
    context.access.need('admin');
    const { workspaceId } = context.access;
    const revoked = await context.ports.configuration.revokeApiKey(workspaceId, innerId('ApiKey', input.id), authorOf(context));
    if (!revoked) throw new Refusal('NOT_FOUND');
    return { id: input.id };
  }
}

function credential(context: RequestContext, kind: 'api' | 'write'): { readonly text: string; readonly record: NewCredential } {
  const text = context.newKey(kind);
  return { text, record: { credentialId: context.newId(), keyHash: hashOfKey(text), atMs: context.clock() } };
}

function checkedSettings(type: string, settings: JsonObject): JsonObject {
  if (JSON.stringify(settings).length > MAX_SETTINGS_CHARACTERS) throw new Refusal('INVALID_INPUT', 'settings are too large.');
  refuseFaultySettings(type, settings);
  return settings;
}

function checkedName(name: string): string {
  const trimmed = name.replaceAll('\0', '').trim();
  if (trimmed === '' || trimmed.length > MAX_NAME_CHARACTERS) {
    throw new Refusal('INVALID_INPUT', `name must have 1 to ${MAX_NAME_CHARACTERS} characters.`);
  }
  return trimmed;
}
