import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { innerId } from '../../kernel/ids';
import { Refusal } from '../../kernel/refusals';
import { authorOf } from '../authorOf';
import { forgetProfiles } from '../forgetProfiles';
import { MergeProfilesInput, SplitProfileInput, UndoMergeInput } from '../inputs/DecisionInputs';
import { normalisedIdentifier } from '../normalisedIdentifier';
import type { ProfileRecord } from '../ports/profileReader';
import { previewOf } from '../previewOf';
import type { RequestContext } from '../requestContext';
import { MergePayloadType, MergePreviewType, SplitPayloadType, UndoMergePayloadType } from '../types/DecisionTypes';
import { MergeRecordType } from '../types/MergeRecordType';
import { ProfileType } from '../types/ProfileType';

const MAX_PROFILES = 100;
const MAX_IDENTIFIERS = 10_000;
const MAX_REASON_CHARACTERS = 2_000;

@Resolver()
export class DecisionResolvers {
  @Mutation(() => MergePayloadType, { description: 'Makes profiles one, until it is undone. Needs the scope profiles:write.' })
  async mergeProfiles(
    @Ctx() context: RequestContext,
    @Arg('input', () => MergeProfilesInput) input: MergeProfilesInput,
  ): Promise<MergePayloadType> {
    context.access.need('profiles:write');
    const { workspaceId } = context.access;
    const reason = input.reason ?? null;
    if ((reason?.length ?? 0) > MAX_REASON_CHARACTERS)
      throw new Refusal('INVALID_INPUT', `reason has at most ${MAX_REASON_CHARACTERS} characters.`);
    const survivorId = (input.survivorId ?? null) === null ? null : innerId('Profile', input.survivorId as string);
    const asked = { profileIds: profileIdsOf(input.profileIds), survivorId, reason };
    const merged = await context.ports.decisions.mergeProfiles(workspaceId, asked, authorOf(context));
    const [profile] = await profilesAfter(context, [merged.survivorId]);
    const records = await context.related.merges.load(merged.survivorId);
    const merges = records.filter(({ mergeId }) => merged.mergeIds.includes(mergeId)).map((record) => new MergeRecordType(record));
    return { profile: profile as ProfileType, merges };
  }

  @Mutation(() => UndoMergePayloadType, {
    description:
      'Puts back exactly what one merge joined: fields, timeline, segments. Also a merge that messages brought about. Needs the scope profiles:write.',
  })
  async undoMerge(
    @Ctx() context: RequestContext,
    @Arg('input', () => UndoMergeInput) input: UndoMergeInput,
  ): Promise<UndoMergePayloadType> {
    context.access.need('profiles:write');
    const mergeId = innerId('Merge', input.mergeId);
    const { survivorId, absorbedId } = await context.ports.decisions.undoMerge(context.access.workspaceId, mergeId, authorOf(context));
    return { profiles: await profilesAfter(context, [survivorId, absorbedId]) };
  }

  @Mutation(() => SplitPayloadType, {
    description:
      'Takes identifiers, and the interactions that came with them, out into a profile of their own. Needs the scope profiles:write.',
  })
  async splitProfile(
    @Ctx() context: RequestContext,
    @Arg('input', () => SplitProfileInput) input: SplitProfileInput,
  ): Promise<SplitPayloadType> {
    context.access.need('profiles:write');
    if (input.identifiers.length > MAX_IDENTIFIERS) throw new Refusal('INVALID_INPUT', `identifiers may hold at most ${MAX_IDENTIFIERS}.`);
    const identifiers = input.identifiers.map((identifier) => {
      const normalised = normalisedIdentifier(context, identifier);
      if (!normalised) throw new Refusal('IDENTIFIER_ELSEWHERE');
      return normalised;
    });
    const asked = { profileId: innerId('Profile', input.profileId), identifiers };
    const split = await context.ports.decisions.splitProfile(context.access.workspaceId, asked, authorOf(context));
    const [remaining, separated] = await profilesAfter(context, [split.remainingId, split.separatedId]);
    return { remaining: remaining as ProfileType, separated: separated as ProfileType };
  }

  @Query(() => MergePreviewType, {
    description: 'What would happen if these were merged: survivor, conflicts, segments gained and lost. Changes nothing.',
  })
  async previewMerge(
    @Ctx() context: RequestContext,
    @Arg('profileIds', () => [ID]) profileIds: readonly string[],
  ): Promise<MergePreviewType> {
    context.access.need('profiles:read');
    const ids = profileIdsOf(profileIds);
    const decided = await context.ports.decisions.previewMerge(context.access.workspaceId, ids);
    const records = await Promise.all(ids.map((id) => context.profiles.byId.load(id)));
    return new MergePreviewType(previewOf(context, records.filter(isThere), decided), ids);
  }
}

function profileIdsOf(ids: readonly string[]): string[] {
  if (ids.length < 2 || ids.length > MAX_PROFILES) throw new Refusal('INVALID_INPUT', `profileIds must hold 2 to ${MAX_PROFILES} ids.`);
  return ids.map((id) => innerId('Profile', id));
}

/** As they stand now, each once, whatever this request has read before. */
async function profilesAfter(context: RequestContext, profileIds: readonly string[]): Promise<ProfileType[]> {
  forgetProfiles(context);
  const records = await Promise.all(profileIds.map((id) => context.profiles.byId.load(id)));
  const living = new Map(records.filter(isThere).map((record) => [record.profileId, record]));
  return [...living.values()].map((record) => new ProfileType(record, context));
}

function isThere(record: ProfileRecord | null): record is ProfileRecord {
  return record !== null;
}
