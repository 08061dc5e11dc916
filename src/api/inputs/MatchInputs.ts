import { Field, Float, ID, InputType } from 'type-graphql';

@InputType('DecideMatchInput')
export class DecideMatchInput {
  @Field(() => ID)
  declare readonly candidateId: string;

  @Field(() => Boolean)
  declare readonly accept: boolean;
}

@InputType('SetMatchSettingsInput')
export class SetMatchSettingsInput {
  @Field(() => Float, { nullable: true, description: '0.5 to 1; null or left out: off.' })
  declare readonly reviewFrom?: number | null;

  @Field(() => Float, { nullable: true, description: '0.9 to 1 and not below reviewFrom; null or left out: off. 0.99 is a good start.' })
  declare readonly joinFrom?: number | null;
}
