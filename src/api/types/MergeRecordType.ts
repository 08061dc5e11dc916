import { ID, ObjectType } from 'type-graphql';
import { publicId } from '../../kernel/ids';
import { PlainField } from '../plainField';
import type { MergeRecord } from '../ports/identityGraphReader';
import { DateTimeScalar } from '../scalars';

@ObjectType('MergeRecord')
export class MergeRecordType {
  constructor(private readonly record: MergeRecord) {}

  @PlainField(() => ID)
  get id(): string {
    return publicId('Merge', this.record.mergeId);
  }

  @PlainField(() => DateTimeScalar)
  get at(): number {
    return this.record.mergedAtMs;
  }

  @PlainField(() => String)
  get rule(): string {
    return this.record.rule;
  }

  @PlainField(() => ID)
  get survivorId(): string {
    return publicId('Profile', this.record.survivorId);
  }

  @PlainField(() => ID)
  get absorbedId(): string {
    return publicId('Profile', this.record.absorbedId);
  }

  @PlainField(() => DateTimeScalar, { nullable: true })
  get undoneAt(): number | null {
    return this.record.undoneAtMs;
  }

  @PlainField(() => String)
  get actor(): string {
    return this.record.actor;
  }
}
