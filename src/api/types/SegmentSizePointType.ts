import { Int, ObjectType } from 'type-graphql';
import { PlainField } from '../plainField';
import { DateTimeScalar } from '../scalars';

@ObjectType('SegmentSizePoint')
export class SegmentSizePointType {
  @PlainField(() => DateTimeScalar, { description: 'When the period begins.' })
  declare readonly at: number;

  @PlainField(() => Int, { description: 'At its end, or now where it has not ended.' })
  declare readonly size: number;

  @PlainField(() => Int)
  declare readonly entered: number;

  @PlainField(() => Int)
  declare readonly left: number;
}
