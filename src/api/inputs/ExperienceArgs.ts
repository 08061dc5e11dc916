import { ArgsType, Field, ID } from 'type-graphql';
import type { Channel, Department } from '../../kernel/vocabulary';
import type { ReportInterval } from '../ports/experienceReports';
import { DateTimeScalar } from '../scalars';
import { ChannelEnum, DepartmentEnum, IntervalEnum } from '../types/enums';

@ArgsType()
export class ExperienceArgs {
  @Field(() => DateTimeScalar)
  declare readonly from: number;

  @Field(() => DateTimeScalar)
  declare readonly to: number;

  @Field(() => ID, { nullable: true, description: 'Only customers that are in this segment now.' })
  declare readonly segmentId?: string | null;

  @Field(() => DepartmentEnum, { nullable: true })
  declare readonly department?: Department | null;

  @Field(() => ChannelEnum, { nullable: true })
  declare readonly channel?: Channel | null;

  @Field(() => IntervalEnum, {
    nullable: true,
    description: "Cuts the series into steps, each beginning where the calendar of the workspace's time zone has it begin.",
  })
  declare readonly interval?: ReportInterval | null;
}
