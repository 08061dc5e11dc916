import { Field, ID, Int, ObjectType } from 'type-graphql';
import { PlainField } from '../plainField';
import { MergeRecordType } from './MergeRecordType';
import { ProfileType } from './ProfileType';
import { TraitValueType } from './TraitType';

@ObjectType('MergePayload')
export class MergePayloadType {
  @PlainField(() => ProfileType)
  declare readonly profile: ProfileType;

  @PlainField(() => [MergeRecordType])
  declare readonly merges: readonly MergeRecordType[];
}

@ObjectType('UndoMergePayload')
export class UndoMergePayloadType {
  @PlainField(() => [ProfileType], { description: 'The survivor of then and who was absorbed.' })
  declare readonly profiles: readonly ProfileType[];
}

@ObjectType('SplitPayload')
export class SplitPayloadType {
  @PlainField(() => ProfileType)
  declare readonly remaining: ProfileType;

  @PlainField(() => ProfileType)
  declare readonly separated: ProfileType;
}

@ObjectType('TraitConflict')
export class TraitConflictType {
  @PlainField(() => String)
  declare readonly key: string;

  @PlainField(() => [TraitValueType], {
    description: 'What stands on either profile, the newest first: it would win unless the trait has another rule.',
  })
  declare readonly values: readonly TraitValueType[];
}

@ObjectType('MergePreview')
export class MergePreviewType {
  @PlainField(() => ID)
  declare readonly survivorId: string;

  @Field(() => [TraitConflictType])
  declare readonly conflicts: readonly TraitConflictType[];

  @PlainField(() => [String], { description: 'Why it would be refused, naming the limit; empty where it would not.' })
  declare readonly refusals: readonly string[];

  @PlainField(() => Int)
  declare readonly interactions: number;
}
