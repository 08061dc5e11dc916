import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTimeScalar } from '../scalars';

const DAY_MINUTES = 1_440;
const GRACE = 'For so long what it replaces works beside it; 0: no longer.';

@InputType('RotateApiKeyInput')
export class RotateApiKeyInput {
  @Field(() => ID)
  declare readonly id: string;

  @Field(() => Int, { defaultValue: DAY_MINUTES, description: GRACE })
  declare readonly graceMinutes: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Of the new secret; left out: as of the one before.' })
  declare readonly expiresAt?: number | null;
}

@InputType('RotateWriteKeyInput')
export class RotateWriteKeyInput {
  @Field(() => ID)
  declare readonly sourceId: string;

  @Field(() => Int, { defaultValue: DAY_MINUTES, description: GRACE })
  declare readonly graceMinutes: number;
}
