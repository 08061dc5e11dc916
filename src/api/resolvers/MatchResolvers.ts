import { Arg, Ctx, Float, Int, Mutation, Query, Resolver } from 'type-graphql';
import { checkedMatchSettings, type MatchSettings, matchSettingsFromJson } from '../../identity/matchSettings';
import type { MatchStatus } from '../../identity/matchStatus';
import { innerId } from '../../kernel/ids';
import { Refusal } from '../../kernel/refusals';
import { authorOf } from '../authorOf';
import { forgetProfiles } from '../forgetProfiles';
import { DecideMatchInput, SetMatchSettingsInput } from '../inputs/MatchInputs';
import { matchCandidatesPage } from '../matchCandidatesPage';
import type { RequestContext } from '../requestContext';
import { MatchCandidateConnectionType } from '../types/ConnectionTypes';
import {
  DecideMatchPayloadType,
  MatchCandidateType,
  MatchSettingsType,
  MatchStatusEnum,
  SetMatchSettingsPayloadType,
} from '../types/MatchTypes';

@Resolver()
export class MatchResolvers {
  @Query(() => MatchCandidateConnectionType, {
    description: 'Pairs of profiles that may be the same customer, most likely first, for a person to decide.',
  })
  matchCandidates(
    @Ctx() context: RequestContext,
    @Arg('status', () => MatchStatusEnum, { nullable: true, defaultValue: 'PENDING' }) status: MatchStatus | null,
    @Arg('minProbability', () => Float, { nullable: true }) minProbability: number | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<MatchCandidateConnectionType> {
    context.access.need('profiles:read');
    return matchCandidatesPage(context, { status, minProbability }, { first, after });
  }

  @Query(() => MatchSettingsType)
  async matchSettings(@Ctx() context: RequestContext): Promise<MatchSettings> {
    context.access.need('profiles:read');
    const workspace = await context.ports.configuration.findWorkspace(context.access.workspaceId);
    return matchSettingsFromJson(workspace?.settings['matching']);
  }

  @Mutation(() => DecideMatchPayloadType, {
    description:
      'Settles it for good: accepted profiles are one until the merge is undone, rejected ones are never proposed again. Needs the scope profiles:write.',
  })
  async decideMatch(
    @Ctx() context: RequestContext,
    @Arg('input', () => DecideMatchInput) input: DecideMatchInput,
  ): Promise<DecideMatchPayloadType> {
    context.access.need('profiles:write');
    const { workspaceId, seesPersonal } = context.access;
    const { matches } = context.ports;
    const candidateId = innerId('MatchCandidate', input.candidateId);
    await (input.accept ? matches.accept : matches.reject)(workspaceId, candidateId, authorOf(context));
    forgetProfiles(context);
    const record = await matches.findCandidate(workspaceId, candidateId);
    if (!record) throw new Refusal('NOT_FOUND');
    const candidate = new MatchCandidateType(record, !seesPersonal);
    return { candidate, profile: input.accept ? await candidate.left(context) : null };
  }

  @Mutation(() => SetMatchSettingsPayloadType, {
    description: 'Switches matching on or off; where it is on, all profiles are compared in the background. Needs the scope admin.',
  })
  async setMatchSettings(
    @Ctx() context: RequestContext,
    @Arg('input', () => SetMatchSettingsInput) input: SetMatchSettingsInput,
  ): Promise<SetMatchSettingsPayloadType> {
    context.access.need('admin');
    const settings = checkedMatchSettings({ reviewFrom: input.reviewFrom ?? null, joinFrom: input.joinFrom ?? null });
    return { settings: await context.ports.matches.setSettings(context.access.workspaceId, settings, authorOf(context)) };
  }
}
