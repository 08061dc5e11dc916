import { Field, ID, InputType } from 'type-graphql';
import type { JsonObject } from '../../kernel/json';
import { JsonObjectScalar } from '../scalars';

@InputType('EraseProfileInput')
export class EraseProfileInput {
  @Field(() => ID)
  declare readonly profileId: string;
}

@InputType('ExportProfileInput')
export class ExportProfileInput {
  @Field(() => ID)
  declare readonly profileId: string;
}

@InputType('SetPrivacySettingsInput')
export class SetPrivacySettingsInput {
  @Field(() => JsonObjectScalar, {
    description:
      'retentionDays: for how many days interactions of a kind are kept, such as {"PAGE_VIEWED": 90}; deadLetterDays; erasedMayReturn: whether new messages of a customer who was erased make a new profile. What is left out goes by the usual: kept for good, and true.',
  })
  declare readonly settings: JsonObject;
}
