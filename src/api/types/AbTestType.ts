import { Float, Int, ObjectType } from 'type-graphql';
import { PlainField } from '../plainField';

@ObjectType('VariationResult')
export class VariationResultType {
  @PlainField(() => String)
  declare readonly variationId: string;

  @PlainField(() => Int)
  declare readonly customers: number;

  @PlainField(() => Int)
  declare readonly converted: number;

  @PlainField(() => Float, { nullable: true })
  declare readonly rate: number | null;

  @PlainField(() => Float, { nullable: true, description: "The rate less the control's; null of the control itself." })
  declare readonly difference: number | null;

  @PlainField(() => Float, { nullable: true, description: 'Of the 95 % interval of the difference, unpooled.' })
  declare readonly low: number | null;

  @PlainField(() => Float, { nullable: true })
  declare readonly high: number | null;

  @PlainField(() => Float, { nullable: true, description: 'Of the two-proportion z test, pooled.' })
  declare readonly z: number | null;

  @PlainField(() => Float, { nullable: true, description: 'Two-sided.' })
  declare readonly pValue: number | null;
}

@ObjectType('SampleRatio', { description: 'Whether customers were split as they were to be: evenly.' })
export class SampleRatioType {
  @PlainField(() => Float)
  declare readonly chiSquare: number;

  @PlainField(() => Float)
  declare readonly pValue: number;

  @PlainField(() => Boolean, { description: 'So uneven that it is no accident: then nothing else here is to be trusted.' })
  declare readonly mismatch: boolean;
}

@ObjectType('AbTest')
export class AbTestType {
  @PlainField(() => String)
  declare readonly experimentId: string;

  @PlainField(() => [VariationResultType], { description: 'The control first.' })
  declare readonly variations: readonly VariationResultType[];

  @PlainField(() => SampleRatioType, { nullable: true })
  declare readonly sampleRatio: SampleRatioType | null;

  @PlainField(() => Int, { description: 'Customers who saw several variations: counted for none.' })
  declare readonly mixed: number;
}
