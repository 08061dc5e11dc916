import { ObjectType } from 'type-graphql';
import type { JsonObject } from '../../kernel/json';
import { PlainField } from '../plainField';
import { JsonObjectScalar } from '../scalars';

@ObjectType('ExperienceSettings', { description: 'By which schedules, targets and weights experience is measured.' })
export class ExperienceSettingsType {
  @PlainField(() => JsonObjectScalar, { description: 'As they were set; what is left out goes by the usual.' })
  declare readonly settings: JsonObject;
}

@ObjectType('SetExperienceSettingsPayload')
export class SetExperienceSettingsPayloadType {
  @PlainField(() => ExperienceSettingsType)
  declare readonly experienceSettings: ExperienceSettingsType;
}
