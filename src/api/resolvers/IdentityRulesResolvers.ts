import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { type IdentityRules, identityRulesFromJson } from '../../identity/rules';
import { authorOf } from '../authorOf';
import { IdentityRuleInput, identityRulesOf, SetIdentityRulesInput } from '../inputs/IdentityRulesInputs';
import type { RulesPreview } from '../ports/identityRulesStore';
import type { RequestContext } from '../requestContext';
import { IdentityRulesPreviewType, IdentityRuleType, SetIdentityRulesPayloadType } from '../types/IdentityRuleType';

@Resolver()
export class IdentityRulesResolvers {
  @Query(() => [IdentityRuleType], { description: 'How identifiers may be linked, one rule per identifier type, strongest first.' })
  async identityRules(@Ctx() context: RequestContext): Promise<readonly IdentityRuleType[]> {
    context.access.need('profiles:read');
    const workspace = await context.ports.configuration.findWorkspace(context.access.workspaceId);
    return listed(identityRulesFromJson(workspace?.settings['identityRules']));
  }

  @Query(() => IdentityRulesPreviewType, {
    description: 'What would happen to the profiles if these were the rules. Changes nothing. Needs the scope admin.',
  })
  previewIdentityRules(
    @Ctx() context: RequestContext,
    @Arg('rules', () => [IdentityRuleInput]) rules: readonly IdentityRuleInput[],
  ): Promise<RulesPreview> {
    context.access.need('admin');
    return context.ports.identityRules.previewRules(context.access.workspaceId, identityRulesOf(rules));
  }

  @Mutation(() => SetIdentityRulesPayloadType, {
    description:
      'Replaces the rules; profiles are resolved anew under them, in the background: ingestion.ruleChange says how far. Needs the scope admin.',
  })
  async setIdentityRules(
    @Ctx() context: RequestContext,
    @Arg('input', () => SetIdentityRulesInput) input: SetIdentityRulesInput,
  ): Promise<SetIdentityRulesPayloadType> {
    context.access.need('admin');
    const { access, ports } = context;
    return { rules: listed(await ports.identityRules.setRules(access.workspaceId, identityRulesOf(input.rules), authorOf(context))) };
  }
}

function listed(rules: IdentityRules): readonly IdentityRuleType[] {
  return rules.list.map((rule) => new IdentityRuleType(rule));
}
