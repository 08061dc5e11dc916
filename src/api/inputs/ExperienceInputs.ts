import { Field, InputType } from 'type-graphql';
import type { JsonObject } from '../../kernel/json';
import { JsonObjectScalar } from '../scalars';

@InputType('SetExperienceSettingsInput')
export class SetExperienceSettingsInput {
  @Field(() => JsonObjectScalar, {
    description:
      'timeZone; schedules by name, "default" being everybody\'s; channelSchedules and replyTargets by channel; healthWeights by part; friction: when something becomes a sign; lifecycle: what makes which stage. What is left out goes by the usual.',
  })
  declare readonly settings: JsonObject;
}
