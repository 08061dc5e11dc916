import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { PlainField } from '../plainField';
import type { RequestContext } from '../requestContext';
import { ProfileType } from './ProfileType';
import { SegmentType } from './SegmentType';

@ObjectType('SegmentPayload')
export class SegmentPayloadType {
  @PlainField(() => SegmentType)
  declare readonly segment: SegmentType;
}

@ObjectType('SegmentPreview')
export class SegmentPreviewType {
  @PlainField(() => Int, { description: 'How many would be in; an estimate where isExact is false.' })
  declare readonly size: number;

  @PlainField(() => Boolean, { description: 'False where only a sample of the customers could be looked at in time.' })
  declare readonly isExact: boolean;

  @PlainField(() => Int, { description: 'Of an estimate, from where its 95 % interval goes; of what is exact the size.' })
  declare readonly low: number;

  @PlainField(() => Int)
  declare readonly high: number;

  @PlainField(() => Int, { description: 'How many customers there are.' })
  declare readonly profiles: number;

  @PlainField(() => Int, { description: 'How many of them were looked at.' })
  declare readonly lookedAt: number;

  declare readonly sampleProfileIds: readonly string[];

  @Field(() => [ProfileType], { description: 'Some of those who would be in, at most ten.' })
  async sample(@Ctx() context: RequestContext): Promise<readonly ProfileType[]> {
    const records = await Promise.all(this.sampleProfileIds.map((id) => context.profiles.byId.load(id)));
    return records.flatMap((record) => (record ? [new ProfileType(record, context)] : []));
  }
}
