import { Field, InputType, Int } from 'type-graphql';
import { type IdentityRules, identityRulesFromJson, type KeepLink } from '../../identity/rules';
import { KeepLinkEnum } from '../types/IdentityRuleType';

@InputType('IdentityRuleInput')
export class IdentityRuleInput {
  @Field(() => String)
  declare readonly type: string;

  @Field(() => Int)
  declare readonly limitPerProfile: number;

  @Field(() => KeepLinkEnum)
  declare readonly keep: KeepLink;

  @Field(() => [String], { nullable: true })
  declare readonly blockedPatterns?: readonly string[] | null;
}

@InputType('SetIdentityRulesInput')
export class SetIdentityRulesInput {
  @Field(() => [IdentityRuleInput])
  declare readonly rules: readonly IdentityRuleInput[];
}

/** Refuses with INVALID_INPUT, naming every fault. */
export function identityRulesOf(rules: readonly IdentityRuleInput[]): IdentityRules {
  return identityRulesFromJson(
    rules.map(({ type, limitPerProfile, keep, blockedPatterns }) => ({
      type,
      limitPerProfile,
      keep,
      blockedPatterns: blockedPatterns ?? [],
    })),
  );
}
