import { ObjectType } from 'type-graphql';
import { PlainField } from '../plainField';
import { DateTimeScalar } from '../scalars';
import { ProfileType } from './ProfileType';
import { SegmentType } from './SegmentType';

@ObjectType('SegmentMembershipChange')
export class SegmentMembershipChangeType {
  constructor(change: Pick<SegmentMembershipChangeType, 'segment' | 'profile' | 'entered' | 'at'>) {
    this.segment = change.segment;
    this.profile = change.profile;
    this.entered = change.entered;
    this.at = change.at;
  }

  @PlainField(() => SegmentType)
  readonly segment: SegmentType;

  @PlainField(() => ProfileType)
  readonly profile: ProfileType;

  @PlainField(() => Boolean, { description: 'False: left.' })
  readonly entered: boolean;

  @PlainField(() => DateTimeScalar)
  readonly at: number;
}
