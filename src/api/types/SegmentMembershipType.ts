import { ObjectType } from 'type-graphql';
import { PlainField } from '../plainField';
import { DateTimeScalar } from '../scalars';
import { SegmentType } from './SegmentType';

@ObjectType('SegmentMembership')
export class SegmentMembershipType {
  @PlainField(() => SegmentType)
  declare readonly segment: SegmentType;

  @PlainField(() => DateTimeScalar)
  declare readonly enteredAt: number;

  @PlainField(() => String, { description: 'which conditions hold, in words' })
  declare readonly reason: string;
}
