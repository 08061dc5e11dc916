import { Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { PlainField } from '../plainField';
import type { RequestContext } from '../requestContext';
import { MergeRecordType } from './MergeRecordType';
import { ProfileType } from './ProfileType';
import { SegmentType, segmentOf } from './SegmentType';
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

export type MergeFacts = Pick<MergePreviewType, 'survivorId' | 'conflicts' | 'refusals' | 'interactions'>;

@ObjectType('MergePreview')
export class MergePreviewType {
  private changed: Promise<{ readonly entered: readonly SegmentType[]; readonly left: readonly SegmentType[] }> | null = null;

  /** `profileIds`: whom the merge is about. */
  constructor(
    preview: MergeFacts,
    private readonly profileIds: readonly string[],
  ) {
    this.survivorId = preview.survivorId;
    this.conflicts = preview.conflicts;
    this.refusals = preview.refusals;
    this.interactions = preview.interactions;
  }

  @PlainField(() => ID)
  readonly survivorId: string;

  @PlainField(() => [TraitConflictType])
  readonly conflicts: readonly TraitConflictType[];

  @PlainField(() => [String], { description: 'Why it would be refused, naming the limit; empty where it would not.' })
  readonly refusals: readonly string[];

  @PlainField(() => Int)
  readonly interactions: number;

  @Field(() => [SegmentType], { description: 'That the survivor is not in now and would be. Needs the scope segments:read.' })
  async segmentsEntered(@Ctx() context: RequestContext): Promise<readonly SegmentType[]> {
    return (await this.segmentsChanged(context)).entered;
  }

  @Field(() => [SegmentType], {
    description: 'That one of the profiles is in now and the survivor would not be. Needs the scope segments:read.',
  })
  async segmentsLeft(@Ctx() context: RequestContext): Promise<readonly SegmentType[]> {
    return (await this.segmentsChanged(context)).left;
  }

  private segmentsChanged(context: RequestContext) {
    context.access.need('segments:read');
    this.changed ??= triedMerge(context, this.profileIds);
    return this.changed;
  }
}

async function triedMerge(context: RequestContext, profileIds: readonly string[]) {
  const { entered, left } = await context.ports.segments.tryMerge(context.access.workspaceId, profileIds);
  const segmentsOf = async (ids: readonly string[]): Promise<readonly SegmentType[]> => {
    const records = await Promise.all(ids.map((id) => context.segments.byId.load(id)));
    return records.flatMap((record) => (record ? [segmentOf(context, record)] : []));
  };
  return { entered: await segmentsOf(entered), left: await segmentsOf(left) };
}
