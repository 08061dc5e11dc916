import { ObjectType } from 'type-graphql';
import type { LifecycleStage } from '../../measures/lifecycle';
import { PlainField } from '../plainField';
import { DateTimeScalar } from '../scalars';
import { LifecycleStageEnum } from './experienceEnums';

@ObjectType('LifecycleStep')
export class LifecycleStepType {
  @PlainField(() => LifecycleStageEnum)
  declare readonly stage: LifecycleStage;

  @PlainField(() => DateTimeScalar)
  declare readonly from: number;
}
