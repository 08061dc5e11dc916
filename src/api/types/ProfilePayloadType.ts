import { ObjectType } from 'type-graphql';
import { PlainField } from '../plainField';
import { ProfileType } from './ProfileType';

@ObjectType('ProfilePayload')
export class ProfilePayloadType {
  @PlainField(() => ProfileType)
  declare readonly profile: ProfileType;
}
