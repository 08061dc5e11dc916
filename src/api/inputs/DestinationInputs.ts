import { Field, ID, InputType, Int } from 'type-graphql';
import type { FrictionKind, Severity } from '../../measures/friction/signal';
import { DateTimeScalar } from '../scalars';
import { FrictionKindEnum, SeverityEnum } from '../types/experienceEnums';

@InputType('CreateDestinationInput')
export class CreateDestinationInput {
  @Field(() => String)
  declare readonly name: string;

  @Field(() => String, { description: 'https, and leading to a public address.' })
  declare readonly url: string;

  @Field(() => [String], {
    description:
      'profile.changed, profile.merged, profile.split, segment.entered, segment.left, friction.detected, consent.changed, profile.erased',
  })
  declare readonly events: readonly string[];

  @Field(() => [ID], { nullable: true, description: 'Of segment.entered and segment.left only those of these segments; left out: of all.' })
  declare readonly segmentIds?: readonly string[] | null;

  @Field(() => [FrictionKindEnum], { nullable: true, description: 'Of friction.detected only these kinds; left out: all.' })
  declare readonly frictionKinds?: readonly FrictionKind[] | null;

  @Field(() => SeverityEnum, { nullable: true, description: 'Of friction.detected only what is at least so severe.' })
  declare readonly minSeverity?: Severity | null;

  @Field(() => String, { nullable: true, description: 'Only customers who grant this purpose, such as email; left out: all.' })
  declare readonly purpose?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'A customer is told of by one trigger (the event with its segment or kind of friction) at most once in so long; left out: always.',
  })
  declare readonly quietPeriodSeconds?: number | null;
}

@InputType('UpdateDestinationInput', { description: 'What is left out stays as it is.' })
export class UpdateDestinationInput {
  @Field(() => ID)
  declare readonly id: string;

  @Field(() => String, { nullable: true })
  declare readonly name?: string | null;

  @Field(() => String, { nullable: true })
  declare readonly url?: string | null;

  @Field(() => [String], { nullable: true })
  declare readonly events?: readonly string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Empty: of all segments.' })
  declare readonly segmentIds?: readonly string[] | null;

  @Field(() => [FrictionKindEnum], { nullable: true, description: 'Empty: all kinds.' })
  declare readonly frictionKinds?: readonly FrictionKind[] | null;

  @Field(() => SeverityEnum, { nullable: true, description: 'null: any.' })
  declare readonly minSeverity?: Severity | null;

  @Field(() => String, { nullable: true, description: 'null: all customers.' })
  declare readonly purpose?: string | null;

  @Field(() => Int, { nullable: true })
  declare readonly quietPeriodSeconds?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'true: also forgets how it failed, and begins at once.' })
  declare readonly enabled?: boolean | null;
}

@InputType('DeleteDestinationInput')
export class DeleteDestinationInput {
  @Field(() => ID)
  declare readonly id: string;
}

@InputType('RotateDestinationSecretInput')
export class RotateDestinationSecretInput {
  @Field(() => ID)
  declare readonly id: string;
}

@InputType('ReplayDeliveriesInput')
export class ReplayDeliveriesInput {
  @Field(() => ID)
  declare readonly destinationId: string;

  @Field(() => [ID], { nullable: true, description: 'webhookId of each, at most 1,000; left out: all that failed.' })
  declare readonly webhookIds?: readonly string[] | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Of all that failed those about something that happened since.' })
  declare readonly failedSince?: number | null;
}
