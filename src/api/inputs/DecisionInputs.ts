import { Field, ID, InputType } from 'type-graphql';
import { IdentifierInput } from './IdentifierInput';

@InputType('MergeProfilesInput')
export class MergeProfilesInput {
  @Field(() => [ID], { description: 'Two to a hundred.' })
  declare readonly profileIds: readonly string[];

  @Field(() => ID, { nullable: true, description: 'One of them, whose id goes on; left out: the larger, then the older.' })
  declare readonly survivorId?: string | null;

  @Field(() => String, { nullable: true, description: 'For the audit log.' })
  declare readonly reason?: string | null;
}

@InputType('UndoMergeInput')
export class UndoMergeInput {
  @Field(() => ID)
  declare readonly mergeId: string;
}

@InputType('SplitProfileInput')
export class SplitProfileInput {
  @Field(() => ID)
  declare readonly profileId: string;

  @Field(() => [IdentifierInput], { description: 'Some of the profile, not all.' })
  declare readonly identifiers: readonly IdentifierInput[];
}
