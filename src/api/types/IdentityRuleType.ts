import { Int, ObjectType, registerEnumType } from 'type-graphql';
import type { IdentityRule, KeepLink } from '../../identity/rules';
import { PlainField } from '../plainField';
import type { RulesPreview } from '../ports/identityRulesStore';

export const KeepLinkEnum: { readonly [Key in KeepLink]: Key } = { EARLIEST: 'EARLIEST', LATEST: 'LATEST' };
registerEnumType(KeepLinkEnum, { name: 'KeepLink' });

@ObjectType('IdentityRule', {
  description: 'The position in the list is the priority. keep: when a limit forbids two links of one kind, the one that stands.',
})
export class IdentityRuleType {
  constructor(private readonly rule: IdentityRule) {}

  @PlainField(() => String, { description: 'An identifier type, or * for all types without a rule of their own.' })
  get type(): string {
    return this.rule.type;
  }

  @PlainField(() => Int, { description: 'How many of the type one profile may hold; ids joined by alias count as one.' })
  get limitPerProfile(): number {
    return this.rule.limitPerProfile;
  }

  @PlainField(() => KeepLinkEnum)
  get keep(): KeepLink {
    return this.rule.keep;
  }

  @PlainField(() => [String], {
    description:
      'Values that identify nobody, in lower case: * stands for any characters, ? for one. 0, -, null, anonymous and the like always are.',
  })
  get blockedPatterns(): readonly string[] {
    return this.rule.blockedPatterns;
  }
}

@ObjectType('SetIdentityRulesPayload')
export class SetIdentityRulesPayloadType {
  @PlainField(() => [IdentityRuleType])
  declare readonly rules: readonly IdentityRuleType[];
}

@ObjectType('IdentityRulesPreview')
export class IdentityRulesPreviewType implements RulesPreview {
  @PlainField(() => Int, { description: 'Profiles that would become part of another one.' })
  declare readonly profilesMerging: number;

  @PlainField(() => Int, { description: 'Profiles whose identifiers would no longer be one customer.' })
  declare readonly profilesParting: number;

  @PlainField(() => Int, {
    description: 'Fewer than profilesTotal where there was not the time to look at all; then the other figures are of these.',
  })
  declare readonly profilesExamined: number;

  @PlainField(() => Int)
  declare readonly profilesTotal: number;
}
