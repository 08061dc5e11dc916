import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { innerId, publicId } from '../../kernel/ids';
import { Refusal } from '../../kernel/refusals';
import { authorOf } from '../authorOf';
import { consentMessages } from '../consentMessages';
import { forgetProfiles } from '../forgetProfiles';
import { RecordConsentInput, SuppressProfileInput } from '../inputs/PrivacyInputs';
import type { RequestContext } from '../requestContext';
import { ProfilePayloadType } from '../types/ProfilePayloadType';
import { ProfileType } from '../types/ProfileType';

const MAX_REASON_CHARACTERS = 2_000;
const MAX_PURPOSE_CHARACTERS = 200;

@Resolver()
export class PrivacyResolvers {
  @Mutation(() => ProfilePayloadType, {
    description: 'A suppressed customer is stored for support but reaches no destination. Needs the scope privacy:write.',
  })
  async suppressProfile(
    @Ctx() context: RequestContext,
    @Arg('input', () => SuppressProfileInput) input: SuppressProfileInput,
  ): Promise<ProfilePayloadType> {
    context.access.need('privacy:write');
    const reason = input.reason ?? null;
    if ((reason?.length ?? 0) > MAX_REASON_CHARACTERS) {
      throw new Refusal('INVALID_INPUT', `reason has at most ${MAX_REASON_CHARACTERS} characters.`);
    }
    const profileId = innerId('Profile', input.profileId);
    const asked = { profileId, suppressed: input.suppressed, reason: reason?.replaceAll('\0', '') ?? null };
    if (!(await context.ports.privacy.suppressProfile(context.access.workspaceId, asked, authorOf(context))))
      throw new Refusal('NOT_FOUND');
    return { profile: await profileNow(context, profileId) };
  }

  @Mutation(() => ProfilePayloadType, {
    description:
      'On the timeline as Consent Changed, for every identifier of the customer that has said something of the purpose. Needs the scope privacy:write.',
  })
  async recordConsent(
    @Ctx() context: RequestContext,
    @Arg('input', () => RecordConsentInput) input: RecordConsentInput,
  ): Promise<ProfilePayloadType> {
    context.access.need('privacy:write');
    const purpose = input.purpose.replaceAll('\0', '').trim();
    if (purpose === '' || purpose.length > MAX_PURPOSE_CHARACTERS) {
      throw new Refusal('INVALID_INPUT', `purpose must have 1 to ${MAX_PURPOSE_CHARACTERS} characters.`);
    }
    const profileId = innerId('Profile', input.profileId);
    const record = await context.profiles.byId.load(profileId);
    if (!record) throw new Refusal('NOT_FOUND');
    const { workspaceId } = context.access;
    const ids = record.members.map(({ identifierId }) => identifierId);
    const consents = await context.ports.privacy.readConsents(workspaceId, ids);
    const said = { purpose, granted: input.granted, atMs: input.at ?? context.clock() };
    const holder = { members: record.members, consents, rules: context.settings.identityRules };
    const position = await tell(context, consentMessages(holder, said, context.newId));
    const deed = { action: 'recordConsent', target: publicId('Profile', profileId), detail: { granted: said.granted }, note: { purpose } };
    await context.ports.audit.note(workspaceId, deed, authorOf(context));
    if (position !== null) await context.positions.reached(workspaceId, BigInt(position));
    return { profile: await profileNow(context, profileId) };
  }
}

/** Through the door that every message comes by. Answers the position in the inbox. */
async function tell(context: RequestContext, messages: ReturnType<typeof consentMessages>): Promise<string | null> {
  const { workspaceId } = context.access;
  const [source] = await context.ports.configuration.listSources(workspaceId);
  if (!source) throw new Refusal('NOT_FOUND', 'The workspace has no source yet; create one first.');
  const sender = { workspaceId, sourceId: source.sourceId, isServer: true };
  for (const message of messages) {
    const fault = context.ports.door.check(sender, message);
    if (fault) throw new Refusal('INVALID_INPUT', fault.reason);
  }
  const { position } = await context.ports.door.accept(sender, messages);
  return position;
}

async function profileNow(context: RequestContext, profileId: string): Promise<ProfileType> {
  forgetProfiles(context);
  const record = await context.profiles.byId.load(profileId);
  if (!record) throw new Refusal('NOT_FOUND');
  return new ProfileType(record, context);
}
